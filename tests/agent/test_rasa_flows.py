"""Rasa CALM flows become procedures and tools, or are refused with the reason."""

from pathlib import Path

import pytest
import yaml

from agent import parse_pack, read_pack
from agent.procedures.rasa_flows import import_flows, main
from agent.procedures.rasa_predicates import PredicateInvalid, to_cel

FLOWS = """
flows:
  lend_book:
    name: lending a book
    description: lend a book to a member
    if: slots.library_is_open
    steps:
      - collect: book_title
        description: the title
      - collect: weeks
        utter: utter_how_long
        rejections:
          - if: slots.weeks > 6 or slots.weeks < 1
            utter: utter_too_long
      - action: action_find_book
        next:
          - if: not slots.book_found
            then:
              - action: utter_not_found
                next: END
          - if: slots.shelf = 'cellar'
            then:
              - call: fetch_from_cellar
                next: lend
          - else: lend
      - id: lend
        collect: lend_confirmation
        ask_before_filling: true
        next:
          - if: slots.lend_confirmation
            then:
              - set_slots:
                  - mood: "glad"
              - action: action_lend
              - action: utter_lent
                next: END
          - else:
              - action: utter_cancelled
                next: END
  fetch_from_cellar:
    name: a book in the cellar
    steps:
      - action: utter_wait
  talk:
    name: somebody to talk to
    steps:
      - link: pattern_human_handoff
  round_and_round:
    description: asks until it fits
    steps:
      - id: again
        collect: weeks
        utter: utter_how_long
        next: again
  caller_of_it:
    steps:
      - call: round_and_round
  pattern_completed:
    steps:
      - noop: true
  wordless:
    steps:
      - action: utter_never_written
"""
DOMAIN = """
slots:
  library_is_open: {type: bool}
  book_title: {type: text}
  weeks: {type: float}
  book_found: {type: bool}
  shelf: {type: categorical, values: [cellar, hall]}
  lend_confirmation: {type: bool}
  mood: {type: text}
responses:
  utter_ask_book_title: [{text: "Which book?"}]
  utter_how_long: [{text: "For how many weeks?"}]
  utter_too_long: [{text: "Between one and six, please."}]
  utter_not_found: [{text: "We don't have {book_title}."}]
  utter_wait: [{text: "It comes up from the cellar."}]
  utter_ask_lend_confirmation: [{text: "{book_title} stands in the {shelf}. Lend it?", buttons: [{title: "Yes"}]}]
  utter_lent: [{text: "Enjoy {book_title}!"}]
  utter_cancelled: [{text: "As you like."}]
"""
SERVER = "http://127.0.0.1:5055/webhook"


def test_a_flow_becomes_a_procedure_with_its_branches_values_and_tools() -> None:
    found = import_flows(yaml.safe_load(FLOWS)["flows"], yaml.safe_load(DOMAIN), SERVER)
    lend = next(one for one in found.procedures if one["id"] == "lend_book")
    (guard,) = lend["steps"]
    assert guard["if"] == "library_is_open == true"
    title, weeks, check, tool, branches = guard["then"]
    assert title == {"collect": "book_title", "type": "text", "prompt": "Which book?"}
    assert weeks["valid"] == "!(weeks > 6 || weeks < 1)"
    assert weeks["invalid_say"] == "Between one and six, please."
    assert check == {"identify": "customer"}
    assert tool["tool"] == "find_book"
    assert branches["if"] == "!(find_book.book_found == true)"
    assert branches["then"] == [{"say": "We don't have {book_title}."}, "end"]
    cellar = branches["else"][0]
    assert cellar["if"] == 'find_book.shelf == "cellar"'
    assert [*map(next, map(iter, cellar["then"]))] == ["call", "collect", "if"]
    assert cellar["else"] == cellar["then"][1:]
    assert cellar["else"][0]["prompt"] == "{book_title} stands in the {find_book.shelf}. Lend it?"
    assert found.tools["find_book"]["rasa"] == {"url": SERVER, "action": "action_find_book"}
    assert found.tools["find_book"]["result"] == {"book_found": "boolean", "shelf": "string"}
    assert found.tools["find_book"]["arguments"]["weeks?"] == "number"
    assert next(one for one in found.procedures if one["id"] == "talk")["steps"] == [{"hand_over": {}}]


def test_what_has_no_equal_is_named_and_left_out() -> None:
    found = import_flows(yaml.safe_load(FLOWS)["flows"], yaml.safe_load(DOMAIN), SERVER)
    refused = dict(line.split(": ", 1) for line in found.refused)
    assert refused.keys() == {"round_and_round", "caller_of_it", "wordless"}
    assert "goes back to step 'again'" in refused["round_and_round"]
    assert "utter_never_written" in refused["wordless"]
    notes = "\n".join(found.notes)
    assert "buttons of 'utter_ask_lend_confirmation'" in notes
    assert "pattern_completed" in notes
    assert "library_is_open" in notes


@pytest.mark.parametrize(
    ("predicate", "expression"),
    [
        ("slots.age >= 18 and not slots.is_member", "age >= 18 && !(is_member == true)"),
        ("slots.name is not null", "name != null"),
        (
            "(slots.city = 'Bath' or slots.city == \"York\") and slots.age",
            '(city == "Bath" || city == "York") && age != null',
        ),
        ("slots.city contains 'a (b)'", '(city != null && city.contains("a (b)"))'),
    ],
)
def test_conditions_are_rewritten(predicate: str, expression: str) -> None:
    assert to_cel(predicate, {"is_member": "bool"}, lambda name: name) == expression


@pytest.mark.parametrize(
    "predicate", ["", "slots.age >", "slots.age > 1 slots.b", "slots.f(1)", "context.x = 1", "; drop"]
)
def test_a_condition_of_another_form_is_refused(predicate: str) -> None:
    with pytest.raises(PredicateInvalid):
        to_cel(predicate, {}, lambda name: name)


def test_the_command_writes_a_pack_that_loads_and_never_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "flows.yml").write_text(FLOWS)
    (tmp_path / "domain.yml").write_text(DOMAIN)
    command = [str(tmp_path / "flows.yml"), "--domain", str(tmp_path / "domain.yml"), "--out", str(tmp_path / "own")]
    assert main(command) == 1
    assert "LEFT OUT round_and_round" in capsys.readouterr().out
    pack = parse_pack(read_pack(tmp_path / "own"))
    assert {one.id for one in pack.procedures} == {"lend_book", "fetch_from_cellar", "talk"}
    assert {one.name for one in pack.tools} == {"find_book", "lend"}
    assert main(command) == 2
    assert "is there already" in capsys.readouterr().err
    assert main([str(tmp_path / "absent.yml"), "--out", str(tmp_path / "other")]) == 2
