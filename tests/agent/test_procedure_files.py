"""A business's procedures: faults are told where they are; what is said of a record equals the record."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent import PackInvalid, parse_pack, read_pack
from agent.procedures.expressions import Language
from agent.procedures.texts import compile_text

DEMO = Path("demo/insurer")
GOOD = """procedures:
  - id: hours
    noun: opening hours
    steps:
      - collect: day
        type: date
        prompt: Which day?
      - say: "On {day | date} we are open."
"""


def parsed(text: str) -> None:
    pack = {name: content for name, content in read_pack(DEMO).items() if not name.startswith("procedures/")}
    parse_pack({**pack, "procedures/own.yaml": text})


def test_a_good_file_loads() -> None:
    parsed(GOOD)


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("collect: day", "colect: day", "step 1"),
        ("type: date", "type: dat", "dat"),
        ("{day | date}", "{day | dates}", "dates"),
        ("{day | date}", "{dya | date}", "dya"),
        ("prompt: Which", "promt: Which", "promt"),
        ("- say:", "- call: nothing\n      - say:", "nothing"),
    ],
)
def test_a_fault_is_told_where_it_is(wrong: str, right: str, told: str) -> None:
    with pytest.raises(PackInvalid, match=told):
        parsed(GOOD.replace(wrong, right))


def test_the_demonstrations_pack_loads() -> None:
    assert len(parse_pack(read_pack(DEMO)).procedures) >= 15


def test_every_sum_and_day_said_equals_the_record() -> None:
    chance = random.Random(8)
    text = compile_text("{record.pence | money} by {record.day | date}", Language(["record"]))
    for _ in range(500):
        pence, day = chance.randrange(0, 100_000_000), date(2020, 1, 1) + timedelta(chance.randrange(6_000))
        said = text.filled({"record": {"pence": pence, "day": day.isoformat()}})
        amount, _, when = said.partition(" by ")
        whole, _, rest = amount.removeprefix("£").replace(",", "").partition(".")
        assert int(whole) * 100 + int(rest or 0) == pence
        assert when == f"{day.day} {day:%B %Y}"
