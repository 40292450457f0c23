"""What a procedure is: steps as values. How they are written in YAML is agent.procedures.load, what they do is walk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from agent.procedures.expressions import Expression
from agent.procedures.texts import Text


@dataclass(frozen=True)
class Placed:
    """What every step has."""

    place: str
    """Where it stands: "3" or "3.then.1"; a done step is remembered by it."""
    line: int
    """Of the file, for messages; 0 where there is none."""


@dataclass(frozen=True)
class Collect(Placed):
    """Have a value: from what was said, from the record, or by asking."""

    name: str
    label: str
    type: str
    """Of agent.understanding: date, yes_no, text, choice, phone … or a reference kind."""
    prompt: Text
    options: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Option and the words that mean it too."""
    when: Expression | None = None
    """Asked only if; else the value is absent and the procedure goes on."""
    is_optional: bool = False
    """Never asked: taken if it was said."""
    may_be_unknown: bool = False
    """ "I don't know" and "not yet" are an answer."""
    valid: Expression | None = None
    invalid_say: Text | None = None
    """Said when `valid` does not hold, before asking again."""
    prefill: Expression | None = None
    is_future: bool = False
    """A day without a year lies ahead."""
    is_of_customer: bool = False
    """True of the customer whatever the topic (a phone number), so other procedures need not ask again."""
    is_opening: bool = False
    """A text that the turn which opened the topic may already be the answer to."""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    """Phrases that decide a yes or no, asked or not."""
    means_yes: tuple[str, ...] = ()
    means_no: tuple[str, ...] = ()
    """Answers that mean yes or no without saying so: "she went off in an ambulance"."""
    hint: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    """Words of other things that have a time too; one said in their clause is theirs."""
    """Words near a value that make it this one rather than another of the same type."""


@dataclass(frozen=True)
class Identify(Placed):
    """Go on only when we know who is there."""

    applicant: bool = False
    """An application and its e-mail address or phone number are enough, for that application alone."""


@dataclass(frozen=True)
class UseTool(Placed):
    tool: str
    arguments: tuple[tuple[str, Expression], ...]
    result: str
    """Name its result has from then on."""
    undo: str = ""
    """Tool that takes it back when a later tool of the procedure fails."""


@dataclass(frozen=True)
class Pick(Placed):
    """One record of several: by its number, by the customer's words, or by asking."""

    name: str
    items: Expression
    key: str
    """Field of the record that a customer can name."""
    reference: str
    """Value that holds it when it was said; empty for none."""
    words: tuple[str, ...]
    """Fields whose words describe the record."""
    label: Text
    """How one is called in the question; the record is `item`."""
    prompt: Text
    otherwise: tuple["Step", ...]
    """Steps when there is none at all."""


@dataclass(frozen=True)
class SayText(Placed):
    text: Text


@dataclass(frozen=True)
class AnswerFrom(Placed):
    """Read out the approved passage that answers what was said."""

    article: str
    """Keep to this article; empty for any."""
    section: str = ""
    """This very section, whatever was said."""
    is_needed: bool = True
    """False: go on without when nothing fits."""


@dataclass(frozen=True)
class If(Placed):
    condition: Expression
    then: tuple["Step", ...]
    otherwise: tuple["Step", ...]


@dataclass(frozen=True)
class SetValue(Placed):
    name: str
    value: Expression


@dataclass(frozen=True)
class ForEach(Placed):
    name: str
    items: Expression
    steps: tuple["Step", ...]


@dataclass(frozen=True)
class Call(Placed):
    """Another procedure, in the same frame: its values are there afterwards."""

    procedure: str


@dataclass(frozen=True)
class Confirm(Placed):
    """Say what will be done and wait for a yes."""

    text: Text


@dataclass(frozen=True)
class HandOver(Placed):
    text: Text | None
    queue: str
    """Empty: the intent's."""
    reason: str
    priority: int = 0
    is_offer: bool = False
    """Ask first whether a person is wanted."""


@dataclass(frozen=True)
class Note(Placed):
    """Something the person who takes over should know; not said to the customer."""

    label: str
    text: Text


@dataclass(frozen=True)
class End(Placed):
    pass


Step: TypeAlias = (
    Collect
    | Identify
    | UseTool
    | Pick
    | SayText
    | AnswerFrom
    | If
    | SetValue
    | ForEach
    | Call
    | Confirm
    | HandOver
    | Note
    | End
)


@dataclass(frozen=True)
class Procedure:
    id: str
    intent: str
    """The wish that starts it; the same as `id` for most. Empty for one that is only called."""
    noun: str
    """What it is about, in the second person: "your claim"."""
    steps: tuple[Step, ...]
    questions_first: bool = True
    """A question in the opening turn gets its approved answer before the first step."""
    uses: tuple[str, ...] = ()
    """Values of the customer it reads without collecting them."""
    is_status: bool = False
    """Tells where something of the customer's stands: what people mean who chase a promise."""
    reference: str = ""
    """Kind of number that points to it; empty for none."""
    file: str = ""
    line: int = 0
    """Where it begins."""
    version: int = 0
    """Of the procedures it belongs to; 0 for one that nobody wrote."""
    is_derived: bool = False
    """Made from an intent's attributes and solution; nobody wrote it."""

    def all_steps(self) -> Iterator[Step]:
        """Every step, those of branches and loops included, in the order written."""
        yield from inside(self.steps)

    @property
    def opens(self) -> bool:
        """True when it opens a new claim."""
        return any(isinstance(step, UseTool) and step.tool == "create_claim" for step in self.all_steps())

    def collects(self) -> tuple[Collect, ...]:
        return tuple(step for step in self.all_steps() if isinstance(step, Collect))


def inside(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        match step:
            case If():
                yield from inside(step.then)
                yield from inside(step.otherwise)
            case ForEach():
                yield from inside(step.steps)
            case Pick():
                yield from inside(step.otherwise)
            case _:
                continue
