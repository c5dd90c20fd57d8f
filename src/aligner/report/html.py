"""The report as one self-contained HTML page: no outside resource, readable without JavaScript."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.report.links import with_links
from aligner.report.summary import DOUBTFUL, summarize
from aligner.report.views import bead_views, findings, gravest_first
from aligner.report.wording import (
    RIGHT_TO_LEFT,
    SEVERITY_MEANINGS,
    SEVERITY_SIGNS,
    TYPES,
    version_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment

    from aligner._types import Comparison
    from aligner.report.summary import Gap
    from aligner.report.views import BeadView

# Beads in a group that the browser lays out only when it comes into view.
GROUP = 50
# Findings in the list at the top; the rest stand at their passages.
LISTED = 300
MOST_GAPS = 50  # passages in the list of what is lacking


def html(comparison: Comparison) -> str:
    """Return the page: summary, map, findings, and every bead with its texts side by side.

    Groups of beads have ``content-visibility: auto``: a browser lays out only what is in view, so
    that 20,000 beads open at once and searching the page still finds all of them.
    """
    from markupsafe import Markup

    from aligner.report.certainty import certainty
    from aligner.report.matrix import matrices
    from aligner.report.pictures import text_map

    alignment = comparison.alignment
    summary = summarize(comparison)
    gaps: dict[str, list[Gap]] = {version: [] for version in alignment.versions}
    for gap in summary.gaps:
        gaps[gap.version].append(gap)
    found = findings(comparison)
    listed = gravest_first(found)[:LISTED]
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            alignment=alignment,
            comparison=comparison,
            names=list(version_names(alignment.documents).values()),
            summary=summary,
            gaps=gaps,
            most=MOST_GAPS,
            titles={v.name: v.title for v in summary.versions},
            found=found,
            listed=listed,
            groups=_groups(with_links(bead_views(alignment, found), alignment, found)),
            map=text_map(alignment, found),
            matrices=matrices(alignment),
            certainty=certainty(comparison),
            style=Markup(asset("passages.css") + asset("report.css")),
            script=Markup(asset("report.js")),
            meanings=SEVERITY_MEANINGS,
        )
    )


def _groups(beads: Iterable[BeadView]) -> Iterator[list[BeadView]]:
    group: list[BeadView] = []
    for bead in beads:
        group.append(bead)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


@cache
def environment() -> Environment:
    """Return the templates of the package; everything put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("aligner.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["direction"] = _direction
    environment.globals.update(doubtful=DOUBTFUL, signs=SEVERITY_SIGNS, types=TYPES)
    return environment


def _direction(language: str) -> str:
    return "rtl" if base_language(language) in RIGHT_TO_LEFT else "ltr"


def asset(name: str) -> str:
    """Return a style sheet or script of the package."""
    return files("aligner.report").joinpath("templates", name).read_text(encoding="utf-8")
