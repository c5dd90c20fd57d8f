"""``aligner review``: confirm and correct on a local page, or export without one."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.cli._checking import add_checks, check_options, is_grave
from aligner.cli._common import (
    add_command,
    add_encoder,
    add_languages,
    add_settings,
    note,
    progress_bar,
    spare,
)
from aligner.cli._reading import languages_of
from aligner.cli._settings import load_settings

if TYPE_CHECKING:
    import argparse

    from aligner import Comparison, Project
    from aligner._types import Document
    from aligner.checks import CheckOptions
    from aligner.cli._common import Subparsers
    from aligner.cli._settings import Settings

_EXAMPLES = """\
  aligner review data/samples/statement/en.txt data/samples/statement/de.txt
  aligner review en.docx de.docx sv.docx            # again: goes on, takes in changed files
  aligner review memory.tmx --project memory.aligner
  aligner review en-de-sv.aligner sv.docx           # a project, and a version that changed
  aligner review --export out.tmx --export report.html en-de-sv.aligner
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands, "review", "confirm, correct and export on a local page", _EXAMPLES
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="versions, one aligned file, or a project"
    )
    parser.add_argument("--project", metavar="PROJECT", help="file that keeps the review")
    add_languages(parser, "such as en,de,sv, in the order of FILE")
    parser.add_argument("--lines", action="store_true", help="the files have one segment a line")
    add_encoder(parser)
    parser.add_argument("--port", type=int, default=0, help="(default: any free one)")
    parser.add_argument("--no-browser", action="store_true", help="only print the link")
    parser.add_argument("--no-editing", action="store_true", help="texts stay as they are")
    parser.add_argument(
        "--export",
        action="append",
        metavar="OUT",
        help="write the review to this file and stop; may be repeated",
    )
    parser.add_argument(
        "--format", metavar="FORMAT", help="of --export: any format, or gold, training"
    )
    add_checks(parser)
    add_settings(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Open or make the project, then export it or serve its page."""
    if args.format and len(args.export or ()) > 1:
        raise ValueError("--format is for one --export; several are written by their extensions")
    if args.format and not args.export:
        raise ValueError("--format is that of a file to write: say --export OUT as well")
    for output in args.export or ():
        spare(output, args.files)
    with _project(args) as project:
        if not args.export:
            _serve(project, args)
        for output in args.export or ():
            sys.stdout.flush()
            project.write(output, format=args.format)
        return int(is_grave(project.comparison.divergences, args.fail_on))


def _serve(project: Project, args: argparse.Namespace) -> None:
    import webbrowser

    from aligner._review import serve

    def show(url: str) -> None:
        print(url, flush=True)
        note(args, f"everything is saved in {project.path}; Ctrl+C stops the page")
        if not args.no_browser:
            webbrowser.open(url)

    with suppress(KeyboardInterrupt):  # how the page is stopped, and no fault
        serve(project, port=args.port, editing=not args.no_editing, show=show)


def _project(args: argparse.Namespace) -> Project:
    from aligner._review import Project, is_project, open_or_create, open_with, project_path

    settings = load_settings(args.config)
    checks = check_options(args, settings.check)
    files: list[str] = args.files
    if is_project(files[0]):
        return open_with(files[0], files[1:], checks)
    path = Path(args.project) if args.project else project_path(files)
    if len(files) == 1:
        if path.exists():
            return Project.open(path, checks=checks)
        return Project.create(path, _saved(args, checks), checks=checks)
    documents = _documents(args, settings)
    encoder = args.encoder or settings.encoder

    def compare() -> Comparison:
        return _compared(args, documents, encoder, settings, checks)

    return open_or_create(path, documents, compare, encoder=encoder, checks=checks)


def _saved(args: argparse.Namespace, checks: CheckOptions) -> Comparison:
    from aligner._review import read_comparison

    return read_comparison(args.files[0], checks, progress=progress_bar(args, "checking"))


def _documents(args: argparse.Namespace, settings: Settings) -> tuple[Document, ...]:
    from aligner._versions import documents_of

    languages = languages_of(args, settings)
    files = [(None, Path(file)) for file in args.files]
    return documents_of(files, languages=languages, lines=args.lines or settings.lines)


def _compared(
    args: argparse.Namespace,
    documents: tuple[Document, ...],
    encoder: str | None,
    settings: Settings,
    checks: CheckOptions,
) -> Comparison:
    from aligner import compare

    named = {document.name: document for document in documents}
    found = compare(
        named,
        encoder=encoder,
        options=settings.align,
        progress=progress_bar(args, "aligning", "checking"),
        checks=checks,
    )
    for message in found.alignment.notes:
        note(args, message)
    return found
