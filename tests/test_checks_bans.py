"""D402 on what must not be and what need not be: a ban is no exemption."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, check_rows

DIFFER = [
    ("You must not open the valve.", "de", "Sie müssen das Ventil nicht öffnen."),
    ("Visitors must not touch the exhibits.", "de", "Besucher brauchen nichts zu berühren."),
    ("You need not sign the form.", "de", "Sie dürfen das Formular nicht unterschreiben."),
    ("Patients do not have to fast.", "de", "Es gilt, dass Patienten nicht fasten dürfen."),
    ("Staff are not required to wear a badge.", "de", "Das Personal darf keinen Ausweis tragen."),
    ("Bikes are not allowed in the hall.", "sv", "Man måste inte ha cyklar i hallen."),
    ("Smoking is prohibited here.", "de", "Hier muss man nicht rauchen."),
    ("The lid mustn't be opened.", "sv", "Locket behöver inte öppnas."),
    ("Members need not pay in advance.", "sv", "Medlemmar får inte betala i förskott."),
    ("A licence is not necessary.", "sv", "Licens får inte krävas."),
]
AGREE = [
    ("The cover must not be removed.", "de", "Die Abdeckung darf nicht entfernt werden."),
    ("The cover must not be removed.", "de", "Es ist verboten, die Abdeckung zu entfernen."),
    ("You don't have to pay a deposit.", "de", "Sie brauchen keine Kaution zu zahlen."),
    ("It is not necessary to register.", "de", "Sie müssen sich nicht anmelden."),
    ("It must not burn.", "de", "Es muss aus nicht brennbarem Material bestehen."),
    ("You must not forget your pass.", "de", "Sie müssen an Ihren Pass denken."),
    (
        "You must not enter; you need not go.",
        "de",
        "Nicht eintreten darf man, gehen muss man nicht.",
    ),
    ("You must wait and must not smoke.", "de", "Man muss warten und darf nicht rauchen."),
    ("Dogs must not be let off the lead.", "sv", "Hundar får inte släppas lösa."),
    ("Applicants need not send originals.", "sv", "Sökande behöver inte skicka original."),
    ("Parking is not prohibited.", "de", "Man muss hier nicht parken."),
]


def forces(english: str, language: str, other: str) -> list[str]:
    (found,) = check_rows([{"en": english, language: other}], CheckOptions(select=("D402",)))
    return [one.message for one in found]


@pytest.mark.parametrize(("english", "language", "other"), DIFFER)
def test_what_is_forbidden_is_not_merely_left_open(english: str, language: str, other: str) -> None:
    (message,) = forces(english, language, other)
    assert " forbids what " in message


@pytest.mark.parametrize(("english", "language", "other"), AGREE)
def test_the_same_ban_or_exemption_in_other_words_is_none(
    english: str, language: str, other: str
) -> None:
    assert forces(english, language, other) == []
