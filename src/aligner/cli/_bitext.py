"""What commands that take rows that are aligned already share: the file, and how it is read."""

from __future__ import annotations

import argparse
from itertools import chain, islice
from typing import TYPE_CHECKING

from aligner.cli._common import add_languages, note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.formats.bitext import Row


def add_bitext(parser: argparse.ArgumentParser) -> None:
    """Add the file, ``--languages``, ``--input-format`` and ``--encoding``."""
    known = "JSONL, TSV, CSV, TMX, XLIFF or PO, also as .gz; - is standard input"
    parser.add_argument("file", metavar="FILE", help=known)
    parser.add_argument("more", nargs="*", help=argparse.SUPPRESS)
    add_languages(parser, "of the columns of a table whose first line names none")
    parser.add_argument("--input-format", metavar="FORMAT", help="where the name does not tell")
    parser.add_argument("--encoding", help="of FILE (default: UTF-8, else cp1252)")


def read_rows(args: argparse.Namespace, ahead: int) -> tuple[list[Row], Iterator[Row]]:
    """Return the first rows, *ahead* of the others, and all rows as they come.

    Raises:
        InputError: if the file cannot be read.
        ValueError: if there are several.
    """
    from aligner.formats.bitext import iter_rows

    if args.more:
        files = " ".join((args.file, *args.more))
        raise ValueError(
            "this takes one file that holds the versions side by side; "
            f"for a file each: aligner compare {files}"
        )
    rows = iter_rows(
        args.file, format=args.input_format, languages=args.languages, encoding=args.encoding
    )
    first = list(islice(rows, ahead))
    _note_languages(args, first)
    return first, chain(first, rows)


def _note_languages(args: argparse.Namespace, rows: Sequence[Row]) -> None:
    """Note what the texts of *rows* look like, where that is not what their columns say."""
    from aligner._language import mistaken_note

    for language in dict.fromkeys(chain.from_iterable(row.texts for row in rows)):
        texts = "\n".join(row.texts.get(language, "") for row in rows)
        told = mistaken_note(args.file, language, texts)
        if told:
            note(args, told)
