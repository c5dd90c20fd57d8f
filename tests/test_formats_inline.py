"""Inline codes of TMX and XLIFF: no part of the text, and back at their place when written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring

from aligner import Alignment, InlineCode, Span
from aligner.checks import CheckOptions, check
from aligner.cli import main
from aligner.formats import read_alignment, render
from aligner.formats._inline import put_back

if TYPE_CHECKING:
    from pathlib import Path

TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="en" datatype="html"/><body><tu tuid="7">
<tuv xml:lang="en"><seg>Press <bpt i="1">&lt;b&gt;</bpt>Save<ept i="1">&lt;/b&gt;</ept> now<ph x="2"
 type="br"/>, <hi type="term">or &amp; never</hi>.<it pos="begin">&lt;i&gt;</it></seg></tuv>
<tuv xml:lang="de"><seg><ph x="1">{<sub>Titel</sub>}</ph>Jetzt <bpt i="1">&lt;b&gt;</bpt>speichern
<ept i="1">&lt;/b&gt;</ept></seg></tuv>
</tu></body></tmx>"""

XLIFF_2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de">
<file id="f"><unit id="u"><originalData><data id="d1">&lt;br/&gt;</data></originalData>
<segment><source>A <pc id="1" canDelete="no">bold <mrk id="m" type="term">word</mrk></pc>
<ph id="2" dataRef="d1"/>.</source>
<target>Ein <pc id="1" canDelete="no">fettes Wort</pc><ph id="2" dataRef="d1"/>.</target></segment>
</unit></file></xliff>"""

XLIFF_1 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file source-language="en" target-language="de" original="a" datatype="html"><body>
<trans-unit id="u">
<source><g id="1">Bold</g> and <bpt id="2">[i]</bpt>slanted<ept id="2">[/i]</ept>.<x id="3"
/></source>
<target><g id="1">Fett</g> und <bx id="4" rid="9"/>schräg<ex id="5" rid="9"/><it id="6"
 pos="open">{</it>.
</target></trans-unit></body></file></xliff>"""


def written(text: str, name: str, tmp_path: Path) -> tuple[Alignment, str]:
    path = tmp_path / f"in.{name}"
    path.write_text(text, encoding="utf-8")
    made = read_alignment(path)
    return made, render(made, name).decode()


def elements(text: str, name: str) -> list[str]:
    """Return the elements of this name with what is in them, attributes sorted."""
    from xml.etree.ElementTree import canonicalize

    found = [e for e in fromstring(text).iter() if e.tag.rpartition("}")[2] == name]
    for element in found:
        for inside in element.iter():
            inside.tag = inside.tag.rpartition("}")[2]
        element.tail = None
        element.attrib.clear()
    from xml.etree.ElementTree import tostring

    return [canonicalize(tostring(e, encoding="unicode")) for e in found]


def test_codes_of_a_memory_are_no_text_and_come_back(tmp_path: Path) -> None:
    made, out = written(TMX, "tmx", tmp_path)
    english, german = (document.segments[0] for document in made.documents)
    assert english.text == "Press Save now, or & never."
    assert german.text == "Jetzt speichern\n"
    assert [code.offset for code in english.codes] == [6, 10, 14, 16, 26, 27]
    assert elements(out, "seg") == elements(TMX, "seg")


def test_codes_of_xliff_2_come_back_with_their_data(tmp_path: Path) -> None:
    made, out = written(XLIFF_2, "xliff", tmp_path)
    assert made.documents[0].segments[0].text == "A bold word\n."
    for name in ("source", "target", "originalData"):
        assert elements(out, name) == elements(XLIFF_2, name)


def test_codes_of_xliff_12_are_written_in_the_words_of_21(tmp_path: Path) -> None:
    made, out = written(XLIFF_1, "xliff", tmp_path)
    assert made.documents[0].segments[0].text == "Bold and slanted."
    (source,), (target,) = elements(out, "source"), elements(out, "target")
    assert source == (
        '<source><pc id="1">Bold</pc> and <sc dataRef="source-bpt-2" id="2"></sc>slanted'
        '<ec dataRef="source-ept-2" startRef="2"></ec>.<ph id="3"></ph></source>'
    )
    assert target == (
        '<target><pc id="1">Fett</pc> und <sc id="4"></sc>schräg<ec startRef="4"></ec>'
        '<sc dataRef="target-it-6" id="6" isolated="yes"></sc>.\n</target>'
    )
    (data,) = elements(out, "originalData")
    assert '<data id="source-bpt-2">[i]</data>' in data


def test_other_tools_still_see_a_valid_file(tmp_path: Path) -> None:
    storage = pytest.importorskip("translate.storage.tmx")
    _, out = written(TMX, "tmx", tmp_path)
    (unit,) = storage.tmxfile.parsestring(out.encode()).units
    assert unit.source.startswith("Press ")


@pytest.mark.parametrize(("text", "name"), [(TMX, "tmx"), (XLIFF_2, "xliff")])
def test_codes_survive_json(text: str, name: str, tmp_path: Path) -> None:
    made, out = written(text, name, tmp_path)
    kept = tmp_path / "kept.json"
    made.write(kept)
    assert render(read_alignment(kept), name).decode() == out


