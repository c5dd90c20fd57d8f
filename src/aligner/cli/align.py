"""``aligner align``: two or more versions of a text, side by side or as a file."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._storage import STDIO
from aligner._timing import stage
from aligner.cli._common import (
    add_command,
    add_encoder,
    add_output,
    add_settings,
    note,
    outputs_of,
    print_text,
    progress_bar,
    use_colour,
)
from aligner.cli._reading import add_versions, languages_of, read_versions
from aligner.cli._settings import load_settings
from aligner.formats import FORMATS

if TYPE_CHECKING:
    import argparse

    from aligner._options import AlignOptions
    from aligner._types import Alignment
    from aligner.cli._common import Subparsers
    from aligner.cli._settings import Settings

_TEXT = "text"
_PIPE_WIDTH = 100

_EXAMPLES = """\
  aligner align data/samples/statement/en.txt data/samples/statement/de.txt
  aligner align data/samples/statement/en.txt data/samples/statement/sv.txt --format ladder
  aligner align en.txt de.txt sv.txt --languages en,de,sv -o aligned.json
  aligner align --lines cut.en cut.de -o aligned.tsv
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "align", "align two or more versions of a text", _EXAMPLES)
    add_versions(parser)
    _add_encoder(parser)
    _add_options(parser)
    add_output(
        parser, [_TEXT, *(f.name for f in FORMATS.values() if f.writes)], _TEXT, several=True
    )
    add_settings(parser)
    parser.set_defaults(func=run)


def _add_encoder(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("encoder")
    add_encoder(group)
    group.add_argument(
        "--cascade",
        action="store_true",
        default=None,
        help="the embedded model first, NAME or context only for beads in doubt",
    )
    group.add_argument(
        "--device", metavar="NAME", help="where torch runs a model, such as cpu or cuda"
    )
    group.add_argument("--offline", action="store_true", help="never go to the network")
    group.add_argument(
        "--vectors", nargs="+", metavar="NPY", help="one .npy for each FILE, a row for each segment"
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("beads")
    group.add_argument("--max-side", type=int, metavar="N", help="most segments on a side")
    group.add_argument("--max-sum", type=int, metavar="N", help="most segments on two sides")
    group.add_argument("--null-price", type=float, metavar="NATS", help="of an unmatched segment")
    group.add_argument(
        "--hard-breaks", action="store_true", default=None, help="no bead crosses a block's end"
    )


def run(args: argparse.Namespace) -> int:
    """Read the files, align them, and print or write the result."""
    settings = load_settings(args.config)
    written = (e for f in FORMATS.values() if f.writes for e in f.extensions)
    outputs = outputs_of(args, [".txt", *written])
    alignment = _align(args, settings)
    for message in alignment.notes:
        note(args, message)
    with stage("write"):
        for output in outputs:
            _show(alignment, output, args.format, settings)
    note(args, _summary(alignment))
    return 0


def _align(args: argparse.Namespace, settings: Settings) -> Alignment:
    from aligner import align
    from aligner._encode import load_encoder

    languages = languages_of(args, settings)
    documents = read_versions(args, settings, "align", languages)
    encoder = None
    if not args.vectors:
        encoder = load_encoder(
            args.encoder or settings.encoder,
            device=args.device,
            offline=args.offline,
            progress=not args.quiet and sys.stderr.isatty(),
        )
    return align(
        *documents,
        languages=languages,
        lines=args.lines or settings.lines,
        encoder=encoder,
        vectors=[_load_vectors(path) for path in args.vectors] if args.vectors else None,
        options=_options(args, settings),
        progress=progress_bar(args, "aligning"),
    )


def _load_vectors(path: str) -> object:
    import numpy as np

    from aligner._errors import InputError

    try:
        return np.load(path, allow_pickle=False)
    except FileNotFoundError:
        raise InputError(path, "no such file") from None
    except (OSError, ValueError, EOFError):
        raise InputError(path, "not a .npy array of numbers") from None


def _options(args: argparse.Namespace, settings: Settings) -> AlignOptions:
    from dataclasses import replace

    names = ("max_side", "max_sum", "null_price", "hard_breaks", "cascade")
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    return replace(settings.align, **given)


def _show(alignment: Alignment, output: str, format: str | None, settings: Settings) -> None:
    from aligner import formats

    format = format or (settings.format or _TEXT if output == STDIO else None)
    if format is None and Path(output).suffix == ".txt":
        format = _TEXT
    if format != _TEXT:
        binary = format in FORMATS and FORMATS[format].binary
        if binary and output == STDIO and sys.stdout.isatty():
            raise ValueError(f"{format} is binary and this is a terminal: give -o OUT")
        formats.write(alignment, output, format=format)
    elif output == STDIO:
        _print_columns(alignment)
    else:
        from aligner._save import save

        save(_columns(alignment, _PIPE_WIDTH), output)


def _print_columns(alignment: Alignment) -> None:
    import shutil

    is_terminal = sys.stdout.isatty()
    width = _PIPE_WIDTH
    if is_terminal or os.environ.get("COLUMNS"):
        width = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    print_text(_columns(alignment, width, colour=use_colour(sys.stdout)))


def _columns(alignment: Alignment, width: int, *, colour: bool = False) -> str:
    from aligner.cli._columns import render

    return "".join(f"{line}\n" for line in render(alignment, width=width, colour=colour))


def _summary(alignment: Alignment) -> str:
    types = Counter(bead.type for bead in alignment.beads)
    common = ", ".join(f"{count} of {type}" for type, count in types.most_common(5))
    more = f", {len(types) - 5} rarer types" if len(types) > 5 else ""
    moved = sum(bead.moved for bead in alignment.beads)
    return (
        f"{len(alignment.beads)} beads"
        + (f": {common}{more}" if types else "")
        + (f"; {moved} moved" if moved else "")
    )
