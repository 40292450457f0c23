"""A Rasa action whose arguments and result are checked values."""

from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

RESULT_SLOT = "tool_result"


class Arguments(BaseModel):
    """Base of every tool's arguments. Who the customer is comes from the identity check, never from the customer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    conversation_id: str
    customer_id: str | None = None
    key: str
    """Idempotency key of this use."""


class ToolResult(BaseModel):
    """What came of it, as data for the procedure and in a few words for the card."""

    model_config = ConfigDict(frozen=True)

    is_ok: bool
    summary: str = ""
    """For the operator's card; a customer hears what the procedure makes of `data`."""
    is_missing: bool = False
    """True when the record asked for was not found: the number may be wrong."""
    data: dict[str, Any] = {}


A = TypeVar("A", bound=Arguments)


class TypedAction(Action, Generic[A]):  # type: ignore[misc]  # rasa_sdk ships no types
    """Parses the tracker's slots into `arguments`, runs `perform`, answers with a ToolResult."""

    tool: ClassVar[str]
    arguments: type[A]

    def name(self) -> str:
        return self.tool

    @abstractmethod
    async def perform(self, arguments: A) -> ToolResult:
        """Do it. May raise CrmError."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:  # noqa: ARG002
        result = await self.perform(self.arguments.model_validate(tracker.slots))
        dispatcher.utter_message(text=result.summary)
        return [SlotSet(RESULT_SLOT, result.model_dump(mode="json"))]
