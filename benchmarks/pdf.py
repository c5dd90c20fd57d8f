"""Paragraphs and headings that come back from a PDF: the samples, printed by Chromium in layouts.

    python benchmarks/pdf.py
    python benchmarks/pdf.py --chromium /usr/bin/chromium en.txt de.txt sv.txt

Each text becomes a page of HTML with its headings and paragraphs, is printed in three layouts and
read again. Shown are the blocks that come back whole and of their kind, and the beads of the
versions as text and as PDF.
"""

from __future__ import annotations

import argparse
import html
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import aligner

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
LANGUAGES = ("en", "de", "sv")
STYLES = {
    "wide": "",
    "narrow": "body {width: 9cm; font-size: 14px}",
    "columns": "body {columns: 2; font: 10pt serif; text-align: justify} h1, h2 {font-size: 13pt}",
}


def page(document: aligner.Document, style: str) -> str:
    """Return the blocks of a document as HTML."""
    blocks = []
    for block in document.blocks:
        tag = f"h{max(block.level, 1)}" if block.kind == "heading" else "p"
        blocks.append(f"<{tag}>{html.escape(document.text[block.start : block.end])}</{tag}>")
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(blocks)}"


def printed(chromium: str, source: Path) -> Path:
    """Print a page of HTML to a PDF beside it."""
    target = source.with_suffix(".pdf")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    command = [chromium, *options, f"--print-to-pdf={target}", str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def contents(document: aligner.Document) -> Counter[tuple[bool, str]]:
    """Return the words of each block, and whether it is a heading."""
    return Counter(
        (block.kind == "heading", " ".join(document.text[block.start : block.end].split()))
        for block in document.blocks
    )


def measure(name: str, paths: Sequence[Path], chromium: str, folder: Path) -> None:
    """Print what comes back of one text in all layouts."""
    texts = [aligner.read(path) for path in paths]
    beads = len(aligner.align(*texts, languages=LANGUAGES[: len(texts)]).beads)
    for layout, style in STYLES.items():
        read, same, whole = [], 0, 0
        for language, text in zip(LANGUAGES, texts, strict=False):
            source = folder / f"{name}.{layout}.{language}.html"
            source.write_text(page(text, style), encoding="utf-8")
            read.append(aligner.read(printed(chromium, source)))
            same += (contents(aligner.read(source)) & contents(read[-1])).total()
            whole += contents(aligner.read(source)).total()
        found = len(aligner.align(*read, languages=LANGUAGES[: len(texts)]).beads)
        print(f"{name:10} {layout:8} {same:3} of {whole:3} blocks, {found:2} beads of {beads}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "texts", nargs="*", type=Path, metavar="TEXT", help="en, de, sv of one text"
    )
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.texts:
            measure("own", arguments.texts, arguments.chromium, Path(folder))
            return
        for name in ("statement", "story"):
            paths = [SAMPLES / name / f"{language}.txt" for language in LANGUAGES]
            measure(name, paths, arguments.chromium, Path(folder))


if __name__ == "__main__":
    main()
