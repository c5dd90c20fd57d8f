"""Whatever is in a file, reading it ends in a result or in one error of ours, in bounded time."""

from __future__ import annotations

import ast
import io
import os
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from _files import W, real_files, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner import Alignment, Comparison, InputError
from aligner._decode import Source
from aligner.cli import UNREADABLE, main
from aligner.formats import FORMATS
from aligner.report import render

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
for _library in ("openpyxl", "xlsxwriter", "pypdfium2"):
    pytest.importorskip(_library)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
NAMES = sorted(real_files())
DEEP = 20_000
ARCHIVE = b"PK\x03\x04"


def take(name: str, data: bytes) -> None:
    """Read *data* as every use of the format does; only our own error may come."""
    format = FORMATS[name]
    with suppress(InputError):
        if format.reads:
            format.read(Source(f"x.{name}", data))
    with suppress(InputError):
        if format.aligned:
            format.read_alignment(Source(f"x.{name}", data))


@pytest.mark.parametrize("name", NAMES)
def test_a_real_file_is_read(name: str) -> None:
    format = FORMATS[name]
    source = Source(f"x.{name}", real_files()[name])
    segments = format.read(source).blocks if format.reads else format.read_alignment(source).beads
    assert segments


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_off_anywhere_is_a_result_or_our_error(name: str) -> None:
    data = real_files()[name]
    for end in range(0, len(data), max(1, len(data) // 60)):
        take(name, data[:end])


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40)
@given(draw=st.data())
def test_a_damaged_file_is_a_result_or_our_error(name: str, draw: st.DataObject) -> None:
    whole = real_files()[name]
    if whole.startswith(ARCHIVE) and draw.draw(st.booleans()):
        take(name, _damaged_inside(whole, draw))
    else:
        take(name, _damaged(whole, draw))


def _damaged(data: bytes, draw: st.DataObject) -> bytes:
    out = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        start = draw.draw(st.integers(0, len(out)))
        end = min(len(out), start + draw.draw(st.integers(0, 40)))
        out[start:end] = draw.draw(
            st.binary(max_size=12)
            | st.sampled_from(
                [b"<", b">", b"&", b'"', b"\0", b"\xff\xfe", b"9" * 30, b"-1", b"\r", b"\n" * 9]
            )
            | st.just(bytes(out[start:end]) * 3)
        )
    return bytes(out)


def _damaged_inside(data: bytes, draw: st.DataObject) -> bytes:
    """Damage one member of an archive that is itself in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        chosen = draw.draw(st.sampled_from(before.namelist()))
        for member in before.namelist():
            content = before.read(member)
            after.writestr(member, _damaged(content, draw) if member == chosen else content)
    return out.getvalue()


def _nested(opening: str, closing: str, inside: str = "x") -> str:
    return opening * DEEP + inside + closing * DEEP


def _office(body: str) -> bytes:
    """Return a DOCX whose body is stored as it is, so that the archive is no bomb."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
    return out.getvalue()


def _parquet_of(letters: bytes) -> bytes:
    """Return a table whose column of text holds bytes that are none."""
    texts = pyarrow.array([letters]).view(pyarrow.utf8())
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"en": texts, "de": texts}), out)
    return out.getvalue()


def _parquet_claiming() -> bytes:
    """Return a table of 4,321 rows whose row group says that it has 2 ** 40."""
    texts = pyarrow.array(["a"] * 4321)
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"en": texts, "de": texts}), out)
    data = out.getvalue()
    size = int.from_bytes(data[-8:-4], "little")
    body, footer = data[: -8 - size], data[-8 - size : -8]
    before, rows, after = footer.rpartition(_varint(4321))
    assert rows
    footer = before + _varint(2**40) + after
    return body + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def _varint(value: int) -> bytes:
    """Return a signed number as the footer of a parquet file has it."""
    rest, out = 2 * value, []
    while rest > 127:
        out.append(rest & 127 | 128)
        rest >>= 7
    return bytes([*out, rest])


