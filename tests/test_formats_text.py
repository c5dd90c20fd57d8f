"""Reading text: plain pages, Markdown; the table of formats; writing in one step."""

# ruff: noqa: RUF001  (quotation marks and dashes are the subject here)

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import aligner
from aligner import Alignment, Bead, Document, InputError, OutputError, Signature, formats

if TYPE_CHECKING:
    from pathlib import Path

    from aligner import Block


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def paragraphs(text: str) -> list[str]:
    return [text[b.start : b.end] for b in formats.parse(text).blocks]


def blocks(text: str, format: str = "txt") -> dict[str, Block]:
    return {text[b.start : b.end]: b for b in formats.parse(text, format=format).blocks}


@pytest.fixture
def alignment() -> Alignment:
    documents = tuple(
        Document.from_segments([text], language=language)
        for language, text in (("en", "One."), ("de", "Eins."))
    )
    bead = Bead(("en", "de"), ((0,), (0,)), 0.5)
    return Alignment(documents, (bead,), Signature("1", "none", "lines"))


# Paragraphs


def test_a_line_is_a_paragraph_where_nothing_is_wrapped() -> None:
    text = "The first paragraph is here.\nThe second one follows it.\n\nThe third stands apart."
    assert paragraphs(text) == [
        "The first paragraph is here.",
        "The second one follows it.",
        "The third stands apart.",
    ]


WRAPPED = """The talks between the two valleys went on for eleven days, and when they
were over nobody could say who had won. The older of the two speakers
left by the morning train.

She said nothing to the press. Her secretary handed out a sheet with two
sentences on it, both of them about the weather, and then he closed the
door.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_one_paragraph(newline: str) -> None:
    found = paragraphs(WRAPPED.replace("\n", newline))
    assert [p.split()[0] for p in found] == ["The", "She"]
    assert [p.split()[-1] for p in found] == ["train.", "door."]


def test_a_wrapped_text_keeps_headings_and_items_apart() -> None:
    text = (
        "FIRST PART\n"
        "Nobody knew at the time that the bridge would be closed for so long, and\n"
        "so the boats were sold.\n"
        "- The ferry was sold first, because it was the oldest of all the boats\n"
        "  on the river.\n"
        "- The barge came next.\n"
    )
    assert [p.split()[0] for p in paragraphs(text)] == ["FIRST", "Nobody", "-", "-"]


INDENTED = """    The talks between the two valleys went on for eleven days, and when
they were over nobody could say who had won. The older of the two speakers
left by the morning train, which was late as it had been all through May.
    She said nothing to the press. Her secretary handed out a sheet with
two sentences on it.
    He closed the door.
