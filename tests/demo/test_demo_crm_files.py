"""The demonstration tenant's customer records agree with each other, with today and with the tenant."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2] / "demo" / "insurer"
TODAY = date(2026, 11, 22)
"""The day the records are written for; a fixed date keeps the test true on every day it runs."""

Rows = list[dict[str, Any]]


def rows(name: str) -> Rows:
    loaded: Rows = yaml.safe_load((ROOT / "crm" / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def customers() -> Rows:
    return rows("customers")


@pytest.fixture(scope="module")
def policies() -> Rows:
    return rows("policies")


@pytest.fixture(scope="module")
def cases() -> Rows:
    return rows("cases")


@pytest.fixture(scope="module")
def leads() -> Rows:
    return rows("leads")


@pytest.fixture(scope="module")
def staff() -> dict[str, set[str]]:
    """Name -> queues of everyone who works at Harbour Mutual."""
    people = yaml.safe_load((ROOT / "tenant.yaml").read_text(encoding="utf-8"))["operators"]
    return {person["name"]: set(person["queues"]) for person in people}


def repeated(values: list[Any]) -> dict[Any, int]:
    return {value: times for value, times in Counter(values).items() if times > 1}


def test_forty_customers_share_only_one_name_and_one_phone(customers: Rows) -> None:
    assert [c["id"] for c in customers] == [f"HM{10001 + i}" for i in range(40)]
    assert repeated([c["email"] for c in customers]) == {}
    assert repeated([c["name"] for c in customers]) == {"Daniel Hughes": 2}
    assert repeated([c["phone"] for c in customers]) == {"+441632960212": 2}
    assert repeated([(c["name"], c["date_of_birth"]) for c in customers]) == {}
    spouses = [c for c in customers if c["phone"] == "+441632960212"]
    assert len({c["address"] for c in spouses}) == 1


def test_contact_details_can_belong_to_nobody(customers: Rows, leads: Rows) -> None:
    people = customers + leads
    assert all(re.fullmatch(r"\+44(7700900|1632960)\d{3}", person["phone"]) for person in people)
    assert all(re.fullmatch(r"[a-z0-9.]+@example\.(com|org|net)", person["email"]) for person in people)
    assert all(re.fullmatch(r"(HB|NB|LC|MR|SB|KB)\d \d[ABD-HJLNP-UW-Z]{2}", c["postcode"]) for c in customers)
    assert {c["tier"] for c in customers} == {"standard", "plus", "premier"}
    assert {c["preferred_channel"] for c in customers} == {"chat", "email", "phone"}
    assert all(date.fromisoformat(c["date_of_birth"]) < date.fromisoformat(c["since"]) < TODAY for c in customers)


def test_policies_belong_to_customers_and_their_years_fit_their_status(customers: Rows, policies: Rows) -> None:
    since = {c["id"]: c["since"] for c in customers}
    assert 55 <= len(policies) <= 70
    assert repeated([p["number"] for p in policies]) == {}
    assert all(re.fullmatch(r"\d{7}", p["number"]) and since[p["customer"]] <= p["start"] for p in policies)
    assert {p["product"] for p in policies} == {"home", "motor", "travel", "pet", "life"}
    today = TODAY.isoformat()
    assert all(p["start"] <= today < p["renewal"] for p in policies if p["status"] == "active")
    assert all(p["renewal"] <= today for p in policies if p["status"] == "lapsed")
    assert all(today < p["start"] for p in policies if p["status"] == "pending")
    assert {p["status"] for p in policies} == {"active", "lapsed", "pending", "cancelled"}


def test_payments_add_up_in_whole_pence(policies: Rows) -> None:
    live = [p for p in policies if p["status"] in {"active", "pending"}]
    assert all(isinstance(p[key], int) for p in live for key in ("premium_pence", "next_payment_pence", "excess_pence"))
    assert all(TODAY.isoformat() < p["next_payment_due"] for p in live)
    monthly = [p for p in live if p["frequency"] == "monthly"]
    assert all(p["next_payment_pence"] * 12 == p["premium_pence"] for p in monthly)
    assert all(date.fromisoformat(p["next_payment_due"]) - TODAY < timedelta(days=32) for p in monthly)
    assert all(p["next_payment_pence"] == p["premium_pence"] for p in live if p["frequency"] == "annual")
    ended = [p for p in policies if p["status"] in {"lapsed", "cancelled"}]
    assert all(p["next_payment_due"] is None and p["next_payment_pence"] is None for p in ended)


def test_cases_belong_to_the_customer_who_holds_the_policy(policies: Rows, cases: Rows) -> None:
    holder = {p["number"]: p["customer"] for p in policies}
    assert len(cases) >= 45
    assert repeated([c["number"] for c in cases]) == {}
    assert [c["number"] for c in cases if holder[c["policy"]] != c["customer"]] == []
    claims = [c["number"] for c in cases if c["kind"] == "claim"]
    others = [c["number"] for c in cases if c["kind"] in {"service", "billing", "complaint"}]
    assert len(claims) + len(others) == len(cases)
    assert all(re.fullmatch(r"CL\d{5}", number) for number in claims)
    assert all(re.fullmatch(r"\d{4}", number) for number in others)


def test_case_histories_run_from_opened_to_updated(cases: Rows) -> None:
    for case in cases:
        times = [row["at"] for row in case["history"]]
        assert 2 <= len(times) <= 5, case["number"]
        assert times == sorted(times), case["number"]
        assert (times[0], times[-1]) == (case["opened"], case["updated"]), case["number"]
        assert times[-1] <= TODAY.isoformat(), case["number"]
        assert not case["history"][0]["internal"], case["number"]


def test_what_is_still_running_has_a_date_and_what_has_ended_has_none(cases: Rows) -> None:
    ended = {"settled", "closed", "declined"}
    running = [c for c in cases if c["status"] not in ended]
    assert {c["status"] for c in cases} == ended | {"open", "in_progress", "waiting_on_customer", "approved"}
    assert all(TODAY.isoformat() < c["expected_by"] for c in running)
    assert [c["number"] for c in cases if c["status"] in ended and "expected_by" in c] == []


def test_a_claim_shows_no_amount_before_it_is_decided(cases: Rows) -> None:
    undecided = {"open", "in_progress", "waiting_on_customer"}
    assert [
        c["number"] for c in cases if c["kind"] == "claim" and c["status"] in undecided and "amount_pence" in c
    ] == []
    assert all(isinstance(c["amount_pence"], int) for c in cases if c["status"] == "settled")


def test_every_case_is_handled_by_someone_of_its_queue(cases: Rows, staff: dict[str, set[str]]) -> None:
    queue = {"claim": "claims", "service": "general", "billing": "billing", "complaint": "complaints"}
    assert [c["number"] for c in cases if queue[c["kind"]] not in staff[c["handler"]]] == []


def test_weekdays_named_to_a_customer_are_right(cases: Rows, leads: Rows) -> None:
    spoken = " ".join(
        [c["next_step"] for c in cases]
        + [row["text"] for c in cases for row in c["history"]]
        + [lead["application_next_step"] or "" for lead in leads]
    )
    months = {"November": 11, "December": 12}
    named = re.findall(r"(\w+day) (\d+) (November|December)", spoken)
    assert len(named) > 20
    assert [(w, d, m) for w, d, m in named if date(2026, months[m], int(d)).strftime("%A") != w] == []


def test_priya_raman_has_a_case_a_claim_and_an_application(customers: Rows, cases: Rows, leads: Rows) -> None:
    assert next(c["name"] for c in customers if c["id"] == "HM10007") == "Priya Raman"
    hers = {c["number"]: c for c in cases if c["customer"] == "HM10007"}
    assert hers["4471"]["subject"] == "Kitchen leak: repair appointment"
    assert hers["4471"]["status"] == "open"
    assert hers["CL52318"]["kind"] == "claim"
    assert [lead["stage"] for lead in leads if lead.get("customer") == "HM10007"] == ["application"]


def test_one_customer_has_two_open_claims_and_some_have_none(customers: Rows, cases: Rows) -> None:
    claims = [c for c in cases if c["kind"] == "claim"]
    unsettled = [c["customer"] for c in claims if c["status"] in {"open", "in_progress", "waiting_on_customer"}]
    assert repeated(unsettled) == {"HM10020": 2}
    assert {c["id"] for c in customers} - {c["customer"] for c in claims}


def test_leads_agree_with_the_customers_they_name(customers: Rows, leads: Rows) -> None:
    known = {c["id"]: c for c in customers}
    assert len(leads) >= 22
    assert [lead["id"] for lead in leads] == [f"LD{7001 + i}" for i in range(len(leads))]
    assert all(
        lead[key] == known[lead["customer"]][key]
        for lead in leads
        if "customer" in lead
        for key in ("name", "email", "phone")
    )
    new = [lead for lead in leads if "customer" not in lead]
    for key in ("name", "email", "phone"):
        assert repeated([lead[key] for lead in new] + list({c[key] for c in customers})) == {}


def test_lead_grades_follow_scores_and_applications_have_numbers(leads: Rows, staff: dict[str, set[str]]) -> None:
    floors = {"A": (80, 100), "B": (60, 79), "C": (40, 59), "D": (0, 39)}
    assert [
        lead["id"] for lead in leads if not floors[lead["grade"]][0] <= lead["score"] <= floors[lead["grade"]][1]
    ] == []
    assert {lead["stage"] for lead in leads} == {"new", "contacted", "quoted", "application", "won", "lost"}
    applied = [lead for lead in leads if lead["application_number"]]
    assert repeated([lead["application_number"] for lead in applied]) == {}
    assert all(re.fullmatch(r"APP\d{6}", lead["application_number"]) for lead in applied)
    assert all(lead["application_status"] and lead["application_next_step"] for lead in applied)
    assert all(lead in applied for lead in leads if lead["stage"] in {"application", "won"})
    assert all(2 <= len(lead["reasons"]) <= 4 for lead in leads)
    assert all("sales" in staff[lead["owner"]] for lead in leads)
    assert all(lead["created"] <= lead["updated"] <= TODAY.isoformat() for lead in leads)
