"""Reading a library file, and every way it can be wrong."""

from pathlib import Path

import pytest

from intents import LibraryInvalid, SolutionKind, UnknownIntent, load_library
from intents.library import AttributeType, ReviewState, Support

GOOD = """
groups:
  - id: claims
    name: Claims
    description: Everything about claims.
    line_of_business: personal
    queue: claims
    skills: [claims]
    intents:
      - id: claim_status
        name: Check on a claim
        description: Asks how far a claim is.
        solution: {kind: tool, target: claim_status}
        attributes:
          - {name: claim_number, label: claim number, type: claim_number, mandatory: true, prompt: "Which claim?"}
        examples: [where is my claim, {text: claim news, source: operator}]
      - id: report_claim
        name: Report a claim
        description: Something happened.
        support: assist_only
        queue: general
        is_live: false
        examples: [my house burned down]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "intents.yaml"
    path.write_text(text)
    return path


def test_a_library_is_read_whole(tmp_path: Path) -> None:
    library = load_library(write(tmp_path, GOOD))
    assert [intent.id for intent in library.intents] == ["claims", "claim_status", "report_claim"]
    assert [intent.id for intent in library.live()] == ["claim_status"]
    status = library.get("claim_status")
    assert (status.group, status.queue, status.skills) == ("claims", "claims", ("claims",))
    assert (status.solution.kind, status.support) == (SolutionKind.TOOL, Support.SELF_SERVICE)
    assert status.attributes[0].type is AttributeType.CLAIM_NUMBER
    assert [example.source for example in status.examples] == ["library", "operator"]
    report = library.get("report_claim")
    assert (report.queue, report.solution.target, report.support) == ("general", "general", Support.ASSIST_ONLY)
    assert report.review_state is ReviewState.APPROVED
    assert library.get("claims").is_group


def test_an_unknown_id_is_absent_or_an_error(tmp_path: Path) -> None:
    library = load_library(write(tmp_path, GOOD))
    assert library.find("nonsense") is None
    with pytest.raises(UnknownIntent, match="'nonsense'"):
        library.get("nonsense")


def test_an_empty_file_is_an_empty_library(tmp_path: Path) -> None:
    assert load_library(write(tmp_path, "")).intents == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("type: claim_number", "type: colour", r"intents.yaml: group 'claims' intent 'claim_status' attributes"),
        ("name: Check on a claim", "nome: Check", r"intent 'claim_status' name: Field required"),
        ("support: assist_only", "support: perhaps", r"intent 'report_claim' support: Input should be 'self_service'"),
        ("id: report_claim", "id: Report claim", r"String should match pattern"),
        ("id: report_claim", "id: claim_status", r"intent 'claim_status': id: used twice"),
        ("my house burned down", "Where is my CLAIM", r"'Where is my CLAIM' is already an example of"),
        ("type: claim_number", "type: choice", r"a choice needs them"),
        ("groups:", "groups: [", r"intents.yaml: not a YAML file"),
        ("groups:", "intents:", r"Extra inputs are not permitted"),
    ],
)
def test_a_fault_names_file_intent_and_field(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(LibraryInvalid, match=message):
        load_library(write(tmp_path, GOOD.replace(old, new)))


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryInvalid, match=r"nowhere.yaml: cannot be read"):
        load_library(tmp_path / "nowhere.yaml")
