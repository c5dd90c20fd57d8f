"""Small comparisons made by hand, for the tests of reports and formats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aligner import Alignment, Bead, Comparison, Divergence, Document, Signature, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNATURE = Signature("0.1.0", "test", "lines", "band=auto")
TEXTS = {
    "en": [
        "A new bridge",
        "The bridge opens on 3 May.",
        "It cost 12 million, which is less than planned.",
        "Cyclists <may> use it & pay nothing.",
        "The mayor cut the ribbon.",
    ],
    "de": [
        "Eine neue Brücke",
        "Die Brücke wird am 5. Mai eröffnet.",
        "Sie kostete 12 Millionen.",
        "Radfahrer <dürfen> sie benutzen.",
        "Sie zahlen nichts.",
    ],
    "sv": [
        "En ny bro",
        "Bron öppnas den 3 maj.",
        "Den kostade 12 miljoner, mindre än planerat.",
        "Cyklister <får> använda den & betalar inget.",
        "Borgmästaren klippte bandet.",
    ],
}
SIDES = [
    ((0,), (0,), (0,)),
    ((1,), (1,), (1,)),
    ((2,), (2,), (2,)),
    ((3,), (3, 4), (3,)),
    ((4,), (), (4,)),
]


NASTY = (
    "= 1 & <b>\r\nline\ttab",
    "“smart” ‏עברית‏ \N{NO-BREAK SPACE}x\u2028y",
    "a\x00b\x0bc \ud800d",
)


def document(name: str, texts: Sequence[str], path: str | None = None) -> Document:
    return replace(Document.from_segments(texts, language=name, path=path), name=name)


def alignment(*versions: str) -> Alignment:
    """Return the alignment of three versions, or of those named."""
    names = versions or tuple(TEXTS)
    at = [list(TEXTS).index(name) for name in names]
    beads = [
        Bead(names, tuple(sides[i] for i in at), probability=0.99 - 0.2 * number)
        for number, sides in enumerate(SIDES)
    ]
    documents = tuple(document(name, TEXTS[name], f"news/bridge.{name}.txt") for name in names)
    return Alignment(documents, tuple(beads), SIGNATURE, ("The German version is short.",))


def texts(made: Alignment) -> list[list[str]]:
    """Return the texts of the segments of each version."""
    return [[s.text for s in d.segments] for d in made.documents]


def moved() -> Alignment:
    """Return an alignment with a moved bead, a blank line and a bead of two segments."""
    left = document("en", ["One.", "Two.", "", "Four."])
    right = document("de", ["Zwei.", "Eins.", "", "Vier,", "vier."])
    versions = ("en", "de")
    beads = (
        Bead(versions, ((0,), (1,)), 0.9),
        Bead(versions, ((1,), (0,)), 0.8, moved=True),
        Bead(versions, ((2,), (2,)), 1.0),
        Bead(versions, ((3,), (3, 4)), 0.7123),
    )
    return Alignment((left, right), beads, SIGNATURE)


def spans(found: Alignment, **marked: str) -> dict[str, tuple[Span, ...]]:
    """Return the spans of the words marked, by version; ``"|word"`` is the point before it."""
    spans: dict[str, tuple[Span, ...]] = {}
    for version, words in marked.items():
        text = found.document(version).text
        start = text.index(words.removeprefix("|"))
        end = start if words.startswith("|") else start + len(words)
        spans[version] = (Span(start, end),)
    return spans


def comparison() -> Comparison:
    """Return three versions with a date, an omission and a missing sentence to find."""
    made = alignment()
    return Comparison(
        made,
        (
            Divergence(
                "D211",
                "date",
                "critical",
                0.97,
                1,
                spans(made, en="3 May", de="5. Mai", sv="3 maj"),
                "5 May in German, 3 May in the others",
                odd="de",
                evidence={"de": "05-05", "others": "05-03"},
            ),
            Divergence(
                "D102",
                "omission",
                "major",
                0.8,
                2,
                spans(
                    made,
                    en=", which is less than planned",
                    de="|.\nRadfahrer",
                    sv=", mindre än planerat",
                ),
                'nothing in German says "less than planned"',
                odd="de",
            ),
            Divergence(
                "D101",
                "missing",
                "major",
                0.6,
                4,
                spans(made, en="The mayor cut the ribbon.", sv="Borgmästaren klippte bandet."),
                "no counterpart in German",
                odd="de",
            ),
            Divergence(
                "D701",
                "punctuation",
                "style",
                0.4,
                3,
                spans(made, en="&", sv="&"),
                'the sign "&" has no counterpart <in German>',
                odd="de",
            ),
        ),
        ("D601 needs simplemma",),
    )
