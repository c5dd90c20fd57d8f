"""``aligner convert``: an aligned file in another format, or the text of a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._errors import OutputError
from aligner._storage import STDIO
from aligner.cli._common import add_command, note
from aligner.formats import FORMATS
from aligner.formats._losses import Losses

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from aligner._decode import Source
    from aligner._types import Document
    from aligner.cli._common import Subparsers
    from aligner.formats import Format
    from aligner.formats._stream import Stream

_TEXT = "txt"

_EXAMPLES = """\
  aligner convert memory.tmx memory.xlsx
  aligner convert aligned.json report.html
  aligner convert messages.po --to jsonl
  aligner convert paper.docx paper.txt
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands,
        "convert",
        "convert an aligned file, or take the text out of a document",
        _EXAMPLES,
    )
    parser.add_argument("input", metavar="IN", help="the file; - is standard input")
    parser.add_argument("output", metavar="OUT", nargs="?", default=STDIO, help="- or none: stdout")
    read = [f.name for f in FORMATS.values() if f.aligned or f.reads]
    written = [_TEXT, *(f.name for f in FORMATS.values() if f.writes)]
    parser.add_argument("--from", dest="source", choices=read, metavar="FORMAT", help="of IN")
    parser.add_argument("--to", choices=written, metavar="FORMAT", help=", ".join(written))
    parser.add_argument("--encoding", help="of IN (default: UTF-8, else cp1252)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no notes on standard error")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Read the file as a bitext, or where its format has none as a text, and write it."""
    from aligner.formats import detect
    from aligner.formats._stream import opened_again, unpacked_name

    target = args.to or _of_output(args.output)
    with opened_again(args.input, encoding=args.encoding) as stream:
        name = unpacked_name(stream.name)
        format = FORMATS[args.source] if args.source else detect(name, stream.head())
        if format.streams and FORMATS[target].streams:
            _stream(stream, format, args, target)
            return 0
        source = stream.whole()
    format = FORMATS[args.source] if args.source else detect(name, source.data)
    if format.aligned and (target != _TEXT or not format.reads):
        _write(source, format, args, target)
    else:
        _write_text(format.read(source), args, target)
    return 0


def _of_output(output: str) -> str:
    if output == STDIO:
        raise ValueError("say --to FORMAT, or name a file to write")
    suffix = Path(output).suffix.lower()
    for format in FORMATS.values():
        if suffix in format.extensions:
            return format.name
    known = ", ".join(
        e for f in FORMATS.values() if f.writes or f.name == _TEXT for e in f.extensions
    )
    raise OutputError(f"{output}: no format has this extension ({known}); say --to")


def _stream(stream: Stream, format: Format, args: argparse.Namespace, target: str) -> None:
    from aligner.formats._convert import convert

    sys.stdout.flush()
    losses, versions = convert(stream, format, args.output, FORMATS[target])
    _tell(args, losses, versions)


def _tell(
    args: argparse.Namespace, losses: Losses, versions: Sequence[str], findings: int = 0
) -> None:
    """Say what was written, and what the format has no place for."""
    from aligner.report.wording import count

    beads = count(losses.beads - losses.alone, "bead")
    lost = [
        (losses.codes, "inline code", "left out"),
        (findings, "finding", "left out"),
        (losses.alone, "bead", f"without {versions[0]} left out"),
        (losses.bounds, "bead", "of several segments a side, which are joined"),
    ]
    said = [f"{count(number, noun)} {what}" for number, noun, what in lost if number]
    written = f"{beads} of {', '.join(versions)} written as {losses.format}"
    note(args, "; ".join([written, *said]))


def _write(source: Source, format: Format, args: argparse.Namespace, target: str) -> None:
    """Write all of the bitext; one that was checked keeps its findings where they have a place."""
    from aligner._save import save
    from aligner.formats.json import read_comparison
    from aligner.report import holds_findings, render_any

    if target == _TEXT:
        raise ValueError(f"{args.input} has several versions: txt holds one; say --to tsv")
    checked = read_comparison(source) if format.name == "json" else None
    alignment = checked.alignment if checked else format.read_alignment(source)
    content = render_any(checked, target) if checked else FORMATS[target].render(alignment)
    sys.stdout.flush()
    save(content, args.output)
    left_out = len(checked.divergences) if checked and not holds_findings(target) else 0
    _tell(args, Losses.of(alignment, target), alignment.versions, left_out)


def _write_text(document: Document, args: argparse.Namespace, target: str) -> None:
    from aligner._save import save

    if target != _TEXT:
        raise ValueError(
            f"{args.input} is one version of a text: only txt can be made of it; "
            f"align it with another version to write {target}"
        )
    paragraphs = (document.text[block.start : block.end] for block in document.blocks)
    text = "".join(f"{' '.join(paragraph.split())}\n\n" for paragraph in paragraphs)
    sys.stdout.flush()
    save(text.removesuffix("\n"), args.output)
