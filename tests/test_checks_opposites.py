"""Opposites: a version that has only the other end of a scale, and what makes up for it."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from aligner.checks import CheckOptions, check_rows
from aligner.checks._opposites import poles

LANGUAGES = ("en", "de", "sv")
SCALES = {
    language: tomllib.loads(
        files("aligner.checks").joinpath("data", f"{language}.toml").read_text("utf-8")
    )["opposites"]
    for language in LANGUAGES
}


def found(**texts: str) -> list[tuple[str, str | None]]:
    options = CheckOptions(select=("D702",))
    return [(d.severity, d.odd) for d in next(iter(check_rows([texts], options)))]


@pytest.mark.parametrize(
    "texts",
    [
        {"en": "The tax rises next year.", "de": "Die Steuer sinkt im nächsten Jahr."},
        {"en": "They buy grain abroad.", "sv": "De säljer spannmål utomlands."},
        {"de": "Der Norden blieb trocken.", "sv": "Södra delen förblev torr."},
        {"en": "The vote was won.", "de": "Die Abstimmung ging verloren."},
        {"en": "An independent body decides.", "de": "Eine abhängige Stelle entscheidet."},
        {"de": "Der Rat lehnte den Plan nach langer Sitzung ab.", "sv": "Rådet godkände planen."},
    ],
)
def test_the_other_end_of_a_scale_is_found_between_two_versions(texts: dict[str, str]) -> None:
    assert found(**texts) == [("critical", None)]


def test_three_versions_tell_which_one_stands_alone() -> None:
    texts = {
        "en": "The ministry lifted the ban.",
        "de": "Das Ministerium hob das Verbot auf.",
        "sv": "Ministeriet skärpte förbudet.",
    }
    assert found(**texts) == [("critical", "sv")]


@pytest.mark.parametrize(
    "texts",
    [
        {"en": "The shop is not open.", "de": "Der Laden ist geschlossen."},
        {"en": "The gate is closed.", "sv": "Grinden är inte öppen."},
        {"en": "They buy and sell cars.", "de": "Sie verkaufen Autos."},
        {"en": "Fewer people lost: the old won.", "de": "Alte Leute gewannen öfter."},
        {"en": "A weak team failed.", "de": "Eine gestärkte Mannschaft hatte Erfolg."},
        {"en": "The 12-year-old sang.", "de": "Das junge Mädchen sang."},
    ],
)
def test_what_makes_up_for_an_opposite_excuses_it(texts: dict[str, str]) -> None:
    assert found(**texts) == []


def test_a_separated_verb_counts_only_with_its_particle() -> None:
    assert [p.scale for p in poles("Er nahm stetig zu.", "de")] == ["increase"]
    assert poles("Er nahm den Hut. Die Tür war zu.", "de") == ()


def test_all_languages_have_the_same_scales_with_two_ends() -> None:
    names = [list(scales) for scales in SCALES.values()]
    assert names[0] == names[1] == names[2]
    for scales in SCALES.values():
        assert all(line.count("/") == 1 for name, line in scales.items() if name != "idioms")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_accuses_on_two_scales(language: str) -> None:
    words = [
        word
        for name, line in SCALES[language].items()
        if name != "idioms"
        for word in line.replace("/", " ").split()
        if not word.startswith("?")
    ]
    assert sorted(words) == sorted(set(words))
