"""The sample texts and their gold, read without the package."""

from __future__ import annotations

import itertools
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
LANGUAGES = ("en", "de", "sv")


def versions(name: str) -> list[str]:
    return [v for v in LANGUAGES if (SAMPLES / name / f"{v}.txt").exists()]


def all_versions() -> list[tuple[str, str]]:
    """Return each sample with each of its versions."""
    names = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
    return [(name, version) for name in names for version in versions(name)]


def read_text(name: str, version: str) -> str:
    return (SAMPLES / name / f"{version}.txt").read_bytes().decode("utf-8")


def read_segments(name: str, version: str) -> list[tuple[int, int, str]]:
    lines = (SAMPLES / name / f"gold.segments.{version}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in lines.splitlines()]
    return [(int(start), int(end), kind) for start, end, kind in rows]


def pairs(name: str) -> list[tuple[str, str]]:
    both = itertools.combinations(versions(name), 2)
    return [pair for pair in both if (SAMPLES / name / f"gold.{'-'.join(pair)}.tsv").exists()]
