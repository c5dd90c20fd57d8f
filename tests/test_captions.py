"""Captions: what one alone says decides, not the names that all of them share."""

from __future__ import annotations

import pytest

import aligner

pytestmark = pytest.mark.model

EN = """\
President Mira Toll welcomes Prime Minister Aron Vesk at the airport of Lund. (Photo: Eva Rask/NNB)

President Mira Toll and Prime Minister Aron Vesk met in Lund on Monday to talk about the ferry.

The ferry has carried passengers and cars between the two countries since 1962.

Its owner announced in spring that the line would be given up at the end of the year.

President Mira Toll and Prime Minister Aron Vesk sign the contract on the ferry. (Photo: NNB)

Prime Minister Aron Vesk promised that both countries would share the costs.

President Mira Toll thanked the crews, who had kept the line alive in hard winters.
"""
DE = """\
Präsidentin Mira Toll und Premierminister Aron Vesk geben eine Pressekonferenz. (Foto: Ole Dahl/NNB)

Präsidentin Mira Toll und Premierminister Aron Vesk kamen am Montag in Lund zusammen, um über die \
Fähre zu sprechen.

Die Fähre befördert seit 1962 Reisende und Autos zwischen den beiden Ländern.

Ihr Eigner kündigte im Frühjahr an, dass die Linie zum Ende des Jahres aufgegeben werde.

Präsidentin Mira Toll und Premierminister Aron Vesk unterzeichnen den Vertrag über die Fähre. \
(Foto: Ole Dahl/NNB)

Premierminister Aron Vesk versprach, dass beide Länder sich die Kosten teilen.

Präsidentin Mira Toll dankte den Mannschaften, die die Linie in harten Wintern am Leben hielten.
"""


def test_captions_of_different_pictures_are_not_sure() -> None:
    alignment = aligner.align({"en": EN, "de": DE})
    kinds = [segment.kind for segment in alignment.documents[0].segments]
    assert [k for k, kind in enumerate(kinds) if kind == "caption"] == [0, 4]
    sure = {bead.sides for bead in alignment.beads if bead.probability > 0.5}
    assert sure - {((0,), ()), ((), (0,))} == {((k,), (k,)) for k in range(1, 7)}


def test_a_caption_joins_its_counterpart_wherever_the_names_stand() -> None:
    changed = DE.replace("geben eine Pressekonferenz", "begrüßen sich am Flughafen von Lund")
    alignment = aligner.align({"en": EN, "de": changed})
    assert [bead.sides for bead in alignment.beads] == [((k,), (k,)) for k in range(7)]
