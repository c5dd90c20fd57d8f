"""What several commands share: options that mean the same everywhere, notes, examples."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from aligner._errors import OutputError
from aligner._progress import ProgressBar
from aligner._storage import STDIO, is_url
from aligner._tags import language_tags
from aligner._timing import stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_command(
    commands: Subparsers, name: str, help: str, examples: str
) -> argparse.ArgumentParser:
    """Return the parser of a new command; its help ends with *examples*."""
    return commands.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_output(
    parser: argparse.ArgumentParser,
    formats: Iterable[str],
    default: str,
    *,
    several: bool = False,
) -> None:
    """Add ``-o``, which may be given more than once where there are *several*, and ``--format``."""
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        action="append" if several else "store",
        help="write to this file, in the format of its extension; - is standard output"
        + ("; may be repeated" if several else ""),
    )
    known = list(formats)
    parser.add_argument(
        "--format",
        choices=known,
        metavar="FORMAT",
        help=f"{', '.join(known)} (default: {default})",
    )


def outputs_of(args: argparse.Namespace, extensions: Iterable[str]) -> list[str]:
    """Return where the result goes, of an ``-o`` that may be repeated: standard output if nowhere.

    What cannot be written is better known before the work than after.

    Args:
        extensions: those that say a format.

    Raises:
        ValueError: if there are several and one ``--format`` for all.
        OutputError: for a folder that does not exist, an extension that says no format, or a file
            that is read as well.
    """
    if args.format and len(args.output or ()) > 1:
        raise ValueError("--format is for one output; several are written by their extensions")
    outputs: list[str] = args.output or [STDIO]
    known = [*extensions]
    for output in outputs:
        spare(output, args.files)
        folder = Path(output).parent
        if not is_url(output) and not folder.is_dir():
            raise OutputError(f"{output}: cannot be written (there is no folder {folder})")
        if output != STDIO and not args.format and Path(output).suffix.lower() not in known:
            names = ", ".join(known)
            raise OutputError(f"{output}: no format has this extension ({names}); say --format")
    return outputs


def format_of(args: argparse.Namespace, extensions: Mapping[str, str], default: str) -> str:
    """Return the format named, else that of the extension of the file to be written."""
    suffix = Path(args.output or STDIO).suffix.lower()
    return args.format or extensions.get(suffix, default)


def spare(output: str | None, inputs: Iterable[str]) -> None:
    """Raise `OutputError` if the file to be written is one of those that are read."""
    for read in inputs:
        with suppress(OSError):
            if output and Path(output).samefile(read):
                raise OutputError(f"{output}: is read and would be lost; write another file")


def add_encoder(parser: argparse._ActionsContainer) -> None:
    """Add ``--encoder``."""
    parser.add_argument(
        "--encoder",
        metavar="NAME",
        help="embedded (default), context, e5-small, a folder or a hub name",
    )


def add_languages(parser: argparse.ArgumentParser, help: str) -> None:
    """Add ``--languages``: a list of tags, whatever the command does with them."""
    parser.add_argument("--languages", type=_languages, metavar="L,L", help=help)


def _languages(text: str) -> list[str]:
    try:
        return language_tags(text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add ``--config``, ``--quiet`` and ``--verbose``."""
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="settings file (default: the nearest aligner.toml or [tool.aligner])",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no notes on standard error")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="say how long each stage takes"
    )


@contextmanager
def timings(args: argparse.Namespace) -> Iterator[None]:
    """Print how long each stage takes on standard error, where ``--verbose`` asks for it."""
    if not getattr(args, "verbose", False):
        yield
        return
    import logging

    logger = logging.getLogger("aligner")
    handler, level = logging.StreamHandler(sys.stderr), logger.level
    handler.setFormatter(logging.Formatter("time: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with stage("all"):
            yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def progress_bar(args: argparse.Namespace, *labels: str, **options: int) -> ProgressBar | None:
    """Return a bar for long work on a terminal, unless it is to be quiet."""
    shown = sys.stderr.isatty() and not args.quiet
    return ProgressBar(*labels, **options) if shown else None


@contextmanager
def text_output(path: str | None) -> Iterator[TextIO]:
    """Open *path* for a result that is written as it comes; none, or ``-``, is standard output.

    A file appears when all is written, or not at all.
    """
    if path is None or path == STDIO:
        yield sys.stdout
        return
    from aligner._save import opened

    with opened(path) as file, TextIOWrapper(file, encoding="utf-8", newline="") as text:
        yield text


def print_text(text: str) -> None:
    """Print a result for people, with question marks for what the terminal cannot show."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding))


def printable(text: str) -> str:
    """Return *text* with escapes for what no stream takes: bytes in the name of a file."""
    from aligner._save import encoded

    return encoded(text).decode()


def note(args: argparse.Namespace, message: str) -> None:
    """Print a note on standard error, unless it is to be quiet."""
    if not args.quiet:
        print(printable(f"note: {message}"), file=sys.stderr)


def note_left_out(args: argparse.Namespace, left_out: Iterable[tuple[str, str]], how: str) -> None:
    """Note the paths that were left out and why, those with the same reason on one line."""
    by_reason: dict[str, list[str]] = {}
    for path, reason in left_out:
        by_reason.setdefault(reason, []).append(path)
    for reason, (first, *others) in by_reason.items():
        more = f" and {len(others)} more" if others else ""
        note(args, f"{first}{more}: {reason}; {how}")


def use_colour(stream: object) -> bool:
    """Whether *stream* is a terminal that wants colour (https://no-color.org)."""
    is_terminal = bool(getattr(stream, "isatty", lambda: False)())
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
