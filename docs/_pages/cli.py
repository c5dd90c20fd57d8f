"""The page of the command line, made from the parsers of the commands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from aligner.cli import build_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
# Command line

<!-- Made by docs/generate.py from the parsers; do not edit. -->

Results go to standard output, notes and progress to standard error, so results can be piped.
Colour appears on a terminal only, and never under `NO_COLOR`. A file called `-` is standard input.

| exit code | |
|---|---|
| 0 | done, and no finding at or above `--fail-on` |
| 1 | findings at or above `--fail-on` |
| 2 | wrong usage: an option, a setting, a missing extra |
| 3 | a file that cannot be read as what it claims to be |

Options come from the command line, then from `aligner.toml` or `[tool.aligner]` of
`pyproject.toml` in this folder or the nearest one above it, then the defaults:

```toml
encoder = "embedded"
languages = ["en", "de", "sv"]

[align]
max_side = 3
```
"""


def cli_page() -> str:
    """Return the page of every command."""
    commands = dict(_commands(build_parser(), "aligner"))
    contents = "\n".join(
        f"- [`{name}`](#{name.replace(' ', '-')}): {p.description}" for name, p in commands.items()
    )
    sections = "\n\n".join(_section(name, parser) for name, parser in commands.items())
    return f"{_HEAD}\n{contents}\n\n{sections}\n"


def _commands(
    parser: argparse.ArgumentParser, name: str
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, command in action.choices.items():
                inner = list(_commands(command, f"{name} {word}"))
                yield from inner or [(f"{name} {word}", command)]


def _section(name: str, parser: argparse.ArgumentParser) -> str:
    shown = (a for a in parser._actions if a.help != argparse.SUPPRESS)
    actions = [a for a in shown if not isinstance(a, argparse._HelpAction)]
    usage = " ".join([name, "[OPTIONS]", *map(_positional, actions)]).rstrip()
    rows = [f"| {_name(a)} | {_help(parser, a)} |" for a in actions]
    parts = [f"## {name}", parser.description or "", f"```text\n{usage}\n```"]
    parts.append("| | |\n|---|---|\n" + "\n".join(rows))
    if parser.epilog:
        parts.append(_examples(parser.epilog))
    return "\n\n".join(parts)


def _positional(action: argparse.Action) -> str:
    if action.option_strings:
        return ""
    name = str(action.metavar or action.dest)
    return f"{name} ..." if action.nargs in {"+", "*"} else name


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{action.metavar or action.dest}`"
    value = ""
    if action.nargs != 0:
        value = f" {action.metavar or '{' + ','.join(map(str, action.choices or ())) + '}'}"
        value = value if value != " {}" else f" {action.dest.upper()}"
    return ", ".join(f"`{option}{value}`" for option in action.option_strings)


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    text = parser._get_formatter()._expand_help(action) if action.help else ""
    return " ".join(text.split()).replace("|", "\\|")


def _examples(epilog: str) -> str:
    """Return the epilog: commands as blocks that the tests run where the samples suffice."""
    lines = epilog.removeprefix("examples:\n").splitlines()
    commands = [line.strip() for line in lines if line.startswith("  aligner ")]
    others = (line.strip() for line in lines if not line.startswith("  aligner "))
    prose = " ".join(filter(None, others))
    there = [c for c in commands if "data/samples/" in c and _ends(c)]
    missing = [c for c in commands if c not in there]
    blocks = [("sh", there), ("sh example", missing)]
    parts = [f"```{mark}\n" + "\n".join(block) + "\n```" for mark, block in blocks if block]
    return "\n\n".join([*parts, prose] if prose else parts)


def _ends(command: str) -> bool:
    """Whether *command* comes to an end by itself: the review page is served until stopped."""
    return not command.startswith("aligner review ") or "--export" in command
