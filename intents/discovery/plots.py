"""Plots as SVG text, to stand inside a page that needs nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from encoder import Vectors

HUES = 12
"""Colours before they repeat."""


@dataclass(frozen=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: float
    hue: int
    """Number of its colour."""


def flat_map(vectors: Vectors, middles: Vectors) -> NDArray[np.float64]:
    """Places in the unit square, shape (rows, 2), that keep apart what lies apart.

    The two directions in which the middles of the groups differ most (principal components), spread evenly.
    """
    if len(middles) < 3 or not len(vectors):
        middles = vectors
    if len(middles) < 2:
        return np.full((len(vectors), 2), 0.5)
    mean = middles.mean(axis=0)
    _, _, directions = np.linalg.svd(middles - mean, full_matrices=False)
    places = np.zeros((len(vectors), 2))
    projected = (vectors - mean) @ directions[:2].T
    places[:, : projected.shape[1]] = projected
    low, high = np.quantile(places, [0.01, 0.99], axis=0)
    return np.asarray(np.clip((places - low) / np.maximum(high - low, 1e-9), 0.0, 1.0))


def scatter(places: NDArray[np.float64], hues: Sequence[int], hints: Sequence[str], *, size: int = 640) -> str:
    """Dots in the unit square; a hint appears when the pointer rests on its dot, and hue -1 is faint."""
    height = size * 5 // 8
    dots = [
        f'<circle cx="{8 + x * (size - 16):.1f}" cy="{8 + y * (height - 16):.1f}" r="{2.0 if hue < 0 else 3.5}" '
        f'class="{"faint" if hue < 0 else f"h{hue % HUES}"}"><title>{escape(hint)}</title></circle>'
        for (x, y), hue, hint in zip(places.tolist(), hues, hints, strict=True)
    ]
    return _svg(size, height, "Map of what customers said", "".join(dots))


def bars(values: Sequence[Bar], *, name: str, width: int = 440) -> str:
    """Horizontal bars, the labels above them."""
    longest = max((bar.value for bar in values), default=0.0) or 1.0
    parts = []
    for row, bar in enumerate(values):
        y = 34 * row
        length = max(1.0, bar.value / longest * (width - 60))
        parts.append(
            f'<text x="0" y="{y + 13}">{escape(bar.label)}</text>'
            f'<rect x="0" y="{y + 19}" width="{length:.1f}" height="8" rx="2" class="h{bar.hue % HUES}"/>'
            f'<text x="{length + 6:.1f}" y="{y + 28}" class="value">{bar.value:g}</text>'
        )
    return _svg(width, max(34 * len(values), 34), name, "".join(parts))


def sparkline(counts: Sequence[int], *, hue: int, name: str, width: int = 220, height: int = 40) -> str:
    """A small column per period, oldest first."""
    top = max(counts, default=0) or 1
    step = width / max(len(counts), 1)
    columns = [
        f'<rect x="{index * step:.1f}" y="{height - count / top * height:.1f}" width="{max(step - 1, 0.5):.1f}" '
        f'height="{count / top * height:.1f}" class="h{hue % HUES}"><title>{count}</title></rect>'
        for index, count in enumerate(counts)
    ]
    return _svg(width, height, name, "".join(columns))


def _svg(width: int, height: int, name: str, content: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{escape(name)}">'
        f"{content}</svg>"
    )
