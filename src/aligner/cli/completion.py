"""``aligner completion``: what a shell needs to complete commands, options and file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._errors import MissingExtraError
from aligner.cli._common import add_command

if TYPE_CHECKING:
    import argparse

    from aligner.cli._common import Subparsers

_EXAMPLES = """\
  aligner completion bash > ~/.local/share/bash-completion/completions/aligner
  aligner completion zsh > ~/.aligner.zsh
  aligner completion fish > ~/.config/fish/completions/aligner.fish
In ~/.zshrc: source ~/.aligner.zsh, after compinit.
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "completion", "print the completion of a shell", _EXAMPLES)
    parser.add_argument(
        "shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh, fish"
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print what the shell is to run."""
    try:
        from argcomplete.shell_integration import shellcode
    except ImportError as error:
        raise MissingExtraError("completion", "argcomplete", "completion") from error

    print(shellcode(["aligner"], True, args.shell))
    return 0


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell that asks for completions, and end; return where none asks."""
    try:
        from argcomplete import autocomplete
    except ImportError:
        return
    autocomplete(parser)
