"""Reading the verified customer's record: cases, claims, applications, lead scores, policies and payments."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from agent.tools.typed_action import Arguments, ToolResult, TypedAction
from crm_adapter.port import Case, CrmAdapter, Lead, Policy, Record

A = TypeVar("A", bound=Arguments)

CLOSED = frozenset({"closed", "settled", "declined"})


class CaseArguments(Arguments):
    case_number: str | None = None


class ClaimArguments(Arguments):
    claim_number: str | None = None


class ApplicationArguments(Arguments):
    application_number: str | None = None


class PolicyArguments(Arguments):
    policy_number: str | None = None


class LookUp(TypedAction[A]):
    """A read of the customer's own record; without a verified customer there is nothing to read."""

    def __init__(self, crm: CrmAdapter) -> None:
        self._crm = crm

    async def record(self, arguments: Arguments) -> Record:
        if arguments.customer_id is None:
            raise PermissionError(f"{self.tool} without a verified customer")
        record = await self._crm.find_record(arguments.customer_id)
        if record is None:
            raise PermissionError(f"verified customer {arguments.customer_id!r} has no record")
        return record


class CaseStatus(LookUp[CaseArguments]):
    tool = "case_status"
    arguments = CaseArguments

    async def perform(self, arguments: CaseArguments) -> ToolResult:
        cases = [case for case in (await self.record(arguments)).cases if case.kind != "claim"]
        return _one_of_cases(cases, arguments.case_number, "case")


class ClaimStatus(LookUp[ClaimArguments]):
    tool = "claim_status"
    arguments = ClaimArguments

    async def perform(self, arguments: ClaimArguments) -> ToolResult:
        claims = [case for case in (await self.record(arguments)).cases if case.kind == "claim"]
        return _one_of_cases(claims, arguments.claim_number, "claim")


class ApplicationStatus(LookUp[ApplicationArguments]):
    tool = "application_status"
    arguments = ApplicationArguments

    async def perform(self, arguments: ApplicationArguments) -> ToolResult:
        leads = [lead for lead in (await self.record(arguments)).leads if lead.application_number]
        lead, refusal = _pick_lead(leads, arguments.application_number, "application")
        if lead is None:
            return refusal
        status = (lead.application_status or lead.stage).replace("_", " ")
        step = f" {lead.application_next_step}" if lead.application_next_step else ""
        return ToolResult(
            is_ok=True,
            summary=f"Your {lead.product} application {lead.application_number} is {status}.{step}",
            data=_lead_data(lead),
        )


class LeadScore(LookUp[ApplicationArguments]):
    tool = "lead_score"
    arguments = ApplicationArguments

    async def perform(self, arguments: ApplicationArguments) -> ToolResult:
        leads = (await self.record(arguments)).leads
        lead, refusal = _pick_lead(leads, arguments.application_number, "application")
        if lead is None:
            return refusal
        about = f"application {lead.application_number}" if lead.application_number else f"{lead.product} enquiry"
        reasons = f" What counts: {'; '.join(lead.reasons)}." if lead.reasons else ""
        return ToolResult(
            is_ok=True,
            summary=f"Your {about} scores {lead.score} out of 100, grade {lead.grade}.{reasons}",
            data=_lead_data(lead),
        )


class PolicyDetails(LookUp[PolicyArguments]):
    tool = "policy_details"
    arguments = PolicyArguments

    async def perform(self, arguments: PolicyArguments) -> ToolResult:
        policies = (await self.record(arguments)).policies
        policy, refusal = _pick_policy(policies, arguments.policy_number)
        if policy is None:
            return refusal
        excess = f" The excess is {pounds(policy.excess_pence)}." if policy.excess_pence else ""
        cover = policy.cover.rstrip(".")
        return ToolResult(
            is_ok=True,
            summary=(
                f"Your {policy.product} policy {policy.number} is {policy.status} and renews on"
                f" {in_words(policy.renewal)}. It covers: {cover}."
                f" You pay {pounds(policy.premium_pence)} {_how_often(policy)}.{excess}"
            ),
            data=_policy_data(policy),
        )