def _other_styles() -> bytes:
    """Return a workbook with an attribute that openpyxl does not know."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(real_files()["xlsx"])) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for member in before.namelist():
            after.writestr(member, before.read(member).replace(b"defaultPivotStyle", b"default"))
    return out.getvalue()


_TMX = (
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>{}</seg></tuv>'
    '<tuv xml:lang="de"><seg>x</seg></tuv></tu></body></tmx>'
)
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "deep json": ("json", b"[" * DEEP, "x.json: not valid JSON .nested too deep"),
    "deep jsonl": (
        "jsonl",
        b'{"en":' * DEEP,
        "line 1: is not valid JSON .nested too deep",
    ),
    "deep tmx": (
        "tmx",
        _TMX.format(_nested("<hi>", "</hi>")).encode(),
        "nested more than 1,000 deep",
    ),
    "deep xliff": (
        "xliff",
        f"<xliff>{_nested('<g>', '</g>')}</xliff>".encode(),
        "nested more than 1,000 deep",
    ),
    "deep docx": ("docx", _office(_nested("<w:p>", "</w:p>")), "nested more than 1,000 deep"),
    "entities": (
        "tmx",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + _TMX.format("&b;").encode(),
        "declares XML entities",
    ),
    "external": (
        "xliff",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff>&a;</xliff>',
        "declares XML entities or external parts",
    ),
    "encoding": (
        "tmx",
        b'<?xml version="1.0" encoding="gb2312"?>' + _TMX.format("x").encode(),
        "has an XML encoding that cannot be read",
    ),
    "traversal": (
        "epub",
        zipped({"META-INF/container.xml": '<c><rootfile full-path="../../etc/hostname"/></c>'}),
        "has no ../../etc/hostname",
    ),
    "bomb": ("odt", zipped({"content.xml": " " * 5_000_000}), "which is refused"),
    "wide csv": (
        "csv",
        b",".join(b"a%d" % i for i in range(300_000)) + b"\n" + b"a," * 300_000,
        "names no two languages",
    ),
    "long cell": ("csv", b'en,de\n"' + b"a" * 1_000_000, "field larger than field limit"),
    "letters": ("parquet", _parquet_of(b"\xb6"), "is not a readable parquet file"),
    "rows": ("parquet", _parquet_claiming(), "has 1,099,511,627,776 rows, 50,000,000 are read"),
    "styles": ("xlsx", _other_styles(), "is not a readable xlsx file"),
    "no po": ("po", b"#~| " * 10_000, "does not say its language"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_hostile_files_are_refused_in_one_line(case: str) -> None:
    name, data, problem = REFUSED[case]
    read = FORMATS[name].read_alignment if FORMATS[name].aligned else FORMATS[name].read
    with pytest.raises(InputError, match=problem) as caught:
        read(Source(f"x.{name}", data))
    assert len(str(caught.value)) < 400


# Each of these takes the square of its length where a reader looks ahead again and again.
LONG: dict[str, tuple[str, str]] = {
    "comments": ("html", "<!--" * 200_000),
    "comments that seem to end": ("html", "<!-- >" * 100_000),
    "marked sections": ("html", "<![x >" * 100_000),
    "tags": ("html", "<a " * 100_000),
    "elements": ("html", "<div>" * 30_000),
    "brackets": ("html", "<" * 500_000),
    "links": ("markdown", "![[" * 50_000),
    "emphasis": ("markdown", "*a_" * 50_000),
    "quotes": ("markdown", ">" * 20_000 + "x"),
    "empty lines": ("txt", "\n" * 100_000),
    "one line": ("txt", "a" * 10_000_000),
    "marks": ("txt", "e\u0301" * 500_000),
    "right to left": ("txt", "\u202e\u05d0 \u2067" * 50_000),
}


@pytest.mark.parametrize("case", LONG)
def test_long_monotonous_files_are_read_in_linear_time(case: str) -> None:
    name, text = LONG[case]
    made = FORMATS[name].read(Source(f"x.{name}", text.encode()))
    for block in made.blocks:
        assert made.text[block.start : block.end].strip()


ODD = "a\ud800b \x00\x07\x1b[31m \u202e\u05d0 e\u0301 \ufeff\u2028 <script>alert(1)</script> =1"


@cache
def _odd_alignment() -> Alignment:
    versions = {"en": [ODD, "=cmd|' /C calc'!A0"], "de": ["\udfff", "</td>"]}
    return aligner.align(versions, languages=("en", "de"))


@pytest.mark.parametrize("name", sorted(n for n, f in FORMATS.items() if f.writes))
def test_odd_characters_are_written(name: str) -> None:
    made = _odd_alignment()
    assert made.documents[1].segments[0].text == "\ufffd"
    assert FORMATS[name].render(made)


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_nothing_of_a_text_is_markup_in_a_report(name: str) -> None:
    shown = render(Comparison(_odd_alignment(), ()), name)
    assert "<script>alert" not in shown
    assert "</td></td>" not in shown


@pytest.mark.parametrize(
    "content",
    [b"\xed\xa0\x80 ja", b"\x01\x02\x03 ja", "\u202e\u05d0 \u05d1".encode(), b"\n" * 100_000],
    ids=["surrogate", "control", "right to left", "empty lines"],
)
@pytest.mark.parametrize("command", ["align", "compare"])
def test_commands_take_odd_texts(
    command: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, odd = tmp_path / "a.txt", tmp_path / "b.txt"
    plain.write_text("Ja. Nein.\n", encoding="utf-8")
    odd.write_bytes(content)
    argv = [command, str(plain), str(odd), "--languages", "de,sv", "--format", "json"]
    assert main(argv) == 0
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert '"beads"' in shown.out


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json", "sarif"])
def test_a_file_whose_name_is_no_utf_8_is_taken_and_named(
    format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, odd, out = tmp_path / "a.txt", tmp_path / os.fsdecode(b"b\xff.txt"), tmp_path / "out"
    plain.write_text("Yes. They came at 9.\n", encoding="utf-8")
    try:
        odd.write_text("Ja. Sie kamen um 8.\n", encoding="utf-8")
    except OSError:
        pytest.skip("names of files are UTF-8 here")
    argv = ["compare", str(plain), str(odd), "--languages", "en,de", "--format", format]
    assert main([*argv, "-o", str(out)]) == 0
    assert "D201" in out.read_text(encoding="utf-8")
    assert main(["compare", str(plain), f"{odd}.txt"]) == UNREADABLE
    assert "b\\udcff.txt.txt: no such file" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_commands_refuse_a_broken_file_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / f"broken{FORMATS[name].extensions[0]}"
    broken.write_bytes(real_files()[name][:4] + b"\0\x01\x02" * 10)
    commands: list[list[str]] = [
        ["align", str(broken), str(broken)],
        ["compare", str(broken), str(broken)],
        ["check", str(broken)],
        ["convert", str(broken), str(tmp_path / "out.tsv")],
        ["train", str(broken), "-o", str(tmp_path / "model")],
        ["corpus", "run", str(broken), "-o", str(tmp_path / "run")],
        ["corpus", "filter", str(broken)],
        ["evaluate", str(broken), str(broken)],
    ]
    for argv in commands:
        assert main(argv) in (2, 3), argv
        shown = capsys.readouterr()
        errors = [line for line in shown.err.splitlines() if "error: " in line]
        assert len(errors) == 1, argv
        assert "please report it" not in errors[0], argv
        assert not shown.out, argv
    assert sorted(p.name for p in tmp_path.iterdir()) == [broken.name]


def test_the_package_calls_no_shell_and_evaluates_nothing() -> None:
    package = Path(aligner.__file__).parent
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                shell = any(k.arg == "shell" for k in node.keywords)
                assert called not in {"eval", "exec", "os.system", "os.popen"}, path
                assert not shell, path