"""


def test_an_indent_begins_a_paragraph_of_wrapped_text() -> None:
    found = paragraphs(INDENTED)
    assert [(p.split()[0], p.split()[-1]) for p in found] == [
        ("The", "May."),
        ("She", "it."),
        ("He", "door."),
    ]


def test_the_indent_of_a_wrapped_line_counts_as_its_length() -> None:
    text = (
        "    Das Museum wird nächstes Jahr siebzig Jahre alt. Wir planen eine\n"
        "Ausstellung über die Frauen, die im Hafen gearbeitet haben, und über\n"
        "die Kinder.\n"
    )
    assert len(paragraphs(text)) == 1


@pytest.mark.parametrize("gap", ["\t", "      "])
def test_the_cells_of_a_table_are_read_row_by_row(gap: str) -> None:
    rows = [["Quarter", "Visitors", "Change"], ["January to March", "4,105", "+1.2%"]]
    lines = [gap.join(row) for row in rows]
    assert paragraphs("\n".join([WRAPPED, *lines]))[2:] == [*rows[0], *rows[1]]
    assert paragraphs(f"{lines[0]}\n\nA line.") == [lines[0], "A line."]


def test_lines_of_dialogue_are_not_joined() -> None:
    text = "– Kom in, sa hon till den gamle mannen vid dörren.\n– Tack.\n– Sätt dig här vid bordet."
    assert len(paragraphs(text)) == 3
    assert all(b.kind == "text" for b in formats.parse(text).blocks)


# Kinds


@pytest.mark.parametrize(
    "line",
    [
        "Source: KNA",
        "Quelle: https://news.example/de/17",
        "Källa: KNA",
        "https://news.example/sv/17",
        "https://news.example/sv/17 1/3",
        "11/28/26, 12:16 PM Rules of the Harbour Library",
        "28.11.26, 12:16 Ordnung der Hafenbibliothek",
        "© 2025 Kelmar News Agency",
        "All rights reserved.",
        "Kommentar (0)",
        "12 comments",
        "Share Tweet Email",
        "Teilen",
        "Dela artikeln",
        "Published: 18 September 2024, 10:42",
        "Stand: 31.12.2024",
        "Publicerad den 8 maj 2025 kl. 14.30",
        "8 May 2025",
        "Donnerstag, 8. Mai 2025",
        "Marnholt, 8. Mai, KNA",
        "Marnholt, May 8, KNA",
        "Berlin (dpa) –",
        "Hanoi (VNA)",
        "By Petra Lund",
        "Von Petra Lund und Jan Weiß",
        "(KNA/Orva+)",
        "* * *",
        "-----",
        "x x x",
        "Anzeige",
        "Läs mer: Avtalet klart",
    ],
)
def test_boilerplate(line: str) -> None:
    text = f"The first paragraph of the story.\n\n{line}\n\nThe second paragraph of the story."
    assert blocks(text)[line].kind == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "The president at the gate. (Photo: Ines Barr/KNA)",
        "Die Präsidentin am Tor (Foto: Ines Barr)",
        "Foto: Ines Barr",
        "Bild: Ines Barr/KNA",
        "(Photo: KNA)",
        "Figure 3: Level of the river",
        "Abb. 2. Pegel des Flusses",
        "Tabell 1: Flodens nivå",
    ],
)
def test_captions(line: str) -> None:
    text = f"The first paragraph of the story.\n\n{line}\n\nThe second paragraph of the story."
    assert blocks(text)[line].kind == "caption"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("ENERGY AND TRANSPORT", 2),
        ("ÜBER DIE ZUSAMMENARBEIT", 2),
        ("Vad som händer nu", 2),
        ("1. Einleitung", 2),
        ("1.2 Water and power", 3),
        ("II. ENERGY", 2),
        ("Artikel 5", 2),
        ("§ 7 Haftung", 2),
        ("Kapitel 3: Vattnet", 2),
    ],
)
def test_headings(line: str, level: int) -> None:
    text = f"The first paragraph of the story.\n\n{line}\n\nThe second paragraph of the story."
    assert (blocks(text)[line].kind, blocks(text)[line].level) == ("heading", level)


def test_the_first_heading_is_the_title() -> None:
    found = blocks(
        "A pact for the valley\n\nThe talks are over.\n\nWhat comes next\n\nNobody knows."
    )
    assert found["A pact for the valley"].level == 1
    assert found["What comes next"].level == 2


@pytest.mark.parametrize(
    "line",
    [
        "The talks are over.",
        "Distinguished guests, ladies and gentlemen,",
        "The sides agree on the following:",
        "7. Mai ist ein Feiertag.",
        "8. maj var en torsdag.",
        "P. Harms, Mayor",
        "Published in 1990, the book sold well in 12 countries.",
        "Video/Audio-Konferenzen sind nun erlaubt.",
        "By then the river had fallen by 2 m.",
        "Velm, 14 October 1987",
        "– Kom in, sa hon.",
        "7.345 –0,8 %",
    ],
)
def test_plain_paragraphs(line: str) -> None:
    text = f"The first paragraph of the story.\n\n{line}\n\nThe second paragraph of the story."
    assert blocks(text)[line].kind == "text"


def test_items() -> None:
    items = "- to share the water\n• to measure it\na) to publish\n(2) to meet\n3) to rest"
    text = f"The sides agree:\n{items}"
    assert [kind for kind, _ in kinds(formats.parse(text))] == ["text", *["item"] * 5]


def test_numbers_in_a_row_are_items_and_a_lone_one_is_a_heading() -> None:
    steps = "How to do it:\n1. Open the lid\n2. Press the button\n\nThen wait for the light."
    text = f"{steps}\n\n5. Safety\n\nNone."
    assert [kind for kind, _ in kinds(formats.parse(text))] == [
        "text",
        "item",
        "item",
        "text",
        "heading",
        "text",
    ]


# Markdown

MARKDOWN = """---
title: A pact
---

# A *pact* for the valley #

The talks began
on 5 May. They **ended** on 9 May.

Details
-------

- share the water
  1. measure it

> A quotation.

| version | words |
|---|---|
| a \\| b | 12 |

<!-- a comment -->

```sh
aligner align a b
```

![The bridge](bridge.png)

Foto: Ines Barr

<div>Inside <b>tags</b></div>

