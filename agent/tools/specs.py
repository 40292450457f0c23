"""What a tool is to a procedure: what it gives, who must be there, and what the operator's card calls it."""

from dataclasses import dataclass

from conversation import Assurance


@dataclass(frozen=True)
class ToolSpec:
    name: str
    label: str
    """For the card, past tense: "looked up the claims"."""
    fields: frozenset[str]
    """Of its result; procedures are checked against them."""
    assurance: Assurance = Assurance.UNKNOWN
    """Who must have been recognised before it runs; checked again when it runs."""
    changes: bool = False
    """True when something is different afterwards: never run on suspicion, and safe to repeat under its key."""
    timeout_seconds: float = 5.0


def _spec(
    name: str, label: str, fields: str, assurance: Assurance = Assurance.VERIFIED, *, changes: bool = False
) -> ToolSpec:
    return ToolSpec(name, label, frozenset(fields.split()), assurance, changes)


BUILT_IN = {
    one.name: one
    for one in (
        _spec(
            "verify_customer", "checked who it is", "customer_id name assurance method", Assurance.UNKNOWN, changes=True
        ),
        _spec("customer", "looked up the account", "name first_name tier since phone"),
        _spec("policies", "looked up the policies", "list"),
        _spec("claims", "looked up the claims", "list"),
        _spec("cases", "looked up the cases", "list"),
        _spec("applications", "looked up the applications", "list", Assurance.MATCHED),
        _spec("open_case", "opened a case", "number subject status next_step", changes=True),
        _spec("create_claim", "opened a claim", "number subject status next_step", changes=True),
        _spec("add_note", "added a note to the record", "noted", changes=True),
        _spec("close_case", "closed a case again", "number", changes=True),
        _spec(
            "request_callback", "booked a callback", "callback_id phone when due about", Assurance.UNKNOWN, changes=True
        ),
    )
}
"""By name. What they read and write is the CRM's port."""

CHANGES = frozenset(name for name, spec in BUILT_IN.items() if spec.changes)
"""Built-in tools after which something is different."""
READS = BUILT_IN.keys() - CHANGES
"""Built-in tools that only look; of a tenant's own ones that is not taken for granted."""
