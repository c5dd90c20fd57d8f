"""What each check marks, and in which version: small sentences, the exact words.

Below the code of a check, ``data/checks/marks.txt`` has rows of texts by language and what is
marked in them: ``!de / de: alle / en: few`` (the odd version, then the words). A version where
something is missing is not named; where the last cell is empty, nothing is found. What
``unsure.txt`` has is found as well, but only told to those who ask for less than an even chance.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.checks import CheckOptions, check_rows


def rows(name: str) -> list[tuple[str, str]]:
    path = Path(__file__).parent / "data" / "checks" / name
    sections = path.read_text(encoding="utf-8").strip().split("\n\n")
    return [
        (code.removeprefix("# "), line)
        for code, *lines in map(str.splitlines, sections)
        for line in lines
    ]


def read(line: str) -> tuple[dict[str, str], str]:
    *texts, expected = [cell.strip() for cell in line.split(" |")]
    return {language: text for language, _, text in (c.partition(": ") for c in texts)}, expected


@pytest.mark.parametrize(("code", "line"), rows("marks.txt"))
def test_the_words_that_differ_are_marked_and_no_others(code: str, line: str) -> None:
    row, expected = read(line)
    assert "; ".join(_marked(code, row)) == expected
    backwards = dict(reversed(row.items()))
    assert sorted(_marked(code, backwards)) == sorted(_marked(code, row))
    assert _marked(code, row, region="-AA") == _marked(code, row)


@pytest.mark.parametrize(("code", "line"), rows("unsure.txt"))
def test_what_is_unsure_is_told_to_those_who_ask(code: str, line: str) -> None:
    row, expected = read(line)
    assert _marked(code, row) == []
    assert "; ".join(_marked(code, row, least=0.05)) == expected


def _marked(code: str, row: dict[str, str], *, region: str = "", least: float = 0.5) -> list[str]:
    shown = []
    languages = {version: version + region for version in row}
    options = CheckOptions(select=(code,), min_confidence=least)
    for found in next(check_rows([row], options, languages=languages)):
        parts = [f"!{found.odd}"] if found.odd else []
        for version, spans in sorted(found.spans.items()):
            parts += [f"{version}: {row[version][span.start : span.end]}" for span in spans]
        shown.append(" / ".join(parts))
    return shown
