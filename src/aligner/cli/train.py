"""``aligner train``: fit a static model to bitext."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from aligner.cli._common import add_command, add_languages, note

if TYPE_CHECKING:
    from aligner.cli._common import Subparsers

_EXAMPLES = """\
  aligner train memory.tmx -o my-model
  aligner train news.en-de.tsv.gz terms.jsonl -o my-model --weights 8,1
  aligner train memory.tmx -o small --start new --vocabulary 16000 --teacher e5-small
  aligner align en.txt de.txt --encoder my-model

Files are TSV, CSV, JSONL, TMX, XLIFF or PO, packed (.gz) or not, with two or more languages a row.
An interrupted run leaves OUT.state; the same command with --resume goes on from there.
"""
_NUMBERS = {
    "vocabulary": (int, "number of pieces: of a new model, or to cut the old one down to"),
    "dimensions": (int, "of the vectors (default: those of the start; 256 for a new model)"),
    "steps": (int, "batches at most (default: 1000)"),
    "batch": (int, "pairs in a batch (default: 1024)"),
    "rate": (float, "highest learning rate (default: 0.002)"),
    "held": (int, "pairs held apart to measure on (default: 1000)"),
    "patience": (int, "measures without a gain before the run stops (default: 6)"),
    "seed": (int, "of everything random (default: 1)"),
}


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "train", "fit a static model to bitext", _EXAMPLES)
    parser.add_argument("bitext", nargs="+", metavar="BITEXT", help="file of aligned rows")
    parser.add_argument("-o", "--output", required=True, metavar="MODELDIR", help="new folder")
    add_languages(parser, "of the columns of tables without a header line")
    parser.add_argument(
        "--weights", type=_weights, metavar="8,1", help="how often the pairs of each file are drawn"
    )
    parser.add_argument(
        "--start", help="embedded (default), the folder of a static model, or new", metavar="MODEL"
    )
    parser.add_argument("--teacher", metavar="NAME", help="an encoder to learn from as well")
    for name, (kind, text) in _NUMBERS.items():
        parser.add_argument(f"--{name}", type=kind, metavar="N", help=text)
    parser.add_argument(
        "--storage", choices=("int8", "float16", "float32"), help="of the table (default: int8)"
    )
    parser.add_argument("--resume", action="store_true", help="go on with an interrupted run")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Train, and print what came of it."""
    from aligner.report.wording import count
    from aligner.train import TrainOptions, fit
    from aligner.train._fit import state_folder

    names = [*_NUMBERS, "start", "teacher", "storage"]
    chosen = {name: value for name in names if (value := getattr(args, name)) is not None}
    if args.weights is not None and len(args.weights) != len(args.bitext):
        raise ValueError(
            f"{count(len(args.weights), 'weight')} for {count(len(args.bitext), 'file')}"
        )
    try:
        report = fit(
            dict(zip(args.bitext, args.weights, strict=True)) if args.weights else args.bitext,
            args.output,
            options=TrainOptions(**chosen),
            languages=args.languages,
            resume=args.resume,
            progress=not args.quiet and sys.stderr.isatty(),
        )
    except KeyboardInterrupt:
        state = state_folder(args.output)
        if state.exists():
            note(args, f"{state} keeps what was done; the same command with --resume goes on")
        raise
    print(report)
    return 0


def _weights(text: str) -> list[float]:
    try:
        return [float(weight) for weight in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"numbers such as 8,1, not {text!r}") from None
