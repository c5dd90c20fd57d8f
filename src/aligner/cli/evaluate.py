"""``aligner evaluate``: a predicted ladder, or a folder of them, against gold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aligner.cli._common import add_command

if TYPE_CHECKING:
    import argparse

    from aligner.cli._common import Subparsers
    from aligner.evaluate import Scores

_EXAMPLES = """\
  aligner align data/samples/story/en.txt data/samples/story/de.txt -o story.ladder
  aligner evaluate gold.tsv story.ladder
  aligner evaluate gold/ predicted/ --format json

Ladders have one tab-separated column of segment indices for each version. Folders are matched by
relative path (gold.en-de.tsv matches en-de.tsv), and counts are added over files (micro).
Null beads count for precision and not for recall, as in vecalign's scorer.
"""
_NAMES = {
    "strict": "strict",
    "lax": "lax",
    "two_sided": "two-sided",
    "n_m": "n-m",
    "one_sided": "one-sided",
}


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "evaluate", "score predicted ladders against gold", _EXAMPLES)
    parser.add_argument("gold", metavar="GOLD", help="a ladder, or a folder of ladders")
    parser.add_argument("predicted", metavar="PREDICTED", help="the same, to be scored")
    parser.add_argument(
        "--granularity",
        choices=("sentence", "block"),
        help="block: a bead is right inside one gold bead (default: what meta.json beside the "
        "gold says, else sentence)",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="(default: text)"
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Score and print."""
    from aligner import evaluate

    scores = evaluate.files(args.gold, args.predicted, granularity=args.granularity)
    if args.format == "json":
        print(json.dumps(scores.to_dict(), indent=1))
    else:
        print(table(scores))
    return 0


def table(scores: Scores) -> str:
    """Return the scores as a table; kinds of beads that do not occur are left out."""
    lines = [f"{'':<10}{'precision':>10}{'recall':>10}{'F1':>10}{'predicted':>11}{'gold':>8}"]
    for name, score in scores.items():
        if score.predicted or score.gold or name == "strict":
            ratios = "".join(f"{x:>10.4f}" for x in (score.precision, score.recall, score.f1))
            lines.append(f"{_NAMES[name]:<10}{ratios}{score.predicted:>11}{score.gold:>8}")
    return "\n".join(lines)