class PaymentDue(LookUp[PolicyArguments]):
    tool = "payment_due"
    arguments = PolicyArguments

    async def perform(self, arguments: PolicyArguments) -> ToolResult:
        policies = (await self.record(arguments)).policies
        policy, refusal = _pick_policy(policies, arguments.policy_number)
        if policy is None:
            return refusal
        if policy.next_payment_due is None or policy.next_payment_pence is None:
            text = f"There's no payment due on your {policy.product} policy {policy.number}."
        else:
            text = (
                f"The next payment for your {policy.product} policy {policy.number} is"
                f" {pounds(policy.next_payment_pence)} on {in_words(policy.next_payment_due)}."
            )
        return ToolResult(is_ok=True, summary=text, data=_policy_data(policy))


def pounds(pence: int) -> str:
    """£42.10, and £250 for round sums."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _how_often(policy: Policy) -> str:
    return "a month" if policy.frequency == "monthly" else "a year"


def _one_of_cases(cases: Sequence[Case], number: str | None, word: str) -> ToolResult:
    if number is None:
        running = [case for case in cases if case.status not in CLOSED] or list(cases)
        if not running:
            return ToolResult(is_ok=True, summary=f"I can't see any {word} on your record.")
        if len(running) > 1:
            listed = "; ".join(f"{case.number} ({case.subject})" for case in running)
            numbers = [case.number for case in running]
            return ToolResult(is_ok=True, summary=f"I can see these: {listed}. Which one is it?", choices=numbers)
        found = running[0]
    else:
        match = next((case for case in cases if case.number == number), None)
        if match is None:
            return ToolResult(is_ok=False, is_missing=True, summary=f"There is no {word} {number} on your record.")
        found = match
    return ToolResult(is_ok=True, summary=_case_text(found, word), data=_case_data(found))


def _case_text(case: Case, word: str) -> str:
    parts = [f"Your {word} {case.number}, “{case.subject}”, is {case.status.replace('_', ' ')}.", case.next_step]
    if case.amount_pence and case.status in ("approved", "settled"):
        parts.append(f"The amount is {pounds(case.amount_pence)}.")
    if case.expected_by and case.status not in CLOSED:
        parts.append(f"We expect that by {in_words(case.expected_by)}.")
    return " ".join(parts)


def _case_data(case: Case) -> dict[str, object]:
    return {"number": case.number, "subject": case.subject, "status": case.status, "next_step": case.next_step}


def _pick_lead(leads: Sequence[Lead], number: str | None, word: str) -> tuple[Lead | None, ToolResult]:
    fitting = [lead for lead in leads if number is None or lead.application_number == number]
    if len(fitting) == 1:
        return fitting[0], ToolResult(is_ok=True, summary="")
    if not fitting and number:
        return None, ToolResult(is_ok=False, is_missing=True, summary=f"There is no {word} {number} on your record.")
    if not fitting:
        return None, ToolResult(is_ok=True, summary=f"I can't see any {word} on your record.")
    numbers = [lead.application_number or lead.product for lead in fitting]
    listed = "; ".join(f"{lead.application_number or lead.product} ({lead.product})" for lead in fitting)
    return None, ToolResult(is_ok=True, summary=f"I can see these: {listed}. Which one is it?", choices=numbers)


def _pick_policy(policies: Sequence[Policy], number: str | None) -> tuple[Policy | None, ToolResult]:
    fitting = [policy for policy in policies if policy.number == number] if number else list(policies)
    if number is None:
        fitting = [policy for policy in policies if policy.status == "active"] or fitting
    if len(fitting) == 1:
        return fitting[0], ToolResult(is_ok=True, summary="")
    if not fitting and number:
        return None, ToolResult(is_ok=False, is_missing=True, summary=f"There is no policy {number} on your record.")
    if not fitting:
        return None, ToolResult(is_ok=True, summary="I can't see any policy on your record.")
    listed = "; ".join(f"{policy.number} ({policy.product})" for policy in fitting)
    numbers = [policy.number for policy in fitting]
    return None, ToolResult(is_ok=True, summary=f"I can see these: {listed}. Which one is it?", choices=numbers)


def _lead_data(lead: Lead) -> dict[str, object]:
    return {
        "lead": lead.id,
        "application": lead.application_number,
        "product": lead.product,
        "stage": lead.stage,
        "score": lead.score,
        "grade": lead.grade,
    }


def _policy_data(policy: Policy) -> dict[str, object]:
    return {"number": policy.number, "product": policy.product, "status": policy.status}
