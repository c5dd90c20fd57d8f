"""What the values show of themselves in a notebook.

Each view moves into a shadow root, so that the style of the notebook cannot break it and its own
style stays inside. Where scripts are not run (a notebook that is not trusted) it stays where it is
and can be read all the same.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from markupsafe import Markup

from aligner._types import Bead, Segment
from aligner.report.html import asset, environment
from aligner.report.pictures import text_map
from aligner.report.summary import summarize
from aligner.report.views import BeadView, Cell, bead_view, bead_views, findings, segment_view
from aligner.report.wording import count, explanation, join, title, version_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._types import Alignment, Comparison, Divergence, Document

ROWS = 40  # shown; the others are counted
_OWN_STYLE = """
.aligner { display: block; background: var(--paper); color: var(--ink); padding: .6rem;
  font: 14px/1.45 system-ui, sans-serif; max-height: 46rem; overflow: auto; }
.aligner p { margin: 0 0 .3rem; }
.plain .r { grid-template-columns: 5.2rem repeat(var(--columns), minmax(0, 1fr)); }
.plain .fs, .plain .fh { display: none; }
.single .h small { display: none; }
.vh { position: absolute; clip-path: inset(50%); width: 1px; }
.hint, small { color: var(--soft); font-size: .85em; } a { color: var(--link); }
"""


def comparison_html(comparison: Comparison) -> str:
    """Return summary, map and the first passages; those with findings where there are many."""
    alignment = comparison.alignment
    found = findings(comparison)
    views = list(bead_views(alignment, found))
    if len(views) > ROWS and found:
        views = [view for view in views if view.findings]
    hidden = len(alignment.beads) - len(views[:ROWS])
    return _page(
        alignment.documents,
        views[:ROWS],
        title="Comparison",
        sentences=summarize(comparison).sentences,
        map=text_map(alignment, found),
        more=f"{count(hidden, 'more passage')}: .report().open() shows them all." if hidden else "",
    )


def alignment_html(alignment: Alignment) -> str:
    """Return the map and the first passages side by side."""
    views = [bead_view(alignment, i, bead) for i, bead in enumerate(alignment.beads[:ROWS])]
    hidden = len(alignment.beads) - len(views)
    return _page(
        alignment.documents,
        views,
        title=f"Alignment: {count(len(alignment.beads), 'bead')}",
        map=text_map(alignment, ()),
        more=f"{count(hidden, 'more bead')}: .write('out.html') shows them all." if hidden else "",
    )


def document_html(document: Document) -> str:
    """Return the first segments of one version, or its first blocks where it is not cut yet."""
    cut = bool(document.segments or not document.blocks)
    whole = document if cut else _of_blocks(document)
    views = [
        BeadView(i, _alone(whole, i), (Cell(whole, (segment_view(whole, segment, ()),)),), ())
        for i, segment in enumerate(whole.segments[:ROWS])
    ]
    called = "segment" if cut else "block"
    hidden = len(whole.segments) - len(views)
    name = _name(document) or (PurePath(document.path).name if document.path else "Text")
    uncut = "" if cut else ", not cut into segments yet"
    return _page(
        (document,),
        views,
        title=f"{name}: {count(len(whole.segments), called)}{uncut}",
        more=f"{count(hidden, f'more {called}')}." if hidden else "",
    )


def _of_blocks(document: Document) -> Document:
    """Return *document* with a segment for each of its blocks."""
    segments = tuple(
        Segment(document.text[b.start : b.end], b.start, b.end, b.kind, b.level, b.place, number)
        for number, b in enumerate(document.blocks)
    )
    return replace(document, segments=segments)


def bead_html(bead: Bead) -> str:
    """Return what a bead joins; its texts stand in the alignment."""
    sides = [
        f"{version}: {join([f'segments[{index}]' for index in side])}"
        if side
        else f"{version}: no counterpart"
        for version, side in zip(bead.versions, bead.sides, strict=True)
    ]
    sure = f"{bead.probability:.0%} sure" + ", moved" * bead.moved + ", confirmed" * bead.locked
    return _page((), (), title=f"Bead {bead.type}", sentences=(*sides, sure))


def divergence_html(divergence: Divergence) -> str:
    """Return one finding: its kind, gravity and message."""
    found = f"{divergence.severity}, {divergence.confidence:.0%} sure, beads[{divergence.bead}]"
    return _page(
        (),
        (),
        title=f"{title(divergence)} {divergence.code}",
        sentences=(divergence.message, explanation(divergence), found),
    )


def _alone(document: Document, index: int) -> Bead:
    return Bead((document.name,), ((index,),))


def _page(
    documents: Sequence[Document],
    rows: Sequence[BeadView],
    *,
    title: str,
    sentences: Sequence[str] = (),
    map: str = "",
    more: str = "",
) -> str:
    return (
        environment()
        .get_template("notebook.html.j2")
        .render(
            names=[_name(document) for document in documents],
            rows=rows,
            found=any(row.findings for row in rows),
            title=title,
            sentences=sentences,
            map=map,
            more=more,
            style=Markup(asset("passages.css") + _OWN_STYLE),
        )
    )


def _name(document: Document) -> str:
    return version_name(document.name, document.language)