[link]: https://news.example
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown(newline: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(MARKDOWN.replace("\n", newline).encode())
    document = formats.read(path)
    assert kinds(document) == [
        ("boilerplate", "A pact"),
        ("heading", "A *pact* for the valley"),
        ("text", f"The talks began{newline}on 5 May. They **ended** on 9 May."),
        ("heading", "Details"),
        ("item", "share the water"),
        ("item", "measure it"),
        ("text", "A quotation."),
        ("text", "version"),
        ("text", "words"),
        ("text", "a \\| b"),
        ("text", "12"),
        ("code", "aligner align a b"),
        ("caption", "The bridge"),
        ("caption", "Foto: Ines Barr"),
        ("text", "Inside"),
        ("text", "tags"),
    ]
    assert [b.level for b in document.blocks if b.kind in ("heading", "item")] == [1, 2, 1, 2]


# The table


def test_notes_of_markdown_are_told_without_their_marks() -> None:
    notes = "[^a]: Past ten,\n    by the clock.\n[^b]: Ibid.\n"
    text = f"It was late.[^a] She left.\n\n{notes}\n- an item\n"
    assert kinds(formats.parse(text, format="markdown")) == [
        ("text", "It was late.[^a] She left."),
        ("text", "Past ten,\n    by the clock."),
        ("text", "Ibid."),
        ("item", "an item"),
    ]


def test_the_table_says_what_the_modules_have() -> None:
    import importlib

    for format in formats.FORMATS.values():
        module = importlib.import_module(f"aligner.formats.{format.module}")
        claims = {"read": format.reads, "read_alignment": format.aligned, "render": format.writes}
        for name, claimed in claims.items():
            assert not claimed or callable(getattr(module, name)), (format.name, name)


def test_no_extension_is_claimed_twice() -> None:
    extensions = [e for format in formats.FORMATS.values() for e in format.extensions]
    assert len(extensions) == len(set(extensions))


def test_the_format_is_told_by_extension_then_content() -> None:
    assert formats.detect("a.MD").name == "markdown"
    assert formats.detect("a.txt", b'{"a": 1}').name == "txt"
    assert formats.detect("a.txt", b"1\r\n00:00:01,000 --> 00:00:02,500\r\nHi.").name == "srt"
    assert formats.detect("a.txt", b"1\r\n00:00 is midnight.").name == "txt"
    assert formats.detect("-", b'{"a": 1}\n{"a": 2}\n').name == "jsonl"
    assert formats.detect("-", b'{\n "schema": 1').name == "json"
    assert formats.detect("a.unknown", b"Hello").name == "txt"


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    with pytest.raises(ValueError, match="unknown format 'word'; there are txt, "):
        formats.read(tmp_path / "a.txt", format="word")


def test_formats_load_nothing_heavy() -> None:
    code = (
        "import sys, aligner.formats\n"
        "heavy = {'markdown_it', 'nltk', 'punkt', 'torch', 'tempfile', 'aligner.formats.plain'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# Writing


def test_a_file_appears_whole_or_not_at_all(alignment: Alignment, tmp_path: Path) -> None:
    path = tmp_path / "out.ladder"
    path.write_text("old")
    path.chmod(0o640)
    formats.write(alignment, path)
    assert path.read_text() == "0\t0\t0.5000\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["out.ladder"]


def test_writing_errors(alignment: Alignment, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"out\.odd: no format has this extension"):
        formats.write(alignment, tmp_path / "out.odd")
    with pytest.raises(OutputError, match="txt is not written; there are "):
        formats.write(alignment, tmp_path / "out.txt")
    with pytest.raises(OutputError, match=r"cannot be written \(No such file or directory\)"):
        formats.write(alignment, tmp_path / "no" / "out.ladder")
    (tmp_path / "a.ladder").write_text("0\t0\n")
    with pytest.raises(InputError, match="ladder files are not read as one text"):
        formats.read(tmp_path / "a.ladder")
    (tmp_path / "a.tsv").write_text("id\ten\tde\n1\tA\tB\n")
    with pytest.raises(InputError, match="as one text; aligner check and aligner convert take"):
        formats.read(tmp_path / "a.tsv")


def test_standard_output(alignment: Alignment, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    formats.write(alignment, "-", format="ladder")
    assert capfdbinary.readouterr().out == b"0\t0\t0.5000\n"


def test_warnings_point_at_the_line_of_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Ö.\n".encode("cp1252"))
    (tmp_path / "old.tsv").write_bytes("en\tde\nO\tÖ\n".encode("cp1252"))
    (tmp_path / "new.txt").write_text("Oe.\n", encoding="utf-8")
    for use in (
        lambda: formats.read(path),
        lambda: formats.read_alignment(tmp_path / "old.tsv"),
        lambda: aligner.align({"de": path, "en": tmp_path / "new.txt"}),
    ):
        with pytest.warns(UserWarning, match="not UTF-8") as warned:
            use()
        assert [one.filename for one in warned] == [__file__]
