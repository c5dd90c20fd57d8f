"""Writers of alignments, and reading JSON back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import comparison

from aligner import Alignment, Bead, Document, InputError, Segment, Signature, formats
from aligner._decode import Source
from aligner.formats import json as json_format

if TYPE_CHECKING:
    from pathlib import Path

EN = Document(
    "\ufefftitle\n\nOne.  Two.",
    segments=(
        Segment("title", 1, 6, "heading", level=1, block=0),
        Segment("One.", 8, 12, block=1),
        Segment("Two.", 14, 18, block=1),
    ),
    language="en",
    name="en",
    path="en.txt",
)
DE = Document.from_segments(["Eins,\tzwei.", ""], language="de")
ALIGNMENT = Alignment(
    (EN, Document(DE.text, DE.blocks, DE.segments, "de", "de")),
    (
        Bead(("en", "de"), ((0,), ()), 0.5),
        Bead(("en", "de"), ((1, 2), (0,)), 0.98765, moved=True, locked=True),
        Bead(("en", "de"), ((), (1,)), 1.0),
    ),
    Signature("0.1.0", "tiny", "given", "max_side:3"),
    ("A note.",),
)


def test_the_ladder_is_written_as_the_contract_says() -> None:
    assert (
        formats.render(ALIGNMENT, "ladder") == b"0\t\t0.5000\n1,2\t0\t0.9877\tmoved\n\t1\t1.0000\n"
    )


def test_a_table_has_a_header_and_no_tabs_in_its_cells() -> None:
    assert formats.render(ALIGNMENT, "tsv").decode() == (
        "id\ten\tde\tprobability\tmoved\n"
        "0\ttitle\t\t0.5000\t\n"
        "1\tOne. Two.\tEins, zwei.\t0.9877\tmoved\n"
        "2\t\t\t1.0000\t\n"
    )


def test_json_lines_hold_texts_under_their_versions() -> None:
    rows = [json.loads(line) for line in formats.render(ALIGNMENT, "jsonl").splitlines()]
    assert rows[1] == {
        "id": 1,
        "en": "One. Two.",
        "de": "Eins,\tzwei.",
        "segments": {"en": [1, 2], "de": [0]},
        "probability": 0.9877,
        "moved": True,
    }


def test_json_reads_back_what_it_wrote(tmp_path: Path) -> None:
    path = tmp_path / "alignment.json"
    formats.write(ALIGNMENT, path)
    value = json.loads(path.read_text(encoding="utf-8"))
    assert value["schema"] == 1
    assert [version["language"] for version in value["versions"]] == ["en", "de"]
    assert value["versions"][0]["segments"][0] == {
        "text": "title",
        "start": 1,
        "end": 6,
        "kind": "heading",
        "level": 1,
        "block": 0,
    }
    back = json_format.read_alignment(Source(str(path), path.read_bytes()))
    assert back.beads == ALIGNMENT.beads
    assert back.beads[1].locked
    assert back.notes == ALIGNMENT.notes
    assert back.signature == ALIGNMENT.signature
    for document, original in zip(back.documents, ALIGNMENT.documents, strict=True):
        assert document.segments == original.segments
        assert [s.block for s in document.segments] == [s.block for s in original.segments]
        assert all(document.text[s.start : s.end] == s.text for s in document.segments)
    assert formats.render(back, "json") == path.read_bytes()


def test_the_finer_ladders_of_pairs_come_back() -> None:
    names = ("en", "de", "sv")
    documents = tuple(
        replace(Document.from_segments(["a", "b"], language=name), name=name) for name in names
    )
    fine = (Bead(("en", "de"), ((0,), (0,)), 0.75), Bead(("en", "de"), ((1,), (1,)), 0.5))
    whole = Alignment(
        documents, (Bead(names, ((0, 1), (0, 1), (0, 1))),), ALIGNMENT.signature, (), (fine,)
    )
    back = json_format.read_alignment(Source("a.json", formats.render(whole, "json")))
    assert back.pair("en", "de") == whole.pair("en", "de") == fine
    assert back.ladders == whole.ladders


def broken(**changes: object) -> bytes:
    """Return the JSON of the alignment with some of its keys replaced."""
    return json.dumps(json_format.to_dict(ALIGNMENT) | changes).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "not valid JSON"),
        (b"[]", "not an alignment of schema 1"),
        (broken(schema=2), "not an alignment of schema 1"),
        (broken(beads=[]), "not every segment of 'en' stands in exactly one bead"),
        (broken(versions=[{}]), "KeyError: 'segments'"),
        (broken(versions=[{"segments": 1}]), "segments are not a list"),
        (broken(beads=[{"segments": {"en": [0]}}]), "a bead of other versions than en, de"),
        (broken(signature={}), "missing 3 required positional arguments"),
    ],
)
def test_broken_json_is_an_input_error(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        json_format.read_alignment(Source("a.json", data))


@pytest.mark.parametrize(
    ("segment", "message"),
    [
        ({"text": "a", "start": 0, "end": 2}, "1 letters at 0..2"),
        ({"text": "a", "start": 10**12, "end": 10**12 + 1}, "a segment at 1000000000000 after"),
        ({"text": "a", "start": 0, "end": 1, "kind": "poem"}, "unknown kind 'poem'"),
    ],
)
def test_hostile_offsets_are_refused(segment: dict[str, object], message: str) -> None:
    version = {"name": "en", "language": "en", "segments": [segment]}
    with pytest.raises(InputError, match=message):
        json_format.read_alignment(Source("a.json", broken(versions=[version])))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bead", 9),
        ("bead", 0.5),
        ("type", "moon"),
        ("severity", "huge"),
        ("confidence", 7),
        ("odd", "fr"),
        ("spans", {"en": [[0, 10**9]]}),
        ("spans", {"fr": [[0, 1]]}),
        ("spans", None),
        ("message", None),
        ("evidence", [1]),
        ("code", 5),
        ("unknown", 1),
    ],
)
def test_a_finding_that_no_check_makes_is_refused(key: str, value: object) -> None:
    made = comparison().to_dict()
    source = json.dumps(made).encode()
    assert json_format.read_comparison(Source("x.json", source)) == comparison()
    made["divergences"][1][key] = value  # type: ignore[index]  # a list
    with pytest.raises(InputError, match=r"x\.json: has a finding that cannot be read"):
        json_format.read_comparison(Source("x.json", json.dumps(made).encode()))
