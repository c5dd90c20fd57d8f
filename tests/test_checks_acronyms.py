"""Acronyms, figures and neighbours that make up for words a version seems to lack."""

from __future__ import annotations

import pytest

from aligner.checks import Passage
from aligner.checks._acronyms import is_run, is_short_for
from aligner.checks._counted import is_counted, is_halved
from aligner.checks._initials import acronym_like
from aligner.checks._institutions import is_called
from aligner.checks._names import is_in, names

LONG = "Kelmar Water and Power Board's new chief engineer"
LIGHT = "in it with us and so they are in the European Union all now"
MANY = "the very old and rather small but still well known Kelmar Water and Power"


@pytest.mark.parametrize(
    ("text", "phrase", "other", "short"),
    [
        ("The Kelmar Water Board met.", "Kelmar Water Board", "Die KWB tagte.", True),
        ("The KWB met.", "KWB", "Das Kelmar Water Board tagte.", True),
        ("The KWB met.", "KWB", "Die KWB tagte; das Kelmar Water Board.", False),
        ("The Kelmar Water Board met.", "Kelmar Water Board", "Die WKB tagte.", True),
        ("The Kelmar Water Board met.", "Kelmar Water Board", "Die WK tagte.", False),
        ("The Kelmar water board met.", "Kelmar water board", "Die WKB tagte.", False),
        ("Kelmar Water Board", "Kelmar Water Board", f"{'und so weiter ' * 5} XYZ", False),
        ("The national grid (NGK) met.", "national grid (NGK)", "Die NGK tagte.", True),
        ("The national grid (NGK) met.", "national grid", "Die NGK tagte.", True),
        ("The national grid (NGK) met.", "national grid (NGK", "Die NGK tagte.", True),
        ("The national grid met (NGK).", "national grid", "Die NGK tagte.", False),
        ("The national grid (NGK) met.", "national grid", "Die Netze tagten.", False),
        (f"Then {MANY} met.", MANY, "Dann tagte KWP.", False),
        (f"Then {MANY} (KWP) met.", MANY, "Dann tagte KWP.", False),
        ("The European Union met.", "European Union", "Die EU tagte.", True),
        (f"The {LONG} spoke.", LONG, "Der Chef der KWPB sprach.", True),
        (
            f"The {LONG} for old steel bridges spoke.",
            f"{LONG} for old steel bridges",
            "KWPB.",
            False,
        ),
        ("The polyvinyl chloride leaked.", "polyvinyl chloride", "Das PVC war undicht.", True),
        ("The polyvinyl chloride leaked.", "polyvinyl chloride", "Das PBX war undicht.", False),
        ("The PVC leaked.", "PVC", "Das Polyvinylchlorid war undicht.", False),
        (f"They are {LIGHT}.", LIGHT, "Sie sind in der EU.", True),
        (f"They are {LIGHT} and pay well.", f"{LIGHT} and pay well", "Sie sind in der EU.", False),
    ],
)
def test_a_phrase_may_stand_as_an_acronym(text: str, phrase: str, other: str, short: bool) -> None:
    place = (text.index(phrase), text.index(phrase) + len(phrase))
    ours, theirs = Passage("en", "en", text), Passage("de", "de", other)
    assert is_short_for(ours, place, theirs) is short


@pytest.mark.parametrize(("hour", "part"), [("23:35", True), ("11:35", False)])
def test_the_part_of_the_day_behind_a_time_goes_with_it(hour: str, part: bool) -> None:
    ours = Passage("en", "en", "The gate was shut at 11:35 at night.")
    theirs = Passage("de", "de", f"Das Tor wurde um {hour} Uhr geschlossen.")
    place = (ours.text.index("at night"), len(ours.text) - 1)
    assert is_counted(ours, place, theirs) is part


