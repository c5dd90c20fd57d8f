"""The glossary check: inflected forms, compounds, terms not to be used, CSV, TSV and TBX."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from aligner import InputError
from aligner.checks import CheckOptions, Glossary, check_rows, read_glossary
from aligner.checks._glossary import mentions, says

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """en,de,sv,note
branch office,Zweigstelle|Filiale,filial,
Joint Committee,Gemeinsamer Ausschuss|!Gemeinsame Kommission,gemensamma kommittén,since 2019
harbour,Hafen,hamn,
"""
TBX = """<?xml version="1.0"?>
<tbx type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1">
 <langSec xml:lang="en-GB"><termSec><term>harbour</term></termSec></langSec>
 <langSec xml:lang="de"><termSec><term>Hafen</term></termSec>
  <termSec><term>Port</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
OLD_TBX = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body><termEntry>
 <langSet xml:lang="en"><tig><term>harbour</term></tig></langSet>
 <langSet xml:lang="de"><ntig><termGrp><term>Hafen</term></termGrp></ntig></langSet>
</termEntry></body></text></martif>
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    return written(tmp_path / "terms.csv", TABLE)


def written(path: Path, text: str) -> Glossary:
    path.write_text(text, encoding="utf-8")
    return read_glossary(path)


def messages(glossary: Glossary, **texts: str) -> list[tuple[str, str | None]]:
    options = CheckOptions(select=("D506",), glossary=glossary)
    return [(d.message, d.odd) for d in next(check_rows([texts], options))]


def test_another_word_for_a_term_is_flagged_with_what_it_should_be(glossary: Glossary) -> None:
    found = messages(glossary, en="The branch offices closed.", de="Die Ämter schlossen.")
    should = "'branch offices' (en) should be 'Zweigstelle' or 'Filiale' in de"
    assert found == [(should, None)]


@pytest.mark.parametrize(
    ("en", "de", "sv"),
    [
        ("Two branch offices closed.", "Zwei Zweigstellen schlossen.", "Två filialer stängde."),
        ("The harbours are old.", "Die Häfen sind alt.", "Hamnarna är gamla."),
        ("a harbour fee", "eine Hafengebühr", "en hamnavgift"),
        (
            "of the Joint Committee",
            "des Gemeinsamen Ausschusses",
            "av den gemensamma kommittén",
        ),
    ],
)
def test_inflected_forms_and_compounds_are_the_term(
    glossary: Glossary, en: str, de: str, sv: str
) -> None:
    assert messages(glossary, en=en, de=de, sv=sv) == []


def test_with_three_versions_the_one_that_deviates_is_odd(glossary: Glossary) -> None:
    found = messages(
        glossary, en="The harbour froze.", de="Die Anlage fror zu.", sv="Hamnen frös till."
    )
    assert found == [("'harbour' (en) should be 'Hafen' in de", "de")]


def test_a_term_not_to_be_used_is_shown_where_it_stands(glossary: Glossary) -> None:
    texts = {"en": "The Joint Committee met.", "de": "Die Gemeinsame Kommission tagte."}
    options = CheckOptions(select=("D506",), glossary=glossary)
    (found,) = next(check_rows([texts], options))
    (span,) = found.spans["de"]
    assert texts["de"][span.start : span.end] == "Gemeinsame Kommission"
    assert found.message.endswith("in de, not 'Gemeinsame Kommission'")


def test_without_a_glossary_nothing_is_said() -> None:
    options = CheckOptions(select=("D506",))
    assert list(check_rows([{"en": "The harbour.", "de": "Die Anlage."}], options)) == [()]


@pytest.mark.parametrize("text", [TBX, OLD_TBX])
def test_tbx_is_read(tmp_path: Path, text: str) -> None:
    glossary = written(tmp_path / "terms.tbx", text)
    assert glossary.languages == ("en", "de")
    assert messages(glossary, en="The harbour.", de="Der Hafen.") == []
    assert messages(glossary, en="The harbour.", de="Die Anlage.") != []


