"""The demonstration tenant's own files keep their promises: the tenant, its intents and its knowledge."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2] / "demo" / "insurer"

TOOLS = {"claims", "cases", "policies", "applications", "open_case", "request_callback"}
ATTRIBUTE_TYPES = {
    "text",
    "name",
    "email",
    "phone",
    "date",
    "money",
    "number",
    "yes_no",
    "choice",
    "case_number",
    "claim_number",
    "application_number",
    "policy_number",
    "postcode",
}
PROMISED_INTENTS = {
    "claim_status",
    "report_claim",
    "case_status",
    "application_status",
    "lead_score",
    "policy_details",
    "payment_due",
    "request_callback",
    "change_address",
    "renew_policy",
    "cancel_policy",
    "make_complaint",
    "get_quote",
    "add_driver",
    "travel_cover_question",
    "what_is_excess",
    "no_claims_discount",
    "proof_of_insurance",
    "payment_methods",
    "missed_payment",
    "refund_status",
    "update_contact_details",
    "multi_policy_discount",
    "windscreen_repair",
    "pet_vet_bills",
    "life_beneficiary",
    "report_bereavement",
    "opening_hours",
    "suspected_fraud",
}


@pytest.fixture(scope="module")
def tenant() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "tenant.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def groups() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((ROOT / "intents.yaml").read_text(encoding="utf-8"))["groups"]
    return loaded


@pytest.fixture(scope="module")
def intents(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [intent for group in groups for intent in group["intents"]]


@pytest.fixture(scope="module")
def articles() -> dict[str, tuple[dict[str, Any], list[str]]]:
    """File name without its ending -> (front matter, section bodies)."""
    found = {}
    for path in sorted((ROOT / "knowledge").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        found[path.stem] = (yaml.safe_load(front), re.split(r"^## .+$", body, flags=re.MULTILINE)[1:])
    return found


def normalised(text: str) -> str:
    """The words alone: case and punctuation do not make two examples different."""
    return " ".join(re.findall(r"[\w£']+", text.lower()))


def test_the_greeting_says_it_is_an_ai_and_that_a_person_can_be_asked_for(tenant: dict[str, Any]) -> None:
    assert tenant["persona"]["name"] == "Harriet"
    assert "AI assistant" in tenant["persona"]["greeting"]
    assert "ask for a person at any time" in tenant["persona"]["greeting"]


def test_every_queue_but_complaints_is_open_round_the_clock(tenant: dict[str, Any]) -> None:
    days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    hours = {queue["id"]: queue["hours"] for queue in tenant["queues"]}
    assert set(hours) == {"general", "claims", "billing", "sales", "complaints"}
    assert all(set(week) == days for week in hours.values())
    assert {queue for queue, week in hours.items() if set(week.values()) == {"00:00-24:00"}} == set(hours) - {
        "complaints"
    }
    assert [hours["complaints"][day] for day in ("mon", "fri", "sat", "sun")] == ["09:00-17:00"] * 2 + [None] * 2


def test_there_are_six_operators_and_two_supervisors_with_known_queues(tenant: dict[str, Any]) -> None:
    people = tenant["operators"]
    assert Counter(person["role"] for person in people) == {"operator": 6, "supervisor": 2}
    assert people[0]["email"] == "maya@harbour.example"
    assert next(p for p in people if p["role"] == "supervisor")["email"] == "sam@harbour.example"
    assert len({person["email"] for person in people}) == len({person["id"] for person in people}) == 8
    queues = {queue["id"] for queue in tenant["queues"]}
    assert all(set(person["queues"]) <= queues for person in people)
    assert all(level in range(1, 6) for person in people for level in person["skills"].values())
    assert "password" not in " ".join(key for person in people for key in person)


def test_every_group_can_be_served_by_two_people_of_its_queue(
    tenant: dict[str, Any], groups: list[dict[str, Any]]
) -> None:
    able = {
        group["id"]: [
            person["id"]
            for person in tenant["operators"]
            if group["queue"] in person["queues"] and set(group["skills"]) <= set(person["skills"])
        ]
        for group in groups
    }
    assert all(len(people) >= 2 for people in able.values()), able
    offered = {queue["id"]: set(queue["skills"]) for queue in tenant["queues"]}
    assert all(set(group["skills"]) <= offered[group["queue"]] for group in groups)
    assert {group["line_of_business"] for group in groups} == set(tenant["lines_of_business"])


def test_dispositions_and_quick_replies_have_their_own_ids(tenant: dict[str, Any]) -> None:
    assert 10 <= len({row["id"] for row in tenant["dispositions"]}) == len(tenant["dispositions"]) <= 12
    replies = tenant["quick_replies"]
    assert len(replies) == len({row["id"] for row in replies}) == len({row["shortcut"] for row in replies}) == 12
    variables = {name for row in replies for name in re.findall(r"{{(.+?)}}", row["text"])}
    assert variables == {"customer_name", "operator_name"}


def test_the_promised_intents_are_there_in_six_to_eight_groups(
    groups: list[dict[str, Any]], intents: list[dict[str, Any]]
) -> None:
    ids = [group["id"] for group in groups] + [intent["id"] for intent in intents]
    assert len(ids) == len(set(ids))
    assert 6 <= len(groups) <= 8
    assert 25 <= len(intents) <= 35
    assert {intent["id"] for intent in intents} >= PROMISED_INTENTS


def test_every_intent_has_fifteen_examples_or_more_of_its_own(intents: list[dict[str, Any]]) -> None:
    assert all(15 <= len(intent["examples"]) <= 80 for intent in intents)
    counted = Counter(normalised(example) for intent in intents for example in intent["examples"])
    assert [text for text, times in counted.items() if times > 1] == []


def test_nothing_prepares_the_agent_for_loyalty_points() -> None:
    files = [*ROOT.glob("*.yaml"), *ROOT.glob("crm/*.yaml"), *ROOT.glob("knowledge/*.md")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert "loyalty" not in text.lower()


def test_every_solution_points_at_something_that_exists(
    tenant: dict[str, Any], intents: list[dict[str, Any]], articles: dict[str, tuple[dict[str, Any], list[str]]]
) -> None:
    targets = {"tool": TOOLS, "article": set(articles), "queue": {queue["id"] for queue in tenant["queues"]}}
    wrong = [i["id"] for i in intents if i["solution"]["target"] not in targets[i["solution"]["kind"]]]
    assert wrong == []
    assert {i["solution"]["target"] for i in intents if i["solution"]["kind"] == "tool"} == TOOLS
    assert {i["solution"]["kind"] for i in intents if i["support"] == "assist_only"} == {"queue"}


def test_every_attribute_is_typed_and_asks_one_question(intents: list[dict[str, Any]]) -> None:
    attributes = [attribute for intent in intents for attribute in intent["attributes"]]
    assert {attribute["type"] for attribute in attributes} <= ATTRIBUTE_TYPES
    assert all({"name", "label", "mandatory", "prompt"} <= set(attribute) for attribute in attributes)
    assert all(attribute["prompt"].count("?") <= 2 for attribute in attributes)
    choices = [attribute for attribute in attributes if attribute["type"] == "choice"]
    assert all(len(set(choice["options"])) >= 2 for choice in choices)
    assert [choice["name"] for choice in choices] == [a["name"] for a in attributes if "options" in a]


def test_there_are_thirty_to_thirty_six_articles_named_as_their_files(
    articles: dict[str, tuple[dict[str, Any], list[str]]], intents: list[dict[str, Any]]
) -> None:
    assert 30 <= len(articles) <= 36
    assert all(front["id"] == stem and re.fullmatch(r"[a-z0-9-]+", stem) for stem, (front, _) in articles.items())
    linked = {intent for front, _ in articles.values() for intent in front["intents"]}
    assert linked == {intent["id"] for intent in intents} - {"data_request"}  # answered by no article, by people
    assert all(front["updated"].startswith("2026-") for front, _ in articles.values())
    assert all(
        i["id"] in articles[i["solution"]["target"]][0]["intents"]
        for i in intents
        if "article" in i["solution"]["kind"]
    )


def test_every_article_asks_its_own_questions(articles: dict[str, tuple[dict[str, Any], list[str]]]) -> None:
    assert all(3 <= len(front["questions"]) <= 5 for front, _ in articles.values())
    questions = [normalised(question) for front, _ in articles.values() for question in front["questions"]]
    assert len(questions) == len(set(questions))


def test_every_section_can_be_quoted_whole(articles: dict[str, tuple[dict[str, Any], list[str]]]) -> None:
    assert all(3 <= len(sections) <= 6 for _, sections in articles.values())
    lengths = {stem: [len(section.split()) for section in sections] for stem, (_, sections) in articles.items()}
    assert {stem: counts for stem, counts in lengths.items() if min(counts) < 30 or max(counts) > 90} == {}
    assert all("\n" not in section.strip() for _, sections in articles.values() for section in sections)


def test_every_phone_number_in_an_article_is_fictional(articles: dict[str, tuple[dict[str, Any], list[str]]]) -> None:
    text = " ".join(section for _, sections in articles.values() for section in sections)
    numbers = re.findall(r"(?:\+44|\b0)[\d ]{8,}\d", text)
    assert numbers
    assert [n for n in numbers if not re.fullmatch(r"0808 157 0\d{3}|\+44 1632 960 \d{3}", n)] == []
