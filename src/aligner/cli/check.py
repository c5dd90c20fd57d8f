"""``aligner check``: the checks alone, over text that is aligned already."""

from __future__ import annotations

import json
from collections import Counter
from itertools import tee
from typing import TYPE_CHECKING, TextIO

from aligner.cli._bitext import add_bitext, read_rows
from aligner.cli._checking import Acceptance, add_baseline, add_checks, check_options, is_grave
from aligner.cli._common import (
    add_command,
    add_output,
    add_settings,
    format_of,
    note,
    spare,
    text_output,
)
from aligner.cli._settings import load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from aligner._types import Divergence
    from aligner.cli._common import Subparsers
    from aligner.formats.bitext import Row

    Checked = tuple[Row, Sequence[Divergence]]

_MANY = 4000  # rows that are worth several processes
_EXAMPLES = """\
  aligner check memory.tmx
  aligner check rows.jsonl --format jsonl > found.jsonl
  aligner check rows.tsv --languages en,de --select D2,D3 --fail-on major
  aligner check memory.tmx --glossary terms.csv --select D506
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "check", "flag divergences in a bitext", _EXAMPLES)
    add_bitext(parser)
    add_output(parser, ("text", "jsonl"), "text")
    parser.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help=f"processes (default: one each CPU from {_MANY:,} rows on)",
    )
    add_checks(parser)
    add_baseline(parser)
    add_settings(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Check the rows one by one; nothing is held but counts."""
    from aligner.report.wording import count

    spare(args.output, [args.file])
    grave = False
    counts: Counter[str] = Counter()
    write = _WRITERS[format_of(args, {".jsonl": "jsonl"}, "text")]
    baseline = Acceptance(args)
    with text_output(args.output) as out:
        for row, all_found in _checked(args):
            found = baseline.new(all_found, row.texts)
            write(out, row, found)
            counts["rows"] += 1
            counts["findings"] += len(found)
            counts["rows with findings"] += bool(found)
            grave = grave or is_grave(found, args.fail_on)
    baseline.close()
    found_in = f"{count(counts['rows with findings'], 'row')} with findings"
    note(
        args, f"{count(counts['rows'], 'row')}, {count(counts['findings'], 'finding')}, {found_in}"
    )
    return int(grave)


def _checked(args: argparse.Namespace) -> Iterator[Checked]:
    from aligner._machine import processors
    from aligner.checks import check_rows, skipped

    options = check_options(args, load_settings(args.config).check)
    first, read = read_rows(args, _MANY)
    for message in skipped({language for row in first for language in row.texts}, options):
        note(args, f"not checked: {message}")
    rows, again = tee(read)
    texts = (row.segments() for row in again)
    workers = args.workers
    if workers is None:
        workers = processors() if len(first) == _MANY else 1
    yield from zip(rows, check_rows(texts, options, workers=workers), strict=True)


def _write_json(out: TextIO, row: Row, found: Sequence[Divergence]) -> None:
    values = {"id": row.id, "divergences": [divergence.to_dict() for divergence in found]}
    out.write(json.dumps(values, ensure_ascii=False) + "\n")


def _write_text(out: TextIO, row: Row, found: Sequence[Divergence]) -> None:
    if not found:
        return
    out.write(f"{row.place or row.id} ({row.id})\n" if row.place else f"{row.id}\n")
    for language, text in row.texts.items():
        out.write(f"    {language}: {text}\n")
    for one in found:
        odd = f", odd: {one.odd}" if one.odd else ""
        out.write(f"  {one.code} {one.severity}: {one.message} [{one.confidence:.2f}{odd}]\n")


_WRITERS = {"jsonl": _write_json, "text": _write_text}
