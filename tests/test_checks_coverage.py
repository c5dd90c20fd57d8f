"""What becomes of words that a version lacks: the surer stays, what stands elsewhere is dropped."""

from __future__ import annotations

import pytest
from _pages.checks import Example  # docs/ is on the path of the tests

from aligner._words import Exchange, Suspicion
from aligner._words._runs import Run
from aligner.checks import CheckOptions, Passage, check_rows
from aligner.checks._next_door import Missing, stand_next_door
from aligner.checks._suspects import told_once
from aligner.checks._verdicts import Verdict, apart, has_content, in_whole_words, is_said


def verdict(confidence: float, places: dict[str, tuple[tuple[int, int], ...]]) -> Verdict:
    return Verdict("meaning", confidence, places, dict.fromkeys(places, ""))


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ({"en": ((0, 4),), "de": ()}, {"en": ((3, 9),), "de": ()}, False),
        ({"en": ((0, 4),), "de": ()}, {"en": ((4, 9),), "de": ()}, True),
        ({"en": ((4, 9),), "de": ()}, {"en": ((0, 4),), "de": ()}, True),
        ({"en": ((0, 4),), "de": ()}, {"en": (), "de": ((0, 4),)}, True),
        ({"en": ((0, 2), (6, 9)), "de": ()}, {"en": ((3, 7),), "de": ()}, False),
    ],
)
def test_of_two_verdicts_on_the_same_words_the_surer_stays(
    first: dict[str, tuple[tuple[int, int], ...]],
    second: dict[str, tuple[tuple[int, int], ...]],
    both: bool,
) -> None:
    less, more = verdict(0.4, first), verdict(0.9, second)
    assert apart([less, more]) == ((more, less) if both else (more,))
    assert apart([more, less]) == ((more, less) if both else (more,))


@pytest.mark.parametrize(
    ("kind", "odd", "lacking", "expected"),
    [
        ("omission", "sv", ("sv",), ("sv",)),
        ("omission", None, ("de",), ("de",)),
        ("addition", "en", ("de", "sv"), ("de", "sv")),
    ],
)
def test_an_addition_is_lacking_in_the_others(
    kind: str, odd: str | None, lacking: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    one = Verdict(kind, 0.9, {}, {}, odd, lacking)  # type: ignore[arg-type]  # from the table
    assert one.lacked_by == expected


@pytest.mark.parametrize(
    ("kind", "words", "odd", "said"),
    [
        ("omission", {"en": "Kelmar Water Board"}, "de", True),
        ("omission", {"en": "at 5 p.m."}, "de", True),
        ("omission", {"en": "by the river"}, "de", False),
        ("meaning", {"en": "Kelmar Water Board", "de": "KWB"}, None, True),
        ("meaning", {"en": "by the river", "de": "am Fluss"}, None, False),
        ("addition", {"en": "Kelmar Water Board"}, "en", True),
    ],
)
def test_what_is_spelled_out_or_in_figures_is_said(
    kind: str, words: dict[str, str], odd: str | None, said: bool
) -> None:
    texts = {
        "en": "The Kelmar Water Board met at 5 p.m. by the river.",
        "de": "Die KWB tagte um 17 Uhr am Fluss.",
    }
    places = {v: ((texts[v].index(w), texts[v].index(w) + len(w)),) for v, w in words.items()}
    lacking = tuple(v for v in texts if v not in words)
    one = Verdict(kind, 0.9, places, words, odd, lacking)  # type: ignore[arg-type]  # the table's
    assert is_said(one, {v: Passage(v, v, text) for v, text in texts.items()}) is said


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ({"en": "It will be"}, False),
        ({"en": "of which, or"}, False),
        ({"en": "It will rain"}, True),
        ({"en": "in 2019"}, True),
        ({"en": "of it", "de": "davon Wasser"}, True),
        ({"fr": "il y aura"}, True),
    ],
)
def test_function_words_alone_are_never_missed(words: dict[str, str], content: bool) -> None:
    one = Verdict("omission", 0.9, {}, words)
    passages = {version: Passage(version, version, text) for version, text in words.items()}
    assert has_content(one, passages) is content


def test_what_is_missing_is_shown_in_whole_words() -> None:
    texts = {
        "en": "(Don't heat the no-one's-land beyond 37°C.)",
        "de": "Die Stadt \u2014 „Prag“ \u2014 ist alt.",
    }
    for version, part, shown in (
        ("en", "Don", "Don't"),
        ("en", "one", "no-one's-land"),
        ("en", "t heat", "Don't heat"),
        ("en", "C", "37°C"),
        ("en", "beyond", "beyond"),
        ("de", "Prag", "Prag"),
        ("de", "Die Stadt", "Die Stadt"),
    ):
        start = texts[version].index(part)
        places = {v: ((start, start + len(part)),) if v == version else () for v in texts}
        one = Verdict("omission", 0.9, places, {version: part})
        (row,) = rows(texts)
        whole = in_whole_words(one, row)
        assert whole.words == {version: shown}
        ((start, end),) = whole.places[version]
        assert texts[version][start:end] == shown


