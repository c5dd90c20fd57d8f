"""What makes an accepted finding the same finding, and which findings a text suppresses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import Divergence, Span
from aligner.checks._baseline import (
    Baseline,
    Suppression,
    fingerprint,
    read_baseline,
    write_baseline,
)

if TYPE_CHECKING:
    from pathlib import Path

EN = "The old mill by the river costs 45 euros a day in summer and more in winter."
DE = "Die alte Mühle am Fluss kostet 54 Euro am Tag im Sommer und mehr im Winter."


def divergence(en: str, de: str, marked: tuple[str, str] = ("45", "54")) -> Divergence:
    spans = {
        version: (Span(text.index(words), text.index(words) + len(words)),)
        for version, text, words in (("en", en, marked[0]), ("de", de, marked[1]))
    }
    return Divergence("D201", "number", "major", 0.9, 0, spans, "differs", None, {})


def printed(en: str = EN, de: str = DE, marked: tuple[str, str] = ("45", "54")) -> str:
    return fingerprint(divergence(en, de, marked), {"en": en, "de": de})


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    accepted = Suppression("by the river", "D201", "en", "as agreed")
    write_baseline(tmp_path / "accepted.json", ["b", "a", "b"], [accepted])
    assert read_baseline(tmp_path / "accepted.json") == Baseline(frozenset("ab"), (accepted,))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The old mill", "An old windmill"),
        ("by the river", "by a river"),
        ("in summer", "in spring"),
        ("winter.", "winter, they say. And so on."),
        ("river costs 45", "RIVER   costs -- 45"),
        ("45 euros a", "45 euros, a"),
    ],
)
def test_a_finding_stays_the_same_where_other_words_change(old: str, new: str) -> None:
    assert printed(EN.replace(old, new)) == printed()


@pytest.mark.parametrize(
    ("old", "new"),
    [("river", "lake"), ("costs", "takes"), ("euros", "pounds"), (" a day", " each day")],
)
def test_a_finding_is_another_where_two_words_beside_it_change(old: str, new: str) -> None:
    assert printed(EN.replace(old, new)) != printed()


def test_a_finding_is_another_with_another_value_code_version_or_place() -> None:
    one, texts = divergence(EN, DE), {"en": EN, "de": DE}
    others = [
        printed(EN.replace("45", "46"), marked=("46", "54")),
        printed(de=DE.replace("54", "55"), marked=("45", "55")),
        fingerprint(replace(one, code="D202"), texts),
        fingerprint(replace(one, spans={"en": one.spans["en"], "de": ()}), texts),
        fingerprint(
            replace(one, spans={"en": one.spans["en"], "sv": one.spans["de"]}), texts | {"sv": DE}
        ),
    ]
    assert len({printed(), *others}) == 6


def test_only_what_stands_near_tells_one_finding_from_another() -> None:
    far, farther = (f"mill {'-' * size} 45 {'-' * size} euros" for size in (90, 200))
    assert printed(far) == printed(farther)
    assert printed(far) == printed(far.replace("mill", "town").replace("euros", "pounds"))
    near = f"mill {'-' * 60} 45 {'-' * 60} euros"
    assert printed(near) != printed(near.replace("mill", "town"))
    assert printed(near) != printed(near.replace("euros", "pounds"))


TEXTS = st.text("ab", max_size=14)


@given(TEXTS, st.text("ab", min_size=1, max_size=4), st.integers(0, 14), st.integers(0, 5))
def test_a_suppression_covers_what_touches_its_text(
    whole: str, text: str, start: int, size: int
) -> None:
    start = min(start, len(whole))
    end = min(start + size, len(whole))
    found = Divergence("D201", "number", "major", 0.9, 0, {"en": (Span(start, end),)}, "", None, {})
    places = [k for k in range(len(whole)) if whole.startswith(text, k)]
    touched = any(k < end and start < k + len(text) for k in places)
    texts = {"en": whole}
    assert Suppression(text).covers(found, texts) is touched
    assert Suppression(text, "D2", "en").covers(found, texts) is touched
    assert not Suppression(text, "D3").covers(found, texts)
    assert not Suppression(text, "D2", "de").covers(found, texts)


def test_a_suppression_of_one_version_looks_at_that_version_alone() -> None:
    texts = {"en": EN, "de": DE}
    found = divergence(EN, DE)
    assert Suppression("54 Euro", version="de").covers(found, texts)
    assert not Suppression("54 Euro", version="en").covers(found, texts)
    assert Suppression("54 Euro").covers(found, texts)
    assert not Suppression("Fluss").covers(found, texts)
