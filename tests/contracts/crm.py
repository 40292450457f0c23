"""What holds for every CrmAdapter. A test module for one adapter subclasses CrmContract and gives the fixtures.

`crm` is the adapter over a CRM that holds the records of tests/contracts/crm_records, and those only.
"""

import asyncio
from datetime import date

import pytest

from crm_adapter import CrmAdapter, CrmError, Customer, ReferenceKind

TODAY = date(2026, 11, 23)
PRIYA = Customer(
    id="HM1",
    name="Priya Shah",
    email="Priya.Shah@example.org",
    phone="+441632960001",
    date_of_birth=date(1987, 9, 14),
    postcode="HB1 2AB",
    address="12 Quay Street, Harbourton",
    tier="gold",
    since=date(2019, 3, 1),
)
SHARED_PHONE = "+441632960777"


class CrmContract:
    """Collected through its subclasses, one per adapter."""

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            (ReferenceKind.CUSTOMER_NUMBER, "HM1"),
            (ReferenceKind.CUSTOMER_NUMBER, "hm1"),
            (ReferenceKind.EMAIL, "priya.shah@EXAMPLE.org"),
            (ReferenceKind.PHONE, "+441632960001"),
            (ReferenceKind.POSTCODE, "hb12ab"),
            (ReferenceKind.POLICY_NUMBER, "4410273"),
            (ReferenceKind.CASE_NUMBER, "4471"),
            (ReferenceKind.CLAIM_NUMBER, "cl52318"),
            (ReferenceKind.APPLICATION_NUMBER, "APP-3301"),
        ],
    )
    async def test_a_customer_is_found_by_anything_they_can_name(
        self, crm: CrmAdapter, kind: ReferenceKind, value: str
    ) -> None:
        assert await crm.find_customers(kind, value) == (PRIYA,)

    @pytest.mark.parametrize("kind", list(ReferenceKind))
    @pytest.mark.parametrize("value", ["", "nobody", "' OR 1=1 --", "%", "\U0001f600", "9" * 500])
    async def test_what_nobody_has_finds_nobody(self, crm: CrmAdapter, kind: ReferenceKind, value: str) -> None:
        assert await crm.find_customers(kind, value) == ()

    async def test_a_shared_phone_finds_everyone_who_shares_it(self, crm: CrmAdapter) -> None:
        found = await crm.find_customers(ReferenceKind.PHONE, SHARED_PHONE)
        assert [one.id for one in found] == ["HM2", "HM3"]

    async def test_a_record_is_the_customers_own_and_whole(self, crm: CrmAdapter) -> None:
        record = await crm.find_record("HM1")
        assert record is not None
        assert record.customer == PRIYA
        assert [policy.number for policy in record.policies] == ["4410273"]
        assert [case.number for case in record.cases] == ["4471", "CL52318"]
        assert [(note.text, note.is_internal) for note in record.cases[1].history] == [
            ("Reported by phone.", False),
            ("Check for earlier claims.", True),
        ]
        assert [lead.application_number for lead in record.leads] == ["APP-3301"]
        assert record.leads[0].reasons == ("Asked for a quote twice.", "Home owner.")

    async def test_an_unknown_customer_has_no_record(self, crm: CrmAdapter) -> None:
        assert await crm.find_record("HM999") is None

    async def test_a_case_is_opened_once_per_key(self, crm: CrmAdapter) -> None:
        first = await crm.open_case("HM2", "c-1-7", "Change of address", "12 Quay Street", TODAY)
        again = await crm.open_case("HM2", "c-1-7", "Change of address", "12 Quay Street", TODAY)
        other = await crm.open_case("HM2", "c-1-9", "Change of address", "14 Quay Street", TODAY)
        assert again == first
        assert other.number != first.number
        assert (first.subject, first.opened, first.status) == ("Change of address", TODAY, "open")
        assert first.history[0].text == "12 Quay Street"
        assert await crm.find_customers(ReferenceKind.CASE_NUMBER, first.number) == await crm.find_customers(
            ReferenceKind.CUSTOMER_NUMBER, "HM2"
        )

    async def test_cases_opened_at_once_get_numbers_of_their_own(self, crm: CrmAdapter) -> None:
        keys = ["k-1", "k-2", "k-3", "k-1", "k-4", "k-2"]
        cases = await asyncio.gather(*(crm.open_case("HM2", key, "Subject", key, TODAY) for key in keys))
        numbers = {key: case.number for key, case in zip(keys, cases, strict=True)}
        assert len(set(numbers.values())) == 4
        assert [case.number for case in cases] == [numbers[key] for key in keys]

    async def test_no_case_is_opened_for_an_unknown_customer(self, crm: CrmAdapter) -> None:
        with pytest.raises(CrmError):
            await crm.open_case("HM999", "k-1", "Subject", "Details", TODAY)
        assert await crm.find_record("HM999") is None

    async def test_a_note_may_be_delivered_twice(self, crm: CrmAdapter) -> None:
        await crm.add_note("HM1", "note-c-1-9", "Told the next step.", TODAY)
        await crm.add_note("HM1", "note-c-1-9", "Told the next step.", TODAY)
        assert (await crm.find_record("HM1")) is not None
