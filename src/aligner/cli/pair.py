"""``aligner pair``: which files of a folder are versions of one text."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from aligner.cli._common import (
    add_command,
    add_encoder,
    add_settings,
    format_of,
    note,
    note_left_out,
    spare,
)
from aligner.cli._settings import load_settings

if TYPE_CHECKING:
    import argparse

    from aligner.cli._common import Subparsers
    from aligner.pairing import Pairing

_EXAMPLES = """\
  aligner pair data/samples
  aligner pair english/ german/ swedish/ --format json
  aligner pair texts/ -o texts.jsonl
  aligner corpus run texts.jsonl -o aligned/
"""


def add_parser(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "pair", "find which files are versions of one text", _EXAMPLES)
    parser.add_argument("paths", nargs="+", metavar="FOLDER", help="folders, or files")
    parser.add_argument("--names", action="store_true", help="let file names count too")
    add_encoder(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="write to this file: .json is json, .jsonl the manifest, others text",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "manifest"),
        metavar="FORMAT",
        help="text, json, or the manifest that corpus run takes (default: by OUT, else text)",
    )
    add_settings(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Pair the files and print or write the groups."""
    from aligner._save import save
    from aligner._storage import STDIO
    from aligner.pairing import pair_documents
    from aligner.report.wording import count

    spare(args.output, args.paths)
    render = _RENDERERS[format_of(args, {".json": "json", ".jsonl": "manifest"}, "text")]
    settings = load_settings(args.config)
    found = pair_documents(args.paths, encoder=args.encoder or settings.encoder, names=args.names)
    note_left_out(args, ((file.path, file.problem) for file in found.unreadable), "not paired")
    save(render(found).encode("utf-8", "surrogateescape"), args.output or STDIO)
    groups, files = count(len(found.groups), "group"), count(len(found.left_over), "file")
    note(args, f"{groups}, {files} left over")
    return 0


def _text(found: Pairing) -> str:
    lines = []
    for group in found.groups:
        lines.append(f"{group.score:.2f}  {', '.join(group.languages)}")
        lines += [f"      {path}" for path in group.paths]
    if found.left_over:
        lines.append("left over")
    for one in found.left_over:
        near = f"nearest {one.nearest} {one.score:.2f}" if one.nearest else "nothing near"
        if one.is_part:
            near = f"part of {one.nearest} {one.score:.2f}"
        lines.append(f"      {one.path} ({one.language}), {near}")
    return "".join(f"{line}\n" for line in lines)


def _json(found: Pairing) -> str:
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _manifest(found: Pairing) -> str:
    """Return one row a group, with absolute paths: the file may be used from anywhere."""
    rows = found.manifest()
    for row in rows:
        paths = row["paths"]
        assert isinstance(paths, dict)
        row["paths"] = {version: os.path.abspath(path) for version, path in paths.items()}
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


_RENDERERS = {"text": _text, "json": _json, "manifest": _manifest}
