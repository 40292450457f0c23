"""Reading the recognised customer's record: who they are, policies, claims, cases, applications."""

from datetime import date
from typing import TypeVar

from agent.tools.records import application_data, case_data, policy_data, with_lateness
from agent.tools.typed_action import Arguments, ToolResult, TypedAction
from conversation import Assurance
from crm_adapter import CrmAdapter, CustomerRecord
from json_object import JsonObject

A = TypeVar("A", bound=Arguments)


class ReadArguments(Arguments):
    today: date
    assurance: Assurance = Assurance.UNKNOWN


class LookUp(TypedAction[A]):
    """A read of the customer's own record; without a recognised customer there is nothing to read."""

    def __init__(self, crm: CrmAdapter) -> None:
        self._crm = crm

    async def record(self, arguments: Arguments) -> CustomerRecord:
        if arguments.customer_id is None:
            raise PermissionError(f"{self.tool} without a verified customer")
        record = await self._crm.find_record(arguments.customer_id)
        if record is None:
            raise PermissionError(f"verified customer {arguments.customer_id!r} has no record")
        return record


class CustomerDetails(LookUp[ReadArguments]):
    tool = "customer"
    arguments = ReadArguments

    async def perform(self, arguments: ReadArguments) -> ToolResult:
        one = (await self.record(arguments)).customer
        data = {"name": one.name, "first_name": one.name.split()[0], "tier": one.tier, "since": one.since.isoformat()}
        return ToolResult(is_ok=True, data=data | {"phone": one.phone})


class Policies(LookUp[ReadArguments]):
    tool = "policies"
    arguments = ReadArguments

    async def perform(self, arguments: ReadArguments) -> ToolResult:
        found = (await self.record(arguments)).policies
        return ToolResult(is_ok=True, data={"list": [policy_data(one) for one in found]})


class Claims(LookUp[ReadArguments]):
    tool = "claims"
    arguments = ReadArguments

    async def perform(self, arguments: ReadArguments) -> ToolResult:
        return ToolResult(is_ok=True, data={"list": await self._cases(arguments, are_claims=True)})

    async def _cases(self, arguments: ReadArguments, *, are_claims: bool) -> list[JsonObject]:
        record = await self.record(arguments)
        products = {policy.number: policy.product for policy in record.policies}
        wanted = [case for case in record.cases if (case.kind == "claim") is are_claims]
        newest = sorted(wanted, key=lambda case: (case.status not in ("closed", "settled"), case.updated), reverse=True)
        return [case_data(case, arguments.today, products.get(case.policy or "", "")) for case in newest]


class Cases(Claims):
    tool = "cases"

    async def perform(self, arguments: ReadArguments) -> ToolResult:
        return ToolResult(is_ok=True, data={"list": await self._cases(arguments, are_claims=False)})


class Applications(LookUp[ReadArguments]):
    """All of a customer's; of somebody known by an application only, that application."""

    tool = "applications"
    arguments = ReadArguments

    async def perform(self, arguments: ReadArguments) -> ToolResult:
        if arguments.customer_id is None:
            raise PermissionError("applications without anybody recognised")
        if arguments.assurance < Assurance.VERIFIED:
            lead = await self._crm.find_lead(arguments.customer_id)
            leads = [lead] if lead else []
        else:
            leads = list((await self.record(arguments)).leads)
        data = [with_lateness(application_data(one), arguments.today) for one in leads]
        return ToolResult(is_ok=True, data={"list": data})
