"""What commands that take the versions of a text share: the files, their languages, their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._storage import STDIO
from aligner._timing import stage
from aligner.cli._common import add_languages

if TYPE_CHECKING:
    import argparse

    from aligner._types import Document
    from aligner.cli._settings import Settings


def add_versions(parser: argparse.ArgumentParser) -> None:
    """Add the files, ``--languages``, ``--lines`` and ``--encoding``."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a version; - is standard input")
    add_languages(parser, "such as en,de,sv, in the order of FILE")
    parser.add_argument(
        "--lines", action="store_true", help="one segment a line; blank lines are segments too"
    )
    parser.add_argument("--encoding", help="of every FILE (default: UTF-8, else cp1252)")


def languages_of(args: argparse.Namespace, settings: Settings) -> list[str] | None:
    """Return the language of each file, where the command line or the settings name them."""
    if args.languages is not None:
        return list(args.languages)
    return list(settings.languages) if settings.languages else None


def read_versions(
    args: argparse.Namespace, settings: Settings, command: str, languages: list[str] | None
) -> list[Document]:
    """Return the documents of the files, each read as a file even where its name is odd.

    Raises:
        InputError: for a file that is not there or cannot be read.
        ValueError: if the files are too few for *command*, or do not fit *languages*.
    """
    from aligner import read
    from aligner.report.wording import count

    if len(args.files) < 2:
        hint = f"for one that holds all versions side by side: aligner check {args.files[0]}"
        raise ValueError(f"{command} needs two or more files, not {len(args.files)}; {hint}")
    if args.files.count(STDIO) > 1:
        raise ValueError("standard input (-) can be only one of the files")
    if languages is not None and len(languages) != len(args.files):
        given = ",".join(languages)
        raise ValueError(
            f"{count(len(languages), 'language')} for {len(args.files)} files: {given}"
        )
    with stage("read"):
        lines = args.lines or settings.lines
        return [read(path, encoding=args.encoding, lines=lines) for path in args.files]
