"""``aligner mine``: pairs of sentences out of texts that are comparable, not parallel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.cli._common import (
    add_command,
    add_encoder,
    add_languages,
    add_settings,
    note,
    note_left_out,
    spare,
)
from aligner.cli._settings import load_settings

if TYPE_CHECKING:
    import argparse

    from aligner.cli._common import Subparsers

_FORMATS = ("tsv", "jsonl", "tmx", "csv", "xliff", "xlsx")
_EXAMPLES = """\
  aligner mine data/samples/report/en.txt data/samples/statement/de.txt
  aligner mine english/ german/ -o pairs.tmx
  aligner mine news/ --least 0.9 --format jsonl > pairs.jsonl

The files of all folders are put together by language, and each two languages are searched. The
pairs can be checked and filtered: aligner check pairs.tmx, aligner corpus filter pairs.tmx
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    help = "find pairs of sentences in texts that are comparable, not parallel"
    parser = add_command(commands, "mine", help, _EXAMPLES)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="folders, or files")
    add_languages(parser, "of the paths in order (default: identified by file)")
    parser.add_argument("--lines", action="store_true", help="the files have one segment a line")
    parser.add_argument(
        "--least", type=float, metavar="P", help="probability to keep a pair (default: 0.8)"
    )
    add_encoder(parser)
    parser.add_argument("-o", "--output", metavar="OUT", help="write to this file")
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(_FORMATS)} (default: by the name of OUT, else tsv)",
    )
    add_settings(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Mine the files and print or write the pairs."""
    from aligner._save import save
    from aligner._storage import STDIO
    from aligner.mining import LEAST, mine
    from aligner.report.wording import count

    spare(args.output, args.paths)
    settings = load_settings(args.config)
    found = mine(
        *args.paths,
        languages=args.languages,
        lines=args.lines or settings.lines,
        encoder=args.encoder or settings.encoder,
        least=LEAST if args.least is None else args.least,
    )
    if args.output:
        found.write(args.output, format=args.format)
    else:
        save(found.render(args.format or "tsv"), STDIO)
    for message in found.notes:
        note(args, message)
    note_left_out(args, found.unreadable, "not mined")
    sides = ", ".join(f"{count} {language}" for language, count in found.segments.items())
    note(args, f"{count(len(found), 'pair')} out of {sides} segments")
    return 0
