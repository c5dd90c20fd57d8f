"""``aligner compare``: align the versions, check them, report where they differ."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aligner._storage import STDIO
from aligner._timing import stage
from aligner.cli._checking import Acceptance, add_baseline, add_checks, check_options, is_grave
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

if TYPE_CHECKING:
    import argparse

    from aligner._types import Comparison
    from aligner.cli._common import Subparsers

_FORMATS = ("text", "html", "json", "markdown", "sarif", "xlsx")
_EXAMPLES = """\
  aligner compare data/samples/statement/en.txt data/samples/statement/de.txt
  aligner compare en.txt de.txt sv.txt --format json --fail-on major
  aligner compare en.docx de.docx --ignore D6 -o report.html
  aligner compare en.docx de.docx sv.docx -o report.html -o report.xlsx
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "compare", "align versions and flag divergences", _EXAMPLES)
    add_versions(parser)
    add_encoder(parser)
    parser.add_argument(
        "--cascade",
        action="store_true",
        help="the embedded model first, NAME or context only for beads in doubt",
    )
    add_output(parser, _FORMATS, "text", several=True)
    add_checks(parser)
    add_baseline(parser)
    add_settings(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Align, check, and print or write the report."""
    from aligner.report import SUFFIXES
    from aligner.report.summary import summarize

    outputs, acceptance = outputs_of(args, SUFFIXES), Acceptance(args)
    comparison = _without_accepted(_comparison(args), acceptance)
    for message in (*comparison.alignment.notes, *comparison.skipped):
        note(args, message)
    with stage("write"):
        _show(comparison, outputs, args.format or (None if args.output else "text"))
    if args.output:
        note(args, " ".join(summarize(comparison).sentences))
    return int(is_grave(comparison.divergences, args.fail_on))


def _without_accepted(comparison: Comparison, acceptance: Acceptance) -> Comparison:
    """Leave out the findings that the baseline file accepts."""
    from dataclasses import replace

    texts = {document.name: document.text for document in comparison.alignment.documents}
    kept = acceptance.new(comparison.divergences, texts)
    acceptance.close()
    return replace(comparison, divergences=tuple(kept))


def _show(comparison: Comparison, outputs: list[str], format: str | None) -> None:
    from aligner.report import write

    for output in outputs:
        sys.stdout.flush()
        if format == "text" and output == STDIO:
            _print(comparison)
        else:
            write(comparison, output, format=format)


def _print(comparison: Comparison) -> None:
    """Print the summary, as wide as the terminal but not wider than reads well."""
    import shutil

    from aligner.report.text import WIDTH, text

    columns = shutil.get_terminal_size((WIDTH, 24)).columns
    print_text(text(comparison, width=min(columns, WIDTH), colour=use_colour(sys.stdout)))


def _comparison(args: argparse.Namespace) -> Comparison:
    from dataclasses import replace

    from aligner import compare

    settings = load_settings(args.config)
    cascade = args.cascade or settings.align.cascade
    languages = languages_of(args, settings)
    return compare(
        *read_versions(args, settings, "compare", languages),
        languages=languages,
        lines=args.lines or settings.lines,
        encoder=args.encoder or settings.encoder,
        options=replace(settings.align, cascade=cascade),
        progress=progress_bar(args, "aligning", "checking"),
        checks=check_options(args, settings.check),
    )
