"""Language: documents, short texts, the light way and the one that asks py3langid."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from _samples import all_versions, read_text

from aligner._language import contradicting, identify, identify_many

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = {
    "en": "The two sides will meet once a year, and they agreed that the water must be shared.",
    "de": "Die beiden Seiten treffen sich einmal im Jahr, und das Wasser soll geteilt werden.",
    "sv": "De båda sidorna ska träffas en gång om året, och vattnet måste delas mellan dem.",
    "da": "De to sider skal mødes en gang om året, og vandet må deles mellem dem efter aftale.",
    "nb": "De to sidene skal møtes en gang i året, og vannet må deles mellom dem etter avtale.",
    "nl": "De beide partijen zullen elkaar één keer per jaar zien en het water wordt gedeeld.",
    "fr": "Les deux parties se voient une fois par an et l'eau doit être partagée entre elles.",
    "es": "Las dos partes se reúnen una vez al año y el agua se debe repartir entre los dos.",
    "it": "Le due parti si incontrano una volta all'anno e l'acqua deve essere divisa tra loro.",
    "pl": "Obie strony spotykają się raz w roku, a woda musi być dzielona między nimi.",
    "ru": "Стороны встречаются один раз в год, и вода должна делиться справедливо.",
    "zh": "双方每年会面一次水资源必须公平分配。",
}


@pytest.mark.parametrize(("language", "text"), PARAGRAPHS.items())
def test_a_sentence_is_identified(language: str, text: str) -> None:
    found, confidence = identify(text)
    assert found == language
    assert 0.3 < confidence <= 1.0


@pytest.mark.parametrize(
    "text", ["", "   ", "Det är bra", "1 2 3 4 5 6", "Marnholt, 5. Mai 2025", "…"]
)
def test_under_four_words_nothing_is_guessed(text: str) -> None:
    assert identify(text) == ("und", 0.0)


@pytest.mark.parametrize(
    ("stated", "text", "found"),
    [
        ("en", "de", "de"), ("en-GB", "sv", "sv"), ("fr", "nl", "nl"), ("EN", "de", "de"),
        ("de-CH", "de", ""), ("nn", "nb", ""), ("gsw", "de", ""), ("en", "ru", ""),
    ],
)  # fmt: skip
def test_a_stated_language_is_contradicted_where_common_words_leave_no_doubt(
    stated: str, text: str, found: str
) -> None:
    assert contradicting(stated, PARAGRAPHS[text]) == found


def test_many_gives_one_answer_each() -> None:
    texts = [PARAGRAPHS["sv"], "", PARAGRAPHS["de"]]
    assert [language for language, _ in identify_many(texts)] == ["sv", "und", "de"]


def test_capitals_do_not_matter() -> None:
    assert identify(PARAGRAPHS["sv"].upper())[0] == "sv"


@pytest.mark.parametrize(("name", "language"), all_versions())
def test_samples_are_identified(name: str, language: str) -> None:
    assert identify(read_text(name, language))[0] == language


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_gold_documents_are_identified(language: str, gold: Path) -> None:
    files = sorted([*gold.glob(f"ntrex/*/{language}.txt"), *gold.glob(f"pud/*/{language}.txt")])
    wrong = [file.parent.name for file in files if identify(file.read_text("utf-8"))[0] != language]
    assert not wrong


def test_a_page_needs_no_model(samples: Path) -> None:
    code = (
        "import sys\n"
        "from aligner._language import identify\n"
        "for path in sys.argv[1:]:\n"
        "    identify(open(path, encoding='utf-8').read())\n"
        "sys.exit('py3langid' in sys.modules)\n"
    )
    paths = [str(samples / "statement" / f"{language}.txt") for language in ("en", "de", "sv")]
    assert subprocess.run([sys.executable, "-c", code, *paths], check=False).returncode == 0
