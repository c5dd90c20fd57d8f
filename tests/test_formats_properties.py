"""Whatever the texts: what is written is read back, and what is not ours raises our error."""

from __future__ import annotations

from contextlib import suppress

import pytest
from _comparisons import SIGNATURE, document, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import Alignment, Bead, Comparison, InputError
from aligner._decode import Source
from aligner.formats import FORMATS
from aligner.formats._xml import valid_text
from aligner.report import FORMATS as REPORTS
from aligner.report import render

LETTERS = st.text(
    st.sampled_from("aäß =+-@'\"<>&|\\`*_#;,:{}[]\t\n\r\u00a0\u00ad\u200f\u2028\ufeff\U0001f600"),
    max_size=12,
)
BOTH = ["csv", "json", "tmx", "xliff", "parquet"]


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """Return two versions of which every bead has up to two segments a side."""
    sides, counts = [], [0, 0]
    shapes = st.sampled_from([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)])
    for shape in draw(st.lists(shapes, min_size=1, max_size=5)):
        side = tuple(tuple(range(counts[i], counts[i] + n)) for i, n in enumerate(shape))
        counts = [count + n for count, n in zip(counts, shape, strict=True)]
        sides.append(side)
    versions = ("en", "de")
    documents = tuple(
        document(name, draw(st.lists(LETTERS, min_size=n, max_size=n)))
        for name, n in zip(versions, counts, strict=True)
    )
    return Alignment(documents, tuple(Bead(versions, side, 0.5) for side in sides), SIGNATURE)


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=60)
@given(made=alignments())
def test_what_is_written_is_read_back(name: str, made: Alignment) -> None:
    pytest.importorskip("pyarrow" if name == "parquet" else "json")
    format = FORMATS[name]
    back = format.read_alignment(Source("x", format.render(made)))
    assert texts(back) == [[valid_text(s.text) for s in d.segments] for d in made.documents]
    assert back.beads == made.beads


@pytest.mark.parametrize("name", [*BOTH, "po", "markdown", "tsv", "jsonl"])
@settings(max_examples=60)
@given(data=st.binary(max_size=60) | LETTERS.map(str.encode))
def test_noise_is_an_alignment_or_our_error(name: str, data: bytes) -> None:
    with suppress(InputError):
        FORMATS[name].read_alignment(Source("x", data, "utf-8"))


@pytest.mark.parametrize("name", ["docx", "odt", "epub", "pdf", "html", "srt"])
@settings(max_examples=60)
@given(data=st.binary(max_size=60) | LETTERS.map(str.encode))
def test_noise_is_a_document_or_our_error(name: str, data: bytes) -> None:
    with suppress(InputError):
        FORMATS[name].read(Source("x", data, "utf-8"))


@pytest.mark.parametrize("name", REPORTS)
@settings(max_examples=40)
@given(made=alignments())
def test_every_report_takes_every_text(name: str, made: Alignment) -> None:
    shown = render(Comparison(made, ()), name)
    assert shown.encode()
