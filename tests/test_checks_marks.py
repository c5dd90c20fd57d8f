"""What each check marks, and in which version: small sentences, the exact words.

Below the code of a check, ``data/checks/marks.txt`` has rows of texts by language and what is
marked in them: ``!de / de: alle / en: few`` (the odd version, then the words). A version where
something is missing is not named; where the last cell is empty, nothing is found.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.checks import CheckOptions, check_rows


def rows() -> list[tuple[str, str]]:
    path = Path(__file__).parent / "data" / "checks" / "marks.txt"
    sections = path.read_text(encoding="utf-8").strip().split("\n\n")
    return [
        (code.removeprefix("# "), line)
        for code, *lines in map(str.splitlines, sections)
        for line in lines
    ]


@pytest.mark.parametrize(("code", "line"), rows())
def test_the_words_that_differ_are_marked_and_no_others(code: str, line: str) -> None:
    *texts, expected = [cell.strip() for cell in line.split(" |")]
    row = {language: text for language, _, text in (cell.partition(": ") for cell in texts)}
    assert "; ".join(_marked(code, row)) == expected
    backwards = dict(reversed(row.items()))
    assert sorted(_marked(code, backwards)) == sorted(_marked(code, row))
    assert _marked(code, row, region="-AA") == _marked(code, row)


def _marked(code: str, row: dict[str, str], region: str = "") -> list[str]:
    shown = []
    languages = {version: version + region for version in row}
    options = CheckOptions(select=(code,))
    for found in next(check_rows([row], options, languages=languages)):
        parts = [f"!{found.odd}"] if found.odd else []
        for version, spans in sorted(found.spans.items()):
            parts += [f"{version}: {row[version][span.start : span.end]}" for span in spans]
        shown.append(" / ".join(parts))
    return shown
