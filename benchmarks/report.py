"""How long a report of 20,000 beads takes to write, and headless Chromium to open.

    python benchmarks/report.py [--beads 20000] [--density 0.08]

The beads repeat a few sentences; *density* is the share of them with a finding.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from aligner import Alignment, Bead, Comparison, Divergence, Document, Signature, Span
from aligner.report import FORMATS, Report, render

SENTENCES = {
    "en": "The council of the town agreed on {} measures, and they begin on the third of May.",
    "de": "Der Rat der Stadt einigte sich auf {} Maßnahmen, und sie beginnen am dritten Mai.",
    "sv": "Stadens råd enades om {} åtgärder, och de börjar den tredje maj som det var tänkt.",
}


def synthetic(beads: int, density: float) -> Comparison:
    """Return a comparison of three versions with a finding in every so many beads."""
    names = tuple(SENTENCES)
    documents = []
    for name, sentence in SENTENCES.items():
        texts = [sentence.format(number) for number in range(beads)]
        made = Document.from_segments(texts, language=name)
        documents.append(Document(made.text, made.blocks, made.segments, name, name))
    step = max(round(1 / density), 1) if density else beads + 1
    found = []
    for bead in range(0, beads, step):
        starts = [document.segments[bead].start + 20 for document in documents]
        spans = {n: (Span(s, s + 8),) for n, s in zip(names, starts, strict=True)}
        message = "the numbers differ: 12 in German, 21 in the others"
        found.append(Divergence("D201", "number", "major", 0.9, bead, spans, message, odd="de"))
    sides = (Bead(names, ((i,),) * 3, 0.97) for i in range(beads))
    signature = Signature("benchmark", "none", "lines")
    return Comparison(Alignment(tuple(documents), tuple(sides), signature), tuple(found))


def opened(path: Path) -> float | None:
    """Return the seconds until the page is loaded, best of three; ``None`` without a browser."""
    import os
    import shutil

    chromium = os.environ.get("ALIGNER_CHROMIUM") or shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if chromium is None:
        return None
    times = []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(3):
            page = browser.new_page()
            begin = time.perf_counter()
            page.goto(path.as_uri(), wait_until="load")
            times.append(time.perf_counter() - begin)
            page.close()
        browser.close()
    return min(times)


def main() -> None:
    """Print a line for each format, and one for the browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beads", type=int, default=20_000)
    parser.add_argument("--density", type=float, default=0.08)
    args = parser.parse_args()
    comparison = synthetic(args.beads, args.density)
    print(f"{args.beads:,} beads, {len(comparison.divergences):,} findings")
    for name in FORMATS:
        begin, worked = time.perf_counter(), time.process_time()
        size = len(render(comparison, name).encode())
        seconds, worked = time.perf_counter() - begin, time.process_time() - worked
        print(f"{name:<9} {seconds:6.2f} s (CPU {worked:5.2f} s) {size / 1e6:7.1f} MB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        Report(comparison).write_html(path)
        loaded = opened(path)
        print("no browser" if loaded is None else f"opened    {loaded:6.2f} s")


if __name__ == "__main__":
    main()
