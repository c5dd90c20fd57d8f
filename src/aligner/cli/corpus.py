"""``aligner corpus``: many documents at once."""

from __future__ import annotations

import json
from itertools import tee
from typing import TYPE_CHECKING

from aligner.cli._bitext import add_bitext, read_rows
from aligner.cli._checking import check_options
from aligner.cli._common import (
    add_command,
    add_encoder,
    add_settings,
    note,
    progress_bar,
    spare,
    text_output,
)
from aligner.cli._settings import load_settings

if TYPE_CHECKING:
    import argparse

    from aligner.cli._common import Subparsers
    from aligner.corpus import Job, Summary

_LOOKED_AT = 1000  # rows, for what their languages look like
_EXAMPLES = """\
  aligner corpus run texts.jsonl -o aligned/
  aligner corpus run texts.csv -o aligned/ --workers 8 --resume

The manifest has one document a line: {"id": "1", "paths": {"en": "1.txt", "de": "2.txt"}};
aligner pair --format manifest writes one. As CSV it has the columns id,en,de. Relative paths are
looked for beside the manifest, then in the working folder.
"""


_FILTER_EXAMPLES = """\
  aligner corpus filter noisy.tsv --languages en,de -o clean.jsonl
  aligner corpus filter noisy.tmx --all > scores.jsonl
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    help = "align and check many documents; clean a bitext"
    parser = add_command(commands, "corpus", help, _EXAMPLES + _FILTER_EXAMPLES)
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_run(inner)
    filters = add_command(inner, "filter", "keep the clean rows of a bitext", _FILTER_EXAMPLES)
    add_bitext(filters)
    filters.add_argument("-o", "--output", metavar="OUT", help="write JSONL to this file")
    filters.add_argument(
        "--least", type=float, default=0.5, metavar="P", help="score to keep a row (default: 0.5)"
    )
    filters.add_argument("--all", action="store_true", help="write every row, with its score")
    add_encoder(filters)
    add_settings(filters)
    filters.set_defaults(func=run_filter)


def _add_run(inner: Subparsers) -> None:
    runs = add_command(inner, "run", "align and check the documents of a manifest", _EXAMPLES)
    runs.add_argument("manifest", metavar="MANIFEST", help="JSONL, CSV or parquet")
    runs.add_argument("-o", "--output", required=True, metavar="OUTDIR", help="folder of the run")
    runs.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="processes on this machine, or Ray Data (default: local)",
    )
    runs.add_argument("--address", metavar="HOST:PORT", help="of a ray cluster that runs already")
    runs.add_argument("--workers", type=int, metavar="N", help="processes (default: one each CPU)")
    runs.add_argument("--resume", action="store_true", help="go on with the run in OUTDIR")
    runs.add_argument("--strict", action="store_true", help="stop at a document that fails")
    add_encoder(runs)
    runs.add_argument("--lines", action="store_true", help="the files have one segment a line")
    runs.add_argument("--no-check", action="store_true", help="align only")
    runs.add_argument("--no-texts", action="store_true", help="only the numbers of the segments")
    runs.add_argument("--shard-size", type=int, default=100, metavar="N", help="(default: 100)")
    runs.add_argument("--select", metavar="CODES", help="only these checks, such as D2,D101")
    runs.add_argument("--ignore", metavar="CODES", help="not these checks")
    runs.add_argument("--min-confidence", type=float, metavar="P", help="(default: 0.5)")
    runs.add_argument("--glossary", metavar="FILE", help="what terms are to be called")
    add_settings(runs)
    runs.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Run the manifest; documents that fail are listed in the folder, and named in a note."""
    from aligner import corpus

    summary = corpus.run(
        args.manifest,
        args.output,
        job=_job(args),
        engine=args.engine,
        address=args.address,
        workers=args.workers,
        resume=args.resume,
        strict=args.strict,
        progress=progress_bar(args, "aligning", least=2),
    )
    print(_text(summary))
    if summary.failed:
        note(args, f"{summary.failed} failed; {args.output}/failed.jsonl says why")
    return 0


def run_filter(args: argparse.Namespace) -> int:
    """Score the rows and write those that are clean."""
    from aligner.corpus import scores

    if not 0 <= args.least <= 1:
        raise ValueError(f"least must be 0 to 1, not {args.least:g}")
    spare(args.output, [args.file])
    rows, again = tee(read_rows(args, _LOOKED_AT)[1])
    encoder = args.encoder or load_settings(args.config).encoder
    found = scores((row.texts for row in again), encoder=encoder)
    total = kept = 0
    with text_output(args.output) as out:
        for row, score in zip(rows, found, strict=True):
            total += 1
            kept += score >= args.least
            if args.all or score >= args.least:
                values = {"id": row.id, **row.texts, "score": round(score, 4)}
                out.write(json.dumps(values, ensure_ascii=False) + "\n")
    note(args, f"{kept} of {total} rows have a score of {args.least:g} or more")
    return 0


def _job(args: argparse.Namespace) -> Job:
    from dataclasses import fields

    from aligner._options import AlignOptions
    from aligner.corpus import Job
    from aligner.corpus._plan import DOCUMENT_OPTIONS

    settings = load_settings(args.config)
    usual = AlignOptions()
    options = {
        field.name: getattr(settings.align, field.name)
        for field in fields(AlignOptions)
        if field.name in DOCUMENT_OPTIONS
        and getattr(settings.align, field.name) != getattr(usual, field.name)
    }
    if args.lines or settings.lines:
        options["lines"] = True
    checks = check_options(args, settings.check)
    glossary = args.glossary or settings.check.glossary
    return Job(
        encoder=args.encoder or settings.encoder,
        check=not args.no_check,
        select=checks.select,
        ignore=checks.ignore,
        min_confidence=checks.min_confidence,
        severities=tuple(sorted(checks.severities.items())),
        glossary=str(glossary) if glossary else None,
        options=tuple(sorted(options.items())),
        texts=not args.no_texts,
        shard_size=args.shard_size,
    )


def _text(summary: Summary) -> str:
    from aligner.report.wording import count

    nouns = ("document", "segment", "bead", "finding")
    counts = ", ".join(count(getattr(summary, f"{noun}s"), noun) for noun in nouns)
    return f"{counts}; {summary.failed:,} failed, {len(summary.doubtful):,} look wrong"