def test_codes_of_one_family_are_not_written_in_another(tmp_path: Path) -> None:
    made, _ = written(TMX, "tmx", tmp_path)
    assert "<source>Press Save now, or &amp; never.</source>" in render(made, "xliff").decode()


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([InlineCode(1, "tmx", "<ph/>")], "a<ph/>&lt;b"),
        ([InlineCode(1, "tmx", "<hi>")], "a&lt;b"),
        ([InlineCode(1, "tmx", "<ph/>"), InlineCode(2, "tmx", "</seg><seg>")], "a&lt;b"),
        ([InlineCode(0, "tmx", '<ph id="1"/>'), InlineCode(3, "tmx", '<sc id="1"/>')], "a&lt;b"),
        ([InlineCode(1, "xliff", "<ph/>")], "a&lt;b"),
    ],
)
def test_codes_that_do_not_fit_together_are_left_out(
    codes: list[InlineCode], expected: str
) -> None:
    assert put_back("a<b", codes, "tmx") == expected


LOST = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="en" datatype="html"/><body>
<tu tuid="1"><tuv xml:lang="en"><seg>Go to <ph x="1">{0}</ph> in <ph x="2">{1}</ph>.</seg></tuv>
<tuv xml:lang="de"><seg>Gehen Sie in <ph x="1">{1}</ph> weiter.</seg></tuv></tu>
<tu tuid="2"><tuv xml:lang="en"><seg>Press <bpt i="1">&lt;b&gt;</bpt>it<ept i="1">&lt;/b&gt;</ept>
</seg></tuv><tuv xml:lang="de"><seg>Drücken Sie darauf</seg></tuv></tu>
<tu tuid="3"><tuv xml:lang="en"><seg>One<ph x="1" type="br"/> line <hi>more</hi></seg></tuv>
<tuv xml:lang="de"><seg>Eine Zeile <ph x="7">&lt;br&gt;</ph>mehr</seg></tuv></tu>
</body></tmx>"""


def test_codes_that_a_version_lacks_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(LOST, encoding="utf-8")
    found = check(read_alignment(path), CheckOptions(select=("D603",))).divergences
    assert [(one.bead, one.severity, one.message) for one in found] == [
        (0, "major", "{0} of en is missing in de"),
        (1, "minor", "<b> of en is missing in de"),
    ]
    assert found[0].spans == {"en": (Span(6, 6),), "de": ()}
    assert main(["check", str(path), "--select", "D603", "--format", "jsonl"]) == 0
    rows = [json.loads(line)["divergences"] for line in capsys.readouterr().out.splitlines()]
    assert [[one["message"] for one in row] for row in rows] == [
        ["{0} of en is missing in de"],
        ["<b> of en is missing in de"],
        [],
    ]


@pytest.mark.parametrize(
    ("code", "text", "read"),
    [
        ('<x id="1" ctype="lb"/>', "Sign in{}Wait", "Sign in Wait"),
        ('<x id="LINE_BREAK" equiv-text="&lt;br/&gt;"/>', "Sign in.{}Wait", "Sign in. Wait"),
        ('<ph id="1">&lt;br&gt;</ph>', "Sign in{}Wait", "Sign in Wait"),
        ('<x id="1" ctype="lb"/>', "Sign in {}Wait", "Sign in Wait"),
        ('<x id="1" ctype="lb"/>', "Sign in{}, wait", "Sign in, wait"),
        ('<x id="1" ctype="lb"/>', "{}Wait", "Wait"),
        ('<x id="1" equiv-text="{{{{ day }}}}"/>', "Sun{}day", "Sunday"),
    ],
)
def test_words_beside_a_line_break_are_two(tmp_path: Path, code: str, text: str, read: str) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(
        '<xliff version="1.2"><file source-language="en" target-language="de"><body>'
        f'<trans-unit id="1"><source>{text.format(code)}</source><target>Weiter</target>'
        "</trans-unit></body></file></xliff>",
        encoding="utf-8",
    )
    made = read_alignment(path)
    assert made.documents[0].segments[0].text == read
    path.write_bytes(render(made, "xliff"))
    assert read_alignment(path).documents[0].segments[0].text == read


def test_line_breaks_of_tmx_and_xliff_2_part_words_too(tmp_path: Path) -> None:
    tmx, newer = tmp_path / "x.tmx", tmp_path / "x.xliff"
    tmx.write_text(TMX.replace(', <hi type="term">', '<hi type="term">'), encoding="utf-8")
    newer.write_text(
        XLIFF_2.replace(
            'word</mrk></pc>\n<ph id="2" dataRef="d1"/>.',
            'word</mrk></pc><ph id="2" dataRef="d1"/>Then go.',
        ),
        encoding="utf-8",
    )
    assert read_alignment(tmx).documents[0].segments[0].text == "Press Save now or & never."
    assert read_alignment(newer).documents[0].segments[0].text == "A bold word Then go."
