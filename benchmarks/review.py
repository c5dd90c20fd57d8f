"""The review page with 20,000 beads, in the browser's own timing, and 200 random kills.

    python benchmarks/review.py [--beads 20000] [--kills 200]

The page is driven in headless Chromium. An operation is timed from the key press until the frame
that shows it; ``first paint`` is the browser's own entry. A kill ends a process that works on a
project at a random moment; whatever it had acknowledged must be in the log, and the log must replay
to the same state.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import synthetic

from aligner import Project

_OPERATIONS = (
    ("next segment", "ArrowDown"),
    ("merge", "m"),
    ("move down", "Shift+ArrowDown"),
    ("unlink", "u"),
    ("confirm", "c"),
    ("next finding", "f"),
    ("accept", "a"),
    ("undo", "z"),
    ("redo", "y"),
)
_CORRECTIONS = ("merge", "move down", "unlink")
_REST = 700  # milliseconds, in which what follows a correction is done
_TIMED = """
key => new Promise(done => {
  const begin = performance.now();
  const seen = document.body.dataset.drawn;
  const look = () => document.body.dataset.drawn !== seen
    ? requestAnimationFrame(() => done(performance.now() - begin)) : requestAnimationFrame(look);
  const pressed = { key: key.split("+").at(-1), shiftKey: key.includes("Shift+") };
  document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { ...pressed, bubbles: true, cancelable: true }));
  look();
})
"""
_SCROLLED = """
places => (async () => {
  const grid = document.getElementById("grid"), times = [];
  for (const place of places) {
    await new Promise(requestAnimationFrame);
    const begin = performance.now();
    grid.scrollTop = place * grid.scrollHeight;
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - begin);
    await new Promise(done => setTimeout(done, 150));
  }
  return times;
})()
"""
_WORKER = """
import random, sys
from aligner._review import Project, operation_of
with Project.open(sys.argv[1]) as project:
    while True:
        state = project.state
        row = random.choice(state.order)
        for name in ("merge", "confirm", "undo", "redo"):
            fields = {"merge": {"row": row}, "confirm": {"rows": [row]}}.get(name, {})
            try:
                print(project.perform(operation_of({"name": name} | fields)).number, flush=True)
            except ValueError:
                pass
        project.follow_up()
"""


def browser(path: Path) -> None:
    """Print how long the page takes to open, to scroll, and for each operation."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "aligner", "review", "-q", "--no-browser", str(path)]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert served.stdout is not None
    link = served.stdout.readline().strip()
    with sync_playwright() as driver:
        chromium = os.environ.get("ALIGNER_CHROMIUM", "/usr/bin/chromium")
        launched = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = launched.new_page(viewport={"width": 1280, "height": 900})
        page.goto(link)
        page.wait_for_selector("body[data-ready]")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        ready = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
        print(f"{'first paint':<24}{paint:8.0f} ms\n{'ready for keys':<24}{ready:8.0f} ms")
        page.wait_for_timeout(3000)
        _line("scrolling anywhere", page.evaluate(_SCROLLED, [random.random() for _ in range(20)]))
        page.keyboard.press("Home")
        for name, key in _OPERATIONS:
            found = []
            for _ in range(7):
                page.wait_for_timeout(_REST)
                found.append(page.evaluate(_TIMED, key))
                if name in _CORRECTIONS:
                    page.wait_for_timeout(_REST)
                    for _ in range(3):
                        page.evaluate(_TIMED, "ArrowDown")
            _line(name, found)
        launched.close()
    served.send_signal(signal.SIGINT)
    served.wait()


def _line(name: str, times: list[float]) -> None:
    middle = statistics.median(times)
    print(f"{name:<24}{middle:8.0f} ms   worst {max(times):.0f} ms of {len(times)}", flush=True)


def kills(folder: Path, count: int) -> None:
    """Print how many of *count* kills lost nothing; every twentieth begins a new project."""
    good = told_all = 0
    for number in range(count):
        path = folder / f"small-{number // 20}.aligner"
        if number % 20 == 0:
            Project.create(path, synthetic(60, 0.2)).close()
        worker = subprocess.Popen([sys.executable, "-c", _WORKER, path], stdout=subprocess.PIPE)
        assert worker.stdout is not None
        first = worker.stdout.readline()
        time.sleep(random.random() / 4)
        worker.send_signal(signal.SIGKILL)
        told = [first, *worker.stdout.read().splitlines(keepends=True)]
        worker.wait()
        last = int([line for line in told if line.endswith(b"\n")][-1])
        with Project.open(path) as one, Project.open(path) as other:
            good += last <= one.number <= last + 2 and one.state == other.state
            told_all += len(told)
    print(f"{'kills':<24}{good} of {count} lost nothing; {told_all:,} operations acknowledged")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beads", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=200)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.beads:
            large = Path(folder, "large.aligner")
            begin = time.perf_counter()
            Project.create(large, synthetic(args.beads, 0.08)).close()
            print(f"{'project written':<24}{time.perf_counter() - begin:8.2f} s")
            begin = time.perf_counter()
            Project.open(large).close()
            print(f"{'project opened':<24}{time.perf_counter() - begin:8.2f} s")
            browser(large)
        if args.kills:
            kills(Path(folder), args.kills)


if __name__ == "__main__":
    main()