def test_deprecated_terms_of_tbx_are_not_to_be_used(tmp_path: Path) -> None:
    glossary = written(tmp_path / "terms.tbx", TBX)
    found = messages(glossary, en="The harbour.", de="Der Port, also der Hafen.")
    assert found == [("'harbour' (en) should be 'Hafen' in de, not 'Port'", None)]


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters_are_seen(tmp_path: Path, delimiter: str) -> None:
    glossary = written(tmp_path / "terms.txt", f"en{delimiter}de\nlake{delimiter}See\n")
    assert messages(glossary, en="The lake.", de="Der Teich.") != []


@pytest.mark.parametrize("text", ["", "en,comment\nharbour,old\n", "term;note\na;b\n"])
def test_a_file_without_two_languages_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="name a language in each column of the first line"):
        read_glossary(path)


def test_stemming_is_not_loaded_before_a_glossary_asks_for_it() -> None:
    code = (
        "import sys, aligner.checks as c; c.registered(); print('snowballstemmer' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


TERMS = """en,de
branch,Zweig
branch office,Zweigstelle
branch office manager,Leiter
coast guard,Küstenwache
sea,See|Meer
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Branch office managers met.", "Branch office managers"),
        ("The branch offices and branches", "branch offices; branches"),
        ("a branch. Office hours", "branch"),
        ("a branch-office", "branch-office"),
        ("a branch, office", "branch"),
        ("coast and guard", ""),
        ("sea sea", "sea; sea"),
        ("overseas", ""),
        ("", ""),
    ],
)
def test_the_longest_term_is_found_where_it_stands(tmp_path: Path, text: str, shown: str) -> None:
    glossary = written(tmp_path / "terms.csv", TERMS)
    found = mentions(glossary, text, "en-GB")
    assert "; ".join(text[one.start : one.end] for one in found) == shown


@pytest.mark.parametrize(
    ("text", "language", "term", "there"),
    [
        ("die Küstenwachen", "de", "Küstenwache", True),
        ("der Küstenwachenleiter", "de-AT", "Küstenwache", True),
        ("die Wache an der Küste", "de", "Küste Wache", True),
        ("die Wache", "de", "Küste Wache", False),
        ("Übersee", "de", "See", False),
        ("the overseers", "en", "seer", False),
        ("the guards of the coast", "en", "coast guard", True),
        ("kaupunki", "xx", "kaupunki", True),
        ("kaupungit", "xx", "kaupunki", False),
    ],
)
def test_a_text_has_a_term_in_any_form(text: str, language: str, term: str, there: bool) -> None:
    assert says(text, language, term) is there


def test_cells_hold_terms_as_good_and_terms_refused(tmp_path: Path) -> None:
    table = "\n en_GB ; de ;note\nsea; See | Meer |! Teich ;old\n;;\nlake;!Tümpel\n"
    glossary = written(tmp_path / "terms.csv", table)
    first, second = glossary.concepts[0], glossary.concepts[-1]
    assert glossary.languages == ("en", "de")
    assert first.terms == {"en": ("sea",), "de": ("See", "Meer")}
    assert first.refused == {"de": ("Teich",)}
    assert (second.terms, second.refused) == ({"en": ("lake",)}, {"de": ("Tümpel",)})
    found = messages(glossary, en="The sea.", de="Der Fluss.")
    assert found == [("'sea' (en) should be 'See' or 'Meer' in de", None)]
    assert messages(glossary, en="A lake.", de="Ein Fluss.") == []
    refused = messages(glossary, en="A lake.", de="Ein Tümpel.")
    assert refused == [("'lake' (en) should be another word in de, not 'Tümpel'", None)]


def test_a_term_is_reported_once_for_a_passage(tmp_path: Path) -> None:
    glossary = written(tmp_path / "terms.csv", TERMS)
    assert len(messages(glossary, en="Sea, sea and sea.", de="Der Fluss.")) == 1
