"""Repetitions as they are read in one version, and what in the other version excuses them."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, check_rows
from aligner.checks._repeats import repeats

READ = [
    ("en", "parents met pupils, cooks and parents", "distant: parents"),
    ("en", "parents met a b c d e f g h i j k l and parents", "distant: parents"),
    ("en", "parents met a b c d e f g h i j k l m and parents", ""),
    ("en", "oil and gas wells, oil and gas pipes", ""),
    ("en", "and parents met and parents", ""),
    ("en", "the old men and the dog", ""),
    ("en", "an ox saw a cow and ox", ""),
    ("en", "Anna met Bob and Anna", ""),
    ("de", "die Bauern trafen Fischer und Bauern", "distant: Bauern"),
    ("de", "Peter Meier traf Fischer und Peter Meier", ""),
    ("en", "It was cold and cold.", "joined: cold and cold"),
    ("en", "It was cold, and cold.", "distant: cold"),
    ("en", "It was u.s. and u.s. here", ""),
    ("en", "x and x", ""),
    ("en", "it may or may not rain", ""),
    ("de", "ob es regnen kann oder kann nicht", ""),
    ("en", "the disks of Plan and Plan+", ""),
    ("en", "a pump or pump-house", ""),
    ("en", "the club's Club Days", ""),
    ("en", 'under "View" view the page', ""),
    ("en", "ox and ox", "joined: ox and ox"),
    ("en", "and ox", ""),
    ("en", "ox and", ""),
    ("en", "more and more", ""),
    ("en", "bigger and bigger", ""),
    ("en", "carpenters and carpenters", "joined: carpenters and carpenters"),
    ("en", "the clerk's daughter and daughter", ""),
    ("en", "the worldwriter and worldwriter", "joined: worldwriter and worldwriter"),
    ("de", "Sommer und Sommer", "joined: Sommer und Sommer"),
    ("de", "immer und immer", ""),
    ("de", "schneller und schneller", ""),
    ("sv", "dyrare och dyrare", ""),
    ("sv", "bättre och bättre", ""),
    ("en", "a b c d e a b c d e", "adjacent: a b c d e a b c d e"),
    ("en", "a b c d e f a b c d e f", ""),
    ("en", "it is is is late", "adjacent: is is"),
    ("en", "the man the man the man", "adjacent: the man the man"),
    ("en", "the man the man and the man", "adjacent: the man the man"),
    ("en", "the dog and dog or hens hens", "joined: dog and dog; adjacent: hens hens"),
    ("en", "- - -", ""),
    ("en", "5 5 5", ""),
    ("en", "x1 x1", "adjacent: x1 x1"),
    ("en", 'the "the" word', ""),
    ("en", "(the the) word", "adjacent: the the"),
    ("en", "the the; word", "adjacent: the the"),
    ("en", "the big, the big house", ""),
    ("en", "the, the house", ""),
    ("en", "No way. No way. Out.", "adjacent: No way. No way."),
    ("en", "One. Two. One.", ""),
    ("en", "She's she's here", "adjacent: She's she's"),
    ("en", "a two-year-old old dog", "adjacent: two-year-old old"),
    ("fi", "talo ja talo talo", "adjacent: talo talo"),
    ("sv", "Han såg det och det såg honom.", ""),
    ("sv", "Då och då kom en och en in.", ""),
    ("de", "Es war seitdem und seitdem still.", "joined: seitdem und seitdem"),
    ("en", "It grew louder and louder and stopped, and again and again.", ""),
    ("en", "a hen and egg a hen and egg", "adjacent: a hen and egg a hen and egg"),
    ("en", "the E E Moss papers", ""),
    ("en", "the paper (i) i all places", ""),
    ("en", "the out-of-the ordinary", ""),
    ("en", "every hand that writes and every eye", ""),
    ("en", "farms that must grow and must sell", ""),
]


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_repetitions_are_read_with_their_kind_and_place(
    language: str, text: str, expected: str
) -> None:
    found = sorted(repeats(text, language), key=lambda one: one.start)
    assert "; ".join(f"{one.kind}: {text[one.start : one.end]}" for one in found) == expected
    assert all(text[one.start : one.end].startswith(one.words) for one in found)


@pytest.mark.parametrize(
    ("language", "text", "sure"),
    [
        ("en", "It rained all day long. It rained all day long.", True),
        ("en", "It rained all. It rained all.", False),
        ("en", "It rained all of. It rained all of.", True),
        ("de", "die, für die die Tür", False),
        ("de", "er sah die die Tür", True),
        ("de", "wissen, ob Sie sie sehen", False),
        ("de", "Sie sie sehen", True),
        ("de", "wissen, ob sie sie sehen", False),
        ("en", "what it is is clear", False),
        ("en", "it is is clear", True),
        ("en", "they said that that was so", False),
    ],
)
def test_what_a_language_allows_is_doubted(language: str, text: str, sure: bool) -> None:
    (one,) = repeats(text, language)
    assert (one.confidence > 0.5) is sure


def found(en: str, de: str) -> list[str]:
    options = CheckOptions(select=("D503",), min_confidence=0.4)
    row = {"en": en, "de": de}
    return [str(one.evidence["words"]) for one in next(check_rows([row], options))]


FILL = " ".join(f"word{k}" for k in range(20))


@pytest.mark.parametrize(
    ("en", "de", "expected"),
    [
        ("They sold pens and pens.", "Sie verkauften Stifte.", ["pens and pens"]),
        ("They sold pens and pens.", "Verkauft wurden Stifte und Stifte.", []),
        ("They sold pens and pens.", "Sie kamen bei Tag und bei Nacht.", []),
        (f"Pens and pens {FILL}.", f"{FILL}, bei Tag und bei Nacht.", ["Pens and pens"]),
        (f"{FILL} pens and pens.", f"{FILL}, bei Tag und bei Nacht.", []),
        ("They sold pens pens.", "Sie kamen bei Tag und bei Nacht.", ["pens pens"]),
        ("They sold pens, ink and pens.", "Sie verkauften Stifte.", ["pens"]),
        ("They sold pens, ink and pens.", "Stifte und Tinte, alle Stifte.", []),
        ("They sold pens, ink and pens.", "Stifte, Stifte und Tinte, die alle mögen.", ["pens"]),
        ("They sold pens, ink and pens.", "Sie verkauften Stifte, Tinte und Stifte.", []),
        ("They sold pens and pens.", "Verkauft wurden Stifte, Stifte!", []),
        ("I I mean that it is late.", "Ich, ich meine, dass es spät ist.", []),
        ("They sold pens and pens.", "Verkauft wurden Stifte und Stifthalter.", []),
        ("Oslo saw Oslo pens, ink and pens.", "Oslo sah Oslos Stifte, Tinte, Papier.", ["pens"]),
    ],
)
def test_a_repetition_is_meant_where_the_other_version_says_a_word_twice_there(
    en: str, de: str, expected: list[str]
) -> None:
    assert found(en, de) == expected
