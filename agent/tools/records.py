"""Records as procedures see them: plain values, nothing internal, and what can be computed of them once."""

from datetime import date

from agent.understanding.dates import find_days
from crm_adapter import Case, Lead, Policy
from json_object import JsonObject

CLOSED = frozenset({"closed", "settled", "declined"})


def policy_data(policy: Policy) -> JsonObject:
    """A policy. Sums are pence; `payment_pence` is one payment, a twelfth of the year's price when paid monthly."""
    payment = policy.premium_pence // 12 if policy.frequency == "monthly" else policy.premium_pence
    return {
        "number": policy.number,
        "product": policy.product,
        "status": policy.status,
        "is_active": policy.status == "active",
        "start": policy.start.isoformat(),
        "renewal": policy.renewal.isoformat(),
        "premium_pence": policy.premium_pence,
        "payment_pence": payment,
        "is_monthly": policy.frequency == "monthly",
        "next_payment_due": _iso(policy.next_payment_due),
        "next_payment_pence": policy.next_payment_pence,
        "excess_pence": policy.excess_pence,
        "cover": policy.cover.rstrip("."),
        "named": list(policy.named),
    }


def case_data(case: Case, today: date, product: str) -> JsonObject:
    """A case or claim without its internal notes.

    `is_late`: it is open, and every day promised (expected by, or named in the next step) has passed.
    """
    promised = [one.day for one in find_days(case.next_step, case.updated, future=True)]
    passed = bool(promised) and max(promised) < today
    is_open = case.status not in CLOSED
    told = [note for note in case.history if not note.is_internal]
    return {
        "number": case.number,
        "kind": case.kind,
        "product": product,
        "subject": case.subject,
        "status": case.status,
        "is_open": is_open,
        "opened": case.opened.isoformat(),
        "handler": case.handler,
        "updated": case.updated.isoformat(),
        "next_step": case.next_step,
        "amount_pence": case.amount_pence,
        "expected_by": _iso(case.expected_by),
        "policy": case.policy,
        "is_late": is_open and (passed or (case.expected_by is not None and case.expected_by < today)),
        "history": [note.text for note in told],
        "latest": told[-1].text if told else "",
    }


def application_data(lead: Lead) -> JsonObject:
    """An enquiry or application, with its score and the reasons the customer may hear."""
    step = lead.application_next_step or ""
    return {
        "number": lead.application_number,
        "name": lead.application_number or lead.product,
        "product": lead.product,
        "stage": lead.stage,
        "status": lead.application_status or lead.stage,
        "next_step": step,
        "score": lead.score,
        "grade": lead.grade,
        "reasons": list(lead.reasons),
        "updated": lead.updated.isoformat(),
        "created": lead.created.isoformat(),
        "is_open": lead.stage not in ("won", "lost"),
    }


def with_lateness(data: JsonObject, today: date) -> JsonObject:
    """The application with `is_late`: every day its next step promises has passed."""
    promised = [
        one.day for one in find_days(str(data["next_step"]), date.fromisoformat(str(data["updated"])), future=True)
    ]
    return data | {"is_late": bool(data["is_open"]) and bool(promised) and max(promised) < today}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
