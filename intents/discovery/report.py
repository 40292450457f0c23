"""One self-contained HTML page about a run of discovery: no script, no link to elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

import numpy as np

from encoder import Vectors
from intents.discovery.held import Rows
from intents.discovery.plots import HUES, Bar, bars, flat_map, scatter, sparkline
from intents.discovery.proposal import AskedNext, Proposal
from intents.discovery.turns import Candidate

SHOWN_TURNS = 8
MAPPED_TURNS = 3000
"""More dots would make a page of many megabytes and no clearer picture."""
PLOTTED_TOPICS = 20

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2430;--paper:#fbfbfa;--line:#d9dde3;--soft:#667085;--light:50%}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--paper:#14181f;--line:#333b47;--soft:#98a2b3;
--light:62%}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;
padding:0 1rem}h1{font-size:1.6rem}h2{font-size:1.15rem;margin:0}h3{font-size:1rem;margin-top:2rem}
article{border-top:1px solid var(--line);padding:1rem 0}.facts,.soft{color:var(--soft);
font-size:.85rem}.badge{border:1px solid var(--line);border-radius:1rem;padding:0 .5rem;font-size:.8rem;
margin-left:.4rem}ul{margin:.4rem 0;padding-left:1.2rem}li,p{overflow-wrap:anywhere}
svg{max-width:100%;height:auto}svg text{fill:var(--ink);font-size:13px}svg .value{fill:var(--soft)}
circle{opacity:.75}.faint{fill:var(--soft);opacity:.25}.map svg{width:100%}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:0 2rem}
"""


@dataclass(frozen=True)
class ReportMaterial:
    """What the page is made from."""

    source: str
    """Name of the file or channel looked at."""
    now: datetime
    turns: int
    """All customer turns read, also those too short to count."""
    found: Sequence[Candidate]
    mapped: Vectors
    """Of the candidates that `mapped_rows` names, shape (rows, dimensions)."""
    proposals: Sequence[Proposal]
    asked: Mapping[str, Sequence[AskedNext]]
    """Questions operators asked, per proposal id."""


def render(material: ReportMaterial) -> str:
    """The page."""
    proposals = material.proposals
    counted = sum(len(candidate.turns) for candidate in material.found)
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>What customers want: {escape(material.source)}</title><style>{_STYLE}{_colours()}</style>"
        f"<h1>What customers want</h1><p>{escape(material.source)}: {_many(material.turns, 'customer turn')}, "
        f"{counted} of them long enough to show a wish, {_many(len(proposals), 'topic')}. "
        f"As of {material.now:%Y-%m-%d %H:%M %Z}. Personal data is masked.</p>{_plots(material)}"
        "<h3>Topics, the most rewarding first</h3>"
        + "".join(_topic(place, proposal, material) for place, proposal in enumerate(proposals))
        + ("" if proposals else "<p>None: too few turns are about the same.</p>")
        + "</html>"
    )


def _plots(material: ReportMaterial) -> str:
    if not material.found:
        return ""
    plotted = material.proposals[:PLOTTED_TOPICS]
    charts = ""
    if plotted:
        sizes = [Bar(one.title, len(one.evidence), place) for place, one in enumerate(plotted)]
        charts = f"<div><h3>Size, in turns</h3>{bars(sizes, name='Size of each topic')}</div>"
    if _has_library(material):
        novelties = [Bar(one.title, round(max(one.novelty, 0.0), 2), place) for place, one in enumerate(plotted)]
        charts += (
            "<div><h3>Novelty <span class='soft'>0 known, above 2 unknown to the library</span></h3>"
            f"{bars(novelties, name='Novelty of each topic')}</div>"
        )
    return f"<h3>Map</h3><div class='map'>{_map(material)}</div><div class='charts'>{charts}</div>"


def _has_library(material: ReportMaterial) -> bool:
    return any(proposal.nearest_intent is not None for proposal in material.proposals)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _topic(place: int, proposal: Proposal, material: ReportMaterial) -> str:
    badges = []
    if proposal.is_known:
        badges.append("known from before")
    if proposal.is_rejected:
        badges.append("rejected before")
    if proposal.trend is not None and proposal.trend.is_growing:
        badges.append("growing")
    if proposal.duplicate_of is not None:
        badges.append(f"near-duplicate of {proposal.duplicate_of}")
    facts = [
        f"{_many(len(proposal.evidence), 'turn')} in {_many(proposal.conversations, 'conversation')} "
        f"({proposal.share:.1%})",
        f"cohesion {proposal.cohesion:.2f}",
        f"stability {proposal.stability:.0%}",
    ]
    if proposal.nearest_intent is not None:
        facts.append(f"novelty {proposal.novelty:.1f}")
        facts.append(f"{proposal.unmatched:.0%} unmatched")
        facts.append(f"nearest intent {proposal.nearest_intent} ({proposal.nearest_similarity:.2f})")
    border = escape(" / ".join(proposal.border))
    asked = "".join(
        f"<li>{escape(one.prompt)} <span class='soft'>{one.type}, {one.share:.0%}</span></li>"
        for one in material.asked.get(proposal.id, ())
    )
    return (
        f"<article id='{escape(proposal.id)}'><h2>{escape(proposal.title)}"
        + "".join(f"<span class='badge'>{escape(badge)}</span>" for badge in badges)
        + f"</h2><p class='facts'>{escape(', '.join(proposal.subtitle))}<br>{escape(' · '.join(facts))}</p>"
        + _weeks(place, proposal, material.now)
        + f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in proposal.examples[:SHOWN_TURNS])}</ul>"
        + (f"<p class='soft'>At the border: {border}</p>" if len(proposal.examples) > 1 else "")
        + (f"<p>Operators asked next:</p><ul>{asked}</ul>" if asked else "")
        + "</article>"
    )


def _weeks(place: int, proposal: Proposal, now: datetime) -> str:
    times = [evidence.at for evidence in proposal.evidence if evidence.at is not None]
    if not times:
        return ""
    weeks = min(int((now - min(times)) / timedelta(days=7)) + 1, 26)
    counts = [0] * weeks
    for at in times:
        age = int((now - at) / timedelta(days=7))
        if 0 <= age < weeks:
            counts[weeks - 1 - age] += 1
    return sparkline(counts, hue=place, name=f"Turns a week, the last {weeks} weeks")


def mapped_rows(count: int) -> Rows:
    """Which of so many candidates are dots on the map: evenly spaced ones."""
    return np.arange(0, count, max(1, count // MAPPED_TURNS))


def _map(material: ReportMaterial) -> str:
    place_of = {
        evidence.turn: place for place, proposal in enumerate(material.proposals) for evidence in proposal.evidence
    }
    shown = mapped_rows(len(material.found)).tolist()
    middles = [proposal.middle for proposal in material.proposals[:PLOTTED_TOPICS]]
    places = flat_map(material.mapped, np.stack(middles) if middles else material.mapped)
    of_row = [place_of.get(material.found[row].turns[0].id, PLOTTED_TOPICS) for row in shown]
    hues = [place if place < PLOTTED_TOPICS else -1 for place in of_row]
    hints = [
        f"{material.proposals[place].title}: {material.found[row].text}" if hue >= 0 else material.found[row].text
        for row, place, hue in zip(shown, of_row, hues, strict=True)
    ]
    return scatter(places, hues, hints)


def _colours() -> str:
    # The golden angle keeps neighbours in the list apart in colour.
    return "".join(f".h{hue}{{fill:hsl({hue * 137.5 % 360:.0f} 60% var(--light))}}" for hue in range(HUES))
