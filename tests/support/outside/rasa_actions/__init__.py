"""Custom actions as a Rasa project has them, for `python -m rasa_sdk --actions`."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionFindGarage(Action):  # type: ignore[misc]  # rasa_sdk has no types
    def name(self) -> str:
        return "action_find_garage"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        where = tracker.get_slot("postcode")
        dispatcher.utter_message(text="not for the customer")
        return [SlotSet("name", f"Dawson's near {where}"), SlotSet("seen_key", tracker.get_slot("idempotency_key"))]


class ActionBreaks(Action):  # type: ignore[misc]  # rasa_sdk has no types
    def name(self) -> str:
        return "action_breaks"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        raise RuntimeError("boom")
