"""Opposites and kinds: a version that has another word of a line, and what makes up for it."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from aligner.checks import CheckOptions, check_rows
from aligner.checks._contrasts import members

LANGUAGES = ("en", "de", "sv")
LISTS = {
    language: tomllib.loads(
        files("aligner.checks").joinpath("data", f"{language}.toml").read_text("utf-8")
    )
    for language in LANGUAGES
}


def found(**texts: str) -> list[tuple[str, str | None]]:
    options = CheckOptions(select=("D702",))
    return [(d.severity, d.odd) for d in next(check_rows([texts], options))]


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
        {"en": "A less good road.", "de": "Eine schlechtere Straße."},
        {"en": "The 12-year-old sang.", "de": "Das junge Mädchen sang."},
    ],
)
def test_what_makes_up_for_an_opposite_excuses_it(texts: dict[str, str]) -> None:
    assert found(**texts) == []


def test_a_separated_verb_counts_only_with_its_particle() -> None:
    assert [m.line for m in members("Er nahm stetig zu.", "de", "opposites")] == ["increase"]
    assert members("Er nahm den Hut. Die Tür war zu.", "de", "opposites") == ()


@pytest.mark.parametrize(
    ("texts", "odd"),
    [
        (
            (
                "The ministries, agencies and towns will meet.",
                "Die Ministerien, Behörden und Städte werden sich treffen.",
                "Ministerierna, filialerna och städerna ska mötas.",
            ),
            "sv",
        ),
        (
            (
                "Her sister signed the agreement.",
                "Ihre Schwester unterschrieb die Absichtserklärung.",
                "Hennes syster undertecknade avsiktsförklaringen.",
            ),
            "en",
        ),
        (("The red house burnt.", "Das blaue Haus brannte.", "Det röda huset brann."), "de"),
    ],
)
def test_another_thing_of_the_same_kind(texts: tuple[str, ...], odd: str) -> None:
    row = dict(zip(LANGUAGES, texts, strict=True))
    found = next(check_rows([row], CheckOptions(select=("D703",))))
    assert [one.odd for one in found] == [odd]


@pytest.mark.parametrize(
    "texts",
    [
        ("The prime minister spoke.", "Der Ministerpräsident sprach.", "Statsministern talade."),
        ("The attorney general resigned.", "Der Justizminister trat zurück."),
        ("Oil and gas cost more.", "Erdgas und Erdöl kosten mehr.", "Olja och gas blir dyrare."),
        ("The authorities know.", "Die Strafverfolgungsbehörden wissen es."),
    ],
)
def test_the_same_thing_in_another_word_stays_quiet(texts: tuple[str, ...]) -> None:
    row = dict(zip(LANGUAGES, texts, strict=False))
    assert next(check_rows([row], CheckOptions(select=("D703",)))) == ()


@pytest.mark.parametrize("section", ["opposites", "kinds"])
def test_all_languages_have_the_same_lines_with_as_many_members(section: str) -> None:
    counts = [
        {name: line.count("/") for name, line in LISTS[language][section].items() if "/" in line}
        for language in LANGUAGES
    ]
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize("section", ["opposites", "kinds"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_accuses_for_two_members(language: str, section: str) -> None:
    words = [
        word
        for name, line in LISTS[language][section].items()
        if "/" in line
        for word in line.replace("/", " ").split()
        if not word.startswith("?")
    ]
    assert sorted(words) == sorted(set(words))