def rows(*texts: dict[str, str]) -> list[tuple[Passage, ...]]:
    return [tuple(Passage(v, v, text) for v, text in row.items()) for row in texts]


@pytest.mark.model
def test_the_passages_next_door_are_the_nearest_with_text() -> None:
    words = {"en": "The mayor opened the bridge."}
    german = {"de": "Die Bürgermeisterin öffnete die Brücke."}
    here = words | {"de": "Es war kalt."}
    for between, found in (({"de": " "}, True), ({"sv": "Det."}, True), ({"de": "Nein."}, False)):
        text = rows(german, between, here, between, {"de": "Sie schliefen."})
        assert stand_next_door(text, [Missing(2, words, ("de",))]) == [found]
        assert stand_next_door(text[::-1], [Missing(2, words, ("de",))]) == [found]
    assert stand_next_door(rows(here), [Missing(0, words, ("de",))]) == [False]


@pytest.mark.model
def test_words_stand_next_door_if_every_version_that_lacks_them_has_them_there() -> None:
    said = {"en": "The mayor opened the bridge.", "de": "Die Bürgermeisterin öffnete die Brücke."}
    text = rows(
        {"en": "It rained.", "de": "Es regnete.", "sv": "Det regnade."},
        {"en": "It was cold. The mayor opened the bridge.", "de": "Es war kalt.", "sv": "Det."},
        {"en": "They slept.", "de": f"{said['de']} Sie schliefen.", "sv": "De sov."},
    )
    words = {"en": said["en"]}
    missing = [Missing(1, words, ("de",)), Missing(1, words, ("de", "sv")), Missing(1, words, ())]
    assert stand_next_door(text, missing) == [True, False, False]
    assert stand_next_door(text[:2], missing[:1]) == [False]
    assert stand_next_door(text, []) == []


@pytest.mark.model
def test_a_sentence_that_moved_into_the_next_passage_is_not_missing() -> None:
    moved = "Die Bürgermeisterin öffnete die Brücke."
    beads = [
        {"en": "It was cold. The mayor opened the bridge.", "de": "Es war kalt."},
        {"en": "They slept all night.", "de": f"{moved} Sie schliefen die ganze Nacht."},
    ]
    assert not Example("D102", False, beads).comparison().divergences
    beads[1]["de"] = beads[1]["de"].replace(f"{moved} ", "")
    (one,) = Example("D102", True, beads).comparison().divergences
    assert (one.bead, one.severity) == (0, "major")
    assert one.message == "'The mayor opened the bridge.' (en) is missing in de"


@pytest.mark.model
def test_a_passage_about_something_else_is_critical_and_a_phrase_is_not() -> None:
    options = CheckOptions(select=("D701",))
    row = {
        "en": "The council approved the plan for the new bridge on Monday.",
        "de": "Der Rat billigte am Montag den Plan für die neue Brücke.",
        "sv": "Vårt lag förlorade matchen i helgen trots ett tidigt mål.",
    }
    (one,) = next(check_rows([row], options))
    assert (one.odd, one.severity) == ("sv", "critical")
    assert one.message.startswith("the passages say different things: ")
    row["sv"] = "Rådet godkände planen för det gamla fiskmarknadstorget i måndags."
    for part in next(check_rows([row], options)):
        assert (part.odd, part.severity) == ("sv", "major")
        assert part.message.startswith("the words differ: ")


@pytest.mark.parametrize(
    ("omitted", "added", "exchanged", "told"),
    [
        (0.98, 0.95, 0.9, ["exchange"]),  # both are likely: words said otherwise
        (0.95, 0.2, 0.6, ["omission"]),  # nothing to exchange them for
        (0.1, 0.9, 0.5, ["addition"]),
        (0.6, 0.5, 0.28, ["omission", "addition"]),
        (0.2, 0.1, 0.1, []),  # nothing of it is likely
    ],
)
def test_an_exchange_is_told_where_no_part_of_it_alone_is_likelier(
    omitted: float, added: float, exchanged: float, told: list[str]
) -> None:
    lost = Suspicion("omission", 1, 0, (1,), Run(0, 2, 1.0), ())
    new = Suspicion("addition", 1, 1, (0,), Run(0, 2, 1.0), ())
    both = Exchange(lost, new, ())
    suspects: list[tuple[Suspicion | Exchange, float]] = [
        (lost, omitted),
        (new, added),
        (both, exchanged),
    ]
    assert [one.kind for one, _ in told_once(suspects)] == told
