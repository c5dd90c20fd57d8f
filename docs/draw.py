"""Draw the pictures of the documentation from results, as SVG, and the report as it looks.

    python docs/draw.py            # the SVG files
    python docs/draw.py report     # pictures/report.png, in headless Chromium (extra "test")

The texts are a few sentences and the sample story and statement; nothing is drawn that aligner did
not compute.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from _pages.svg import BLUE, COLOURS, INK, PALE, RED, Picture

import aligner

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
PICTURES = Path(__file__).parent / "pictures"
Sides = tuple[tuple[int, ...], ...]
FERRY = {
    "en": [
        "The ferry leaves at seven.",
        "It takes forty minutes and costs nothing.",
        "Bicycles are welcome.",
    ],
    "de": [
        "Die Fähre legt um sieben ab.",
        "Sie braucht vierzig Minuten.",
        "Die Fahrt kostet nichts.",
        "Fahrräder sind willkommen.",
    ],
    "sv": ["Färjan går klockan sju.", "Den tar fyrtio minuter och kostar ingenting."],
}


def beads() -> None:
    """Three versions as columns, a ribbon for each bead."""
    alignment = aligner.align(FERRY)
    picture = Picture(885, 250, "Three versions of a text and the beads that join them")
    lefts = {"en": 20, "de": 320, "sv": 590}
    widths = {"en": 260, "de": 200, "sv": 275}
    row = lambda k: 44 + 44 * k  # noqa: E731
    for name, left in lefts.items():
        picture.text(left, 26, name, fill=COLOURS[name], bold=True)
        for k, words in enumerate(FERRY[name]):
            picture.box(left, row(k), widths[name], 30, fill=COLOURS[name], opacity=0.1)
            picture.text(left + 8, row(k) + 20, words, size=12)
    for bead in alignment:
        for one, two in (("en", "de"), ("de", "sv")):
            if bead[one] and bead[two]:
                x, y = lefts[one] + widths[one], lefts[two]
                picture.shape(
                    [
                        (x, row(bead[one][0])),
                        (y, row(bead[two][0])),
                        (y, row(bead[two][-1]) + 30),
                        (x, row(bead[one][-1]) + 30),
                    ],
                    fill=BLUE,
                    opacity=0.15 + 0.35 * bead.probability,
                )
    types = ", ".join(f"{bead.type} ({bead.probability:.2f})" for bead in alignment)
    picture.text(
        20, 234, f"Beads, with the probability that each is exactly right: {types}", size=12
    )
    picture.save(PICTURES / "beads.svg")


def block_sums() -> None:
    """The products of all segments, and the sum of a block as the similarity of two runs."""
    from aligner._encode import AdditiveEncoder

    encoder = aligner.load_encoder()
    assert isinstance(encoder, AdditiveEncoder)
    one, two = encoder.sums(FERRY["en"]), encoder.sums(FERRY["de"])
    products = one @ two.T
    picture = Picture(860, 270, "The similarity of two runs is the sum of a block")
    _draw_products(picture, products)
    for j, words in enumerate(FERRY["de"]):
        picture.text(580, 76 + 22 * j, f"de {j}  {words}", size=12, fill=COLOURS["de"])
    total = float(products[1, 1] + products[1, 2])
    lengths = [float(np.linalg.norm(row)) for row in (one[1], two[1] + two[2])]
    cosine = total / (lengths[0] * lengths[1])
    lines = [
        "The run de 1..2 against en 1:",
        f"{products[1, 1]:.1f} + {products[1, 2]:.1f} = {total:.1f}",
        f"cosine = {total:.1f} / ({lengths[0]:.1f} · {lengths[1]:.1f}) = {cosine:.2f}",
        "Nothing but the segments was encoded.",
    ]
    for k, words in enumerate(lines):
        picture.text(580, 182 + 21 * k, words, size=12.5, fill=RED if k < 3 else INK)
    picture.save(PICTURES / "block-sums.svg")


def _draw_products(picture: Picture, products: NDArray[np.float32]) -> None:
    left, top, cell = 300, 60, 62
    for j in range(products.shape[1]):
        picture.text(left + cell * (j + 0.5), 44, f"de {j}", anchor="middle", size=12)
    for i, words in enumerate(FERRY["en"]):
        y = top + cell * i
        picture.text(left - 12, y + cell / 2 + 4, f"{words}  en {i}", anchor="end", size=12)
        for j, value in enumerate(products[i].tolist()):
            x, shade = left + cell * j, max(value, 0) / float(products.max())
            picture.box(x, y, cell - 3, cell - 3, fill=BLUE, opacity=0.05 + 0.6 * shade)
            middle = x + cell / 2
            picture.text(middle, y + cell / 2 + 4, f"{value:.1f}", anchor="middle", size=12)
    picture.box(left + cell - 3, top + cell - 3, 2 * cell + 2, cell + 2, stroke=RED, thick=2.5)


def posteriors() -> None:
    """Beads that compete for a stretch of the story, as deep as their posterior."""
    folder = ROOT / "data" / "samples" / "story"
    alignment = aligner.align({name: str(folder / f"{name}.txt") for name in ("en", "de")})
    first = max(range(len(alignment) - 10), key=lambda k: _doubt(alignment, k))
    chosen = [bead for bead in alignment.beads[first : first + 10] if not bead.moved]
    rows = sorted(k for bead in chosen for k in bead["en"])
    columns = sorted(k for bead in chosen for k in bead["de"])
    left, top, cell = 60, 50, 30
    picture = Picture(860, 90 + cell * len(rows), "Beads that compete for a stretch of text")
    for i, k in enumerate(rows):
        picture.text(left - 8, top + cell * i + 19, f"en {k}", anchor="end", size=11, fill=PALE)
    for j, name in enumerate([*map(str, columns), "de"]):
        middle = left + cell * (j + 0.5)
        picture.text(middle, top - 8, name, anchor="middle", size=11, fill=PALE)
    reported = {bead.sides for bead in chosen}
    for sides, posterior in sorted(_rivals(alignment, first).items(), key=lambda item: item[1]):
        side, other = sides
        if side and other and set(side) <= set(rows) and set(other) <= set(columns):
            x, y = left + cell * columns.index(other[0]), top + cell * rows.index(side[0])
            stroke, thick = (RED, 2.0) if sides in reported else (PALE, 0.8)
            width, height = cell * len(other) - 4, cell * len(side) - 4
            box = (x + 2, y + 2, width, height)
            picture.box(*box, fill=BLUE, opacity=0.85 * posterior, stroke=stroke, thick=thick)
    legend = (
        "Each box is a bead that could be;",
        "the deeper its blue, the higher its posterior.",
        "Red frames: the beads reported.",
        "The other boxes were weighed as well.",
    )
    for k, words in enumerate(legend):
        picture.text(left + cell * len(columns) + 60, top + 24 + 22 * k, words, size=12.5)
    picture.save(PICTURES / "posteriors.svg")


def _rivals(alignment: aligner.Alignment, first: int) -> dict[Sides, float]:
    """Return the posterior of every bead that competes for the ten from *first* on."""
    posterior: dict[Sides, float] = {}
    for k in range(first, first + 10):
        for rival in alignment.explain(k):
            sides = rival.bead.sides
            posterior[sides] = max(posterior.get(sides, 0), rival.probability)
    return posterior


def _doubt(alignment: aligner.Alignment, first: int) -> float:
    beads = alignment.beads[first : first + 10]
    return sum(1 - bead.probability for bead in beads if not bead.is_null and not bead.moved)


def consistency() -> None:
    """A doubtful link of two versions, and the way through the third."""
    texts = {
        "en": "Mind the gap!",
        "de": "Vorsicht an der Bahnsteigkante!",
        "sv": "Se upp för avståndet!",
    }
    encoder = aligner.load_encoder()
    vectors = {name: encoder.encode([words])[0] for name, words in texts.items()}
    picture = Picture(860, 240, "The other version votes")
    at = {"en": (150, 70), "de": (700, 70), "sv": (425, 195)}
    for one, two in (("en", "de"), ("en", "sv"), ("sv", "de")):
        value = float(vectors[one] @ vectors[two])
        (x1, y1), (x2, y2) = at[one], at[two]
        direct = {one, two} == {"en", "de"}
        picture.line(
            x1,
            y1,
            x2,
            y2,
            stroke=RED if direct else BLUE,
            thick=1 + 7 * max(value, 0),
            opacity=0.6,
            dash="7 5" if direct else "",
        )
        picture.text(
            (x1 + x2) / 2, (y1 + y2) / 2 - 10, f"cosine {value:.2f}", anchor="middle", size=12
        )
    for name, words in texts.items():
        x, y = at[name]
        picture.box(x - 120, y - 20, 240, 40, fill="#ffffff", stroke=COLOURS[name])
        picture.text(x, y + 5, words, anchor="middle", fill=COLOURS[name])
    picture.save(PICTURES / "consistency.svg")


def word_links() -> None:
    """The links of two sentences, as strong as their probability, and the words without one."""
    texts = {
        "en": "The ferry leaves at seven, unless the wind is too strong.",
        "de": "Die Fähre legt morgens um sieben ab.",
    }
    comparison = aligner.compare({name: [words] for name, words in texts.items()})
    picture = Picture(860, 190, "Word links, and the words that have none")
    unit, left, y = 9.1, {"en": 100, "de": 190}, {"en": 60, "de": 140}
    for link in comparison.alignment.words(0):
        one, two = link.versions
        x1 = left[one] + unit * (link.source.start + link.source.end) / 2
        x2 = left[two] + unit * (link.target.start + link.target.end) / 2
        sure = link.probability
        ends = (x1, y[one] + 8, x2, y[two] - 18)
        picture.line(*ends, stroke=BLUE, thick=0.5 + 3 * sure, opacity=sure)
    for name, words in texts.items():
        for span in (s for d in comparison.divergences for s in d.spans.get(name, ())):
            x, width = left[name] + unit * span.start - 2, unit * len(span) + 4
            picture.box(x, y[name] - 18, width, 26, fill=RED, opacity=0.12, stroke=RED)
        picture.text(40, y[name], name, fill=COLOURS[name], bold=True)
        picture.text(left[name], y[name], words, size=17, wide=unit * len(words))
    for k, found in enumerate(comparison.divergences):
        picture.text(100, 172 + 16 * k, f"{found.code}: {found.message}", size=12, fill=RED)
    picture.save(PICTURES / "word-links.svg")


def report() -> None:
    """Open the report of the sample statement and keep what the window shows."""
    from playwright.sync_api import sync_playwright

    os.chdir(ROOT)  # so that the paths in the picture are those that a reader has
    folder = "data/samples/statement"
    comparison = aligner.compare({name: f"{folder}/{name}.txt" for name in ("en", "de", "sv")})
    with tempfile.TemporaryDirectory() as place, sync_playwright() as browsers:
        page_file = Path(place) / "report.html"
        comparison.report().write_html(page_file)
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 900}, color_scheme="light")
        page.goto(page_file.as_uri())
        page.evaluate("document.querySelector('.list details').open = false")
        top = page.locator("section.picture").bounding_box()
        assert top is not None
        below = {"x": 0, "y": top["y"] - 12, "width": 1180, "height": 860}
        page.screenshot(path=PICTURES / "report.png", clip=below, full_page=True)
        browser.close()


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    drawn = (
        [report]
        if "report" in sys.argv[1:]
        else [beads, block_sums, posteriors, consistency, word_links]
    )
    for draw in drawn:
        draw()
    return 0


if __name__ == "__main__":
    sys.exit(main())
