"""Language: documents, short texts, the light way and the one that asks py3langid."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from _samples import all_versions, read_text

from aligner._language import contradicting, identify, identify_many, mistaken

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


BELIEVED = {
    "Swiss German": (
        "de",
        "Hüt am Morge bin i mit em Velo i d Stadt gfahre, will s Wätter eso schön gsi isch. Am "
        "Märt hani Öpfel und Chäs kauft, und denn hani no mini Schwöschter troffe.",
    ),
    "Low German": (
        "de",
        "Vundaag bün ik mit de Fohrrad in de Stadt fohrt, wieldat dat Weder so moi weer. Op'n "
        "Markt heff ik Appeln un Kees köfft, un denn heff ik noch mien Süster drapen.",
    ),
    "Scots": (
        "en",
        "This mornin I gaed tae the toun on ma bike, for the wather wis that braw. At the mercat "
        "I bocht aiples an cheese, an syne I met ma sister.",
    ),
    "Nynorsk": (
        "no",
        "I dag tidleg sykla eg til byen fordi vêret var så fint. På torget kjøpte eg eple og ost, "
        "og så møtte eg syster mi.",
    ),
    "Galician": (
        "pt",
        "Esta mañá fun en bicicleta á cidade porque o tempo era moi bo. No mercado merquei mazás "
        "e queixo, e despois atopei a miña irmá.",
    ),
    "Polish, which has no list": ("de", PARAGRAPHS["pl"] * 5),
    "names": (
        "de",
        "Anna van der Berg, Jan de Vries, Maria van den Heuvel, Willem van Dijk, Johan de Wit, "
        "Geert van der Meer, Cornelis de Groot, Emma de Bruin, Sophie van de Ven, Rob de Nijs. "
        * 9,
    ),
    "code": (
        "de",
        "def main(args): for path in args.files: if not path.exists(): raise Missing(path) "
        "with open(path) as file: print(file.read()) return 0 if args.quiet else 1 ",
    ),
    "a German text that quotes": (
        "de",
        "In der Vorlesung lesen wir Hamlet. »To be, or not to be, that is the question: whether "
        "it is nobler in the mind to suffer.« So spricht der Prinz. Wir fragen, was er meint.",
    ),
    "a short one": ("de", "What is it to be?"),
}


@pytest.mark.parametrize("case", BELIEVED)
def test_who_declares_a_language_is_believed_in_doubt(case: str) -> None:
    assert mistaken(*BELIEVED[case]) is None


def test_another_language_than_declared_is_told_in_both_directions() -> None:
    texts = {language: read_text("statement", language) for language in ("en", "de", "sv")}
    for language, text in texts.items():
        for declared in ("en", "de", "sv", "fr", "nl"):
            found = mistaken(declared, text)
            assert (found and found[0]) == (None if declared == language else language)


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
