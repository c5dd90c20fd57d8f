"""Sentences that changed places inside one bead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from aligner import Alignment, Bead, Document, Signature
from aligner.checks import CheckOptions, check

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = {
    "en": ("It sells bread and cakes to the whole street.", "The owner is called Marta."),
    "de": ("Die Inhaberin heißt Marta.", "Sie verkauft Brot und Kuchen an die ganze Straße."),
    "sv": ("Det säljer bröd och kakor till hela gatan.", "Ägaren heter Marta."),
}


def moved(texts: Mapping[str, tuple[str, ...]]) -> list[tuple[str | None, dict[str, str]]]:
    documents = tuple(
        replace(Document.from_segments(lines, language=key), name=key)
        for key, lines in texts.items()
    )
    sides = tuple(tuple(range(len(lines))) for lines in texts.values())
    alignment = Alignment(documents, (Bead(tuple(texts), sides),), Signature("0", "none", "given"))
    found = check(alignment, CheckOptions(select=("D104",))).divergences
    whole = {key: document.text for key, document in zip(texts, documents, strict=True)}
    return [
        (one.odd, {key: whole[key][span.start : span.end] for key, (span,) in one.spans.items()})
        for one in found
    ]


@pytest.mark.model
def test_two_sentences_that_changed_places_are_told_once() -> None:
    words = {"en": "The owner is called Marta.", "de": "Die Inhaberin heißt Marta."}
    assert moved({key: TEXTS[key] for key in ("en", "de")}) == [(None, words)]
    assert moved(TEXTS) == [("de", words | {"sv": "Ägaren heter Marta."})]


@pytest.mark.model
@pytest.mark.parametrize(
    "german",
    [
        pytest.param(TEXTS["de"][::-1], id="in order"),
        pytest.param(("Marta gehört das alles.", "Marta führt den Laden."), id="unsure"),
        pytest.param((" ".join(TEXTS["de"]),), id="one segment"),
    ],
)
def test_sentences_that_stand_in_order_or_are_unsure_have_not_moved(
    german: tuple[str, ...],
) -> None:
    assert moved({"en": TEXTS["en"], "de": german}) == []
