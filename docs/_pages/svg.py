"""A picture as SVG, drawn one element a call."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

INK, PALE, BLUE, RED = "#1f2933", "#9aa5b1", "#1f6fb2", "#b23c00"
COLOURS = {"en": "#1f6fb2", "de": "#8a5a00", "sv": "#2f7d4f"}


class Picture:
    """An SVG that grows by one element a call."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self._size = (width, height)
        self._title = title
        self._parts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        fill: str = INK,
        size: float = 13,
        anchor: str = "start",
        bold: bool = False,
        wide: float = 0,
    ) -> None:
        """Write *words*; *wide* spreads them evenly over that width, in a fixed pitch."""
        weight = ' font-weight="600"' if bold else ""
        if wide:
            weight += f' font-family="monospace" textLength="{wide:.1f}" xml:space="preserve"'
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" font-size="{size}" '
            f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        opacity: float = 1,
        thick: float = 1.5,
    ) -> None:
        """Draw a rectangle with round corners."""
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="3" '
            f'fill="{fill}" fill-opacity="{opacity:.3f}" stroke="{stroke}" stroke-width="{thick}"/>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = INK,
        thick: float = 1.5,
        opacity: float = 1,
        dash: str = "",
    ) -> None:
        """Draw a straight line."""
        self._parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
            f'stroke-width="{thick:.2f}" stroke-opacity="{opacity:.3f}"'
            + (f' stroke-dasharray="{dash}"/>' if dash else "/>")
        )

    def shape(self, points: list[tuple[float, float]], *, fill: str, opacity: float) -> None:
        """Fill a polygon."""
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(
            f'<polygon points="{where}" fill="{fill}" fill-opacity="{opacity:.3f}"/>'
        )

    def save(self, path: Path) -> None:
        """Write the picture to *path*."""
        width, height = (f"{value:g}" for value in self._size)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" font-family="system-ui, sans-serif">',
            f"<title>{escape(self._title)}</title>",
            f'<rect width="{width}" height="{height}" rx="8" fill="#fdfdfb"/>',
            *self._parts,
            "</svg>\n",
        ]
        path.write_text("\n".join(parts), encoding="utf-8")
