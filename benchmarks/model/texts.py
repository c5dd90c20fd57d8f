"""The text that the embedded model is trained on, gathered into one folder of ``.tsv.gz``.

    python benchmarks/model/texts.py WORK

Two sources: the bitext in ``$ALIGNER_TRAIN`` (default ``../shared/train``), where present, and the
message catalogues and the installation guide of the Debian packages in ``packages.txt``
(bookworm), fetched with ``apt-get download``. Half of FreeDict's German-Swedish entries are
explanations in German and not translations: entries whose sides do not look like their languages
are left out, and what remains gives, through German, English-Swedish entries as well.
"""

from __future__ import annotations

import gettext
import gzip
import html
import io
import math
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
PAIRS = ("en-de", "en-sv", "de-sv")
DICTIONARIES = ("ding", "freedict")
# How often a pair of a source is drawn, relative to a dictionary entry; all else is prose.
WEIGHTS = {"ding": 1.5, "freedict": 1.0, "pivot": 1.0, "gettext": 3.0, "packages-short": 3.0}
PROSE = 8.0
MARGIN = -0.6  # nats a character by which an entry may look more like the other language
Pair = tuple[str, str]


def read(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a packed table."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 2:
                yield cells[0], cells[1]


def source_of(path: Path) -> str:
    """Return the name of the source that a packed table is from."""
    return path.name.split(".")[0]


def write(path: Path, pairs: Iterable[Pair]) -> None:
    """Write *pairs* sorted, so that the same text gives the same file."""
    rows = sorted(set(pairs))
    with gzip.GzipFile(path, "wb", mtime=0) as packed:
        packed.write("".join(f"{a}\t{b}\n" for a, b in rows).encode())
    print(f"{path.name}: {len(rows):,} pairs", flush=True)


# --- Debian packages


def unpack(package: str, folder: Path) -> Path:
    """Fetch and unpack a Debian package, unless that has been done."""
    target = folder / package
    if not target.is_dir():
        target.mkdir(parents=True)
        subprocess.run(["apt-get", "download", "-qq", package], cwd=folder, check=True)
        archive = next(folder.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        archive.unlink()
    return target


def catalogue(file: io.BufferedIOBase) -> dict[str, str]:
    """Return the messages of a ``.mo`` file; a context before the message is dropped."""
    try:
        messages = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # no public list
    except (OSError, UnicodeDecodeError):
        return {}
    items = messages.items()
    return {k.split("\x04")[-1]: v for k, v in items if isinstance(k, str) and k and v}


def catalogues(folder: Path) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield the German and the Swedish messages of each catalogue below *folder*."""
    for swedish in sorted(folder.rglob("sv/LC_MESSAGES/*.mo")):
        german = Path(str(swedish).replace("/sv/LC_MESSAGES/", "/de/LC_MESSAGES/"))
        with swedish.open("rb") as sv:
            found = catalogue(sv)
        if german.is_file():
            with german.open("rb") as de:
                yield catalogue(de), found
        else:
            yield {}, found
    for packed in sorted(folder.rglob("localization/locales.zip")):
        with zipfile.ZipFile(packed) as archive:
            german_messages, swedish_messages = (
                catalogue(io.BytesIO(archive.read(f"{language}/messages.mo")))
                for language in ("de", "sv")
            )
            yield german_messages, swedish_messages


def plain(text: str) -> str:
    """Return a message without markup and without the mark of its accelerator."""
    text = re.sub(r"<[^>]+>", " ", text)
    if text.count("_") + text.count("&") == 1:
        text = re.sub(r"(?<=\w)?[_&](?=\w)", "", text)
    return " ".join(html.unescape(text).split())


def usable(text: str) -> bool:
    return 2 <= len(text) < 1200 and re.search(r"[^\W\d_]{3}", text) is not None


def from_catalogues(folder: Path) -> dict[str, set[Pair]]:
    """Return the pairs of all catalogues; English is the message itself."""
    pairs: dict[str, set[Pair]] = {pair: set() for pair in PAIRS}
    for german, swedish in catalogues(folder):
        for message in german.keys() | swedish.keys():
            texts = {
                "en": plain(message),
                "de": plain(german.get(message, "")),
                "sv": plain(swedish.get(message, "")),
            }
            for pair in PAIRS:
                one, two = (texts[language] for language in pair.split("-"))
                if usable(one) and usable(two) and one != two:
                    pairs[pair].add((one, two))
    return pairs


_BLOCK = re.compile(
    r"<(p|h[1-6]|dt|li|td|th)\b[^>]*>(.*?)"
    r"(?=<(?:p|h[1-6]|dt|dd|li|td|th|/div|/p|/table|/dl|/ul)\b)",
    re.DOTALL,
)


def from_guide(folder: Path) -> dict[str, set[Pair]]:
    """Return the blocks of the installation guide, of pages with the same number of blocks."""
    pairs: dict[str, set[Pair]] = {pair: set() for pair in PAIRS}
    root = folder / "usr/share/doc/installation-guide-amd64"
    for page in sorted(path.name for path in (root / "en").glob("*.html")):
        blocks = {}
        for language in ("en", "de", "sv"):
            path = root / language / page
            if path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                blocks[language] = [b for _, raw in _BLOCK.findall(text) if (b := plain(raw))]
        for pair in PAIRS:
            one, two = (blocks.get(language, []) for language in pair.split("-"))
            if len(one) == len(two):
                pairs[pair] |= {
                    (a, b)
                    for a, b in zip(one, two, strict=True)
                    if a != b and len(a) > 3 and 0.5 < len(a) / len(b) < 2
                }
    return pairs


# --- dictionaries


def grams(text: str) -> list[str]:
    text = f" {text} "
    return [text[i : i + n] for n in (2, 3, 4, 5) for i in range(len(text) - n + 1)]


class Look:
    """How much a short text looks like a language: character n-grams, naive Bayes."""

    def __init__(self, sources: Iterable[Path]) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        for path in sources:
            languages = path.name.split(".")[1].split("-")
            for number, pair in enumerate(read(path)):
                if number % 4 == 0 and number < 200_000:
                    for language, text in zip(languages, pair, strict=True):
                        self._counts[language].update(set(grams(text[:120])))
        self._totals = {language: c.total() for language, c in self._counts.items()}

    def score(self, text: str, language: str) -> float:
        counts, total = self._counts[language], self._totals[language]
        return sum(math.log((counts[g] + 0.5) / total) for g in grams(text)) / max(1, len(text))

    def fits(self, text: str, language: str, other: str) -> bool:
        return self.score(text, language) - self.score(text, other) > MARGIN


def through_german(english: Iterable[Pair], swedish: Iterable[Pair]) -> set[Pair]:
    """Return English-Swedish entries that share a German word with few translations."""
    to_english: dict[str, set[str]] = defaultdict(set)
    for en, de in english:
        if len(de.split()) <= 3 and len(en.split()) <= 4:
            to_english[de].add(en)
    to_swedish: dict[str, set[str]] = defaultdict(set)
    for de, sv in swedish:
        if len(sv.split()) <= 3:
            to_swedish[de].add(sv)
    return {
        (en, sv)
        for de, words in to_swedish.items()
        if len(words) <= 3 and len(to_english.get(de, ())) <= 4
        for en in to_english.get(de, ())
        for sv in words
    }


# --- all together


def gather(work: Path) -> list[Path]:
    """Write everything to *work* as ``source.l1-l2.tsv.gz``; return the files."""
    work.mkdir(parents=True, exist_ok=True)
    shared = Path(os.environ.get("ALIGNER_TRAIN", HERE.parents[2] / "shared" / "train"))
    given = sorted(shared.glob("*.tsv.gz"))
    if not given:
        print(f"no bitext in {shared}; the packages alone make a weak model", file=sys.stderr)
    look = Look([path for path in given if not path.name.startswith("freedict")])
    kept: dict[str, list[Pair]] = {}
    for path in given:
        source, pair = path.name.split(".")[:2]
        one, two = pair.split("-")
        pairs: Iterable[Pair] = read(path)
        if source == "freedict":
            pairs = [
                (a, b)
                for a, b in pairs
                if look.fits(a, one, two) and look.fits(b, two, one) and len(b) > 3
            ]
        if source in DICTIONARIES:
            kept[path.name] = list(pairs)
            pairs = kept[path.name]
        write(work / path.name, pairs)
    if kept:
        english = [p for name in kept if name.split(".")[1] == "en-de" for p in kept[name]]
        swedish = kept.get("freedict.de-sv.tsv.gz", [])
        write(work / "pivot.en-sv.tsv.gz", through_german(english, swedish))
    _packages(work, given)
    return sorted(work.glob("*.tsv.gz"))


def _packages(work: Path, given: list[Path]) -> None:
    packages = (HERE / "packages.txt").read_text().split()
    folders = [unpack(package, work / "packages") for package in packages]
    for pair in PAIRS:
        seen = {a for path in given if f".{pair}." in path.name for a, _ in read(path)}
        found: set[Pair] = set()
        for folder in folders:
            found |= from_catalogues(folder)[pair]
        guide = work / "packages" / "installation-guide-amd64"
        found |= from_guide(guide)[pair]
        fresh = [p for p in found if p[0] not in seen]
        long = {p for p in fresh if len(p[0].split()) >= 6}
        write(work / f"packages-prose.{pair}.tsv.gz", long)
        write(work / f"packages-short.{pair}.tsv.gz", set(fresh) - long)


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
