"""Every link and every path that the documents name leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tools/*.md"), *ROOT.glob("demo/**/README.md")]
)

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
ROOM = re.compile(
    r"`((?:actions|agent|bench|conversation|crm_adapter|demo|docs|encoder|intents|knowledge|migrations|routing|speech"
    r"|storage|tenant|tests|tools|web)/[\w./-]*)`"
)


def anchors(page: Path) -> set[str]:
    """The anchors GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> Iterator[str]:
    for target in LINK.findall(FENCE.sub("", page.read_text())):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        is_missing = not there.exists()
        if is_missing or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert list(broken_links(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_named_path_exists(page: Path) -> None:
    named = ROOM.findall(page.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_page_has_a_door() -> None:
    indexes = [ROOT / "docs/README.md", ROOT / "docs/decisions/README.md", ROOT / "README.md"]
    linked = {
        (index.parent / target.split("#")[0]).resolve()
        for index in indexes
        for target in LINK.findall(index.read_text())
    }
    assert [str(page.relative_to(ROOT)) for page in ROOT.glob("docs/**/*.md") if page not in {*linked, *indexes}] == []