@pytest.mark.parametrize(
    ("phrase", "other", "counted"),
    [
        ("at 5 p.m.", "um 17 Uhr", True),
        ("at 5 p.m.", "um 18 Uhr", False),
        ("in two weeks", "in 14 Tagen", True),
        ("in two nice weeks", "in 14 Tagen", True),
        ("in two very nice sunny weeks", "in 14 Tagen", False),
        ("by the river", "am Fluss", False),
        ("45 men", "45 Leute", False),
        ("45", "45 Leute", True),
    ],
)
def test_words_may_be_figures_of_the_other_version(phrase: str, other: str, counted: bool) -> None:
    text = f"They come {phrase}, as they say."
    place = (text.index(phrase), text.index(phrase) + len(phrase))
    ours, theirs = Passage("en", "en", text), Passage("de", "de", f"Sie kommen {other}.")
    assert is_counted(ours, place, theirs) is counted


@pytest.mark.parametrize(
    ("text", "phrase", "other", "halved"),
    [
        (
            "They will each pay half of it.",
            "will each pay half",
            "Kostnaden delas lika.",
            True,
        ),
        ("The profit is shared equally.", "shared equally", "Vinsten går till hälften var.", True),
        ("They will each pay half of it.", "will each pay half", "Kostnaden delas.", False),
        (
            "They will each pay a third.",
            "will each pay a third",
            "Kostnaden delas lika.",
            False,
        ),
        (
            "Half the old red boats here sank.",
            "Half the old red boats",
            "Allt är lika.",
            False,
        ),
    ],
)
def test_halves_are_equal_shares(text: str, phrase: str, other: str, halved: bool) -> None:
    place = (text.index(phrase), text.index(phrase) + len(phrase))
    assert is_halved(Passage("en", "en", text), place, Passage("sv", "sv", other)) is halved


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("NATO", True),
        ("NGOs", True),
        ("UN", True),
        ("A", False),
        ("ABCDEF", True),
        ("ABCDEFG", False),
        ("Nato", False),
        ("XIV", False),
        ("B2B", False),
    ],
)
def test_an_acronym_has_two_to_six_capitals(word: str, is_one: bool) -> None:
    assert acronym_like(word) is is_one


@pytest.mark.parametrize(
    ("acronym", "other", "there"),
    [
        ("NATO", "die Nato tagte", True),
        ("NGOs", "die NGO tagte", True),
        ("FBI", "das F.B.I. tagte", True),
        ("RSC", "die Royal Shakespeare Company", True),
        ("RSC", "die Royal und Shakespeare der Company", True),
        ("RSC", "Royal spielt, Shakespeare nicht, Company auch", False),
        ("UN", "die Vereinten Nationen", True),
        ("OS", "das Betriebssystem", True),
        ("GUI", "eine grafische Oberfläche", True),
        ("KWB", "die Behörde", False),
    ],
)
def test_an_acronym_may_be_spelled_out(acronym: str, other: str, there: bool) -> None:
    (name,) = names(f"They met the {acronym} there", "en")
    assert is_in(name, Passage("de", "de", other)) is there


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("Ministry of Trade", True),
        ("Ministry of trade", False),
        ("Ministry", False),
        ("the Ministry of Foreign affairs here", False),
        ("the Ministry of Foreign Affairs here", True),
    ],
)
def test_a_run_of_capitals_is_a_name_of_several_words(text: str, run: bool) -> None:
    assert is_run(Passage("en", "en", text)) is run


@pytest.mark.parametrize(
    ("phrase", "other", "called"),
    [
        ("House of Commons", "Das Unterhaus tagte.", True),
        ("The House of Commons", "Das Unterhaus tagte.", True),
        ("of Commons", "Das Unterhaus tagte.", True),
        ("House of Commons", "Das Oberhaus tagte.", False),
        ("the old House of Commons near the river", "Das Unterhaus tagte.", False),
        ("near the river", "Das Unterhaus tagte.", False),
    ],
)
def test_an_institution_is_called_by_its_own_name(phrase: str, other: str, called: bool) -> None:
    text = "So the old House of Commons near the river met. The House of Commons rose."
    place = (text.index(phrase), text.index(phrase) + len(phrase))
    passages = Passage("en", "en", text), Passage("de", "de", other)
    assert is_called(passages[0], place, passages[1]) is called


def test_languages_without_a_list_of_institutions_call_nothing() -> None:
    passages = Passage("en", "en", "the Red Cross"), Passage("fr", "fr", "la Croix-Rouge")
    assert not is_called(passages[0], (0, 13), passages[1])
