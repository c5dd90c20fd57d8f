"""Three versions that say the same in other words, and beside them the like with a true fault."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, check_rows

SAME = [
    ("It is cold, isn't it?", "Es ist kalt, oder?", "Det är kallt, eller hur?"),
    ("You came, didn't you?", "Du bist doch gekommen?", "Du kom väl?"),
    ("Guests come in for nothing.", "Gäste haben freien Eintritt.", "Gäster går in gratis."),
    ("You couldn't be more wrong.", "Sie liegen ganz falsch.", "Ni har helt fel."),
    ('"Never mind," she said.', '"Macht nichts", sagte sie.', '"Strunt samma", sade hon.'),
    (
        "Rents are 900 kronor, heating not included.",
        "Die Miete beträgt 900 Kronen ohne Heizung.",
        "Hyran är 900 kronor exklusive värme.",
    ),
    (
        "Delays are unavoidable.",
        "Verspätungen lassen sich nicht vermeiden.",
        "Förseningar går inte att undvika.",
    ),
    ("He hated the winter.", "Er mochte den Winter nicht.", "Han tyckte inte om vintern."),
    ("A carefree summer.", "Ein sorgloser Sommer.", "En bekymmerslös sommar."),
    (
        "Smoking is prohibited in all rooms.",
        "In allen Räumen darf nicht geraucht werden.",
        "Rökning är inte tillåten i några rum.",
    ),
    (
        "The unit must not be opened by unqualified persons.",
        "Das Gerät darf nur von Fachleuten geöffnet werden.",
        "Enheten får endast öppnas av behörig personal.",
    ),
    ("He was not the only one.", "Auch andere waren es.", "Det var inte den enda."),
    ('"Nope," said Elsa.', '"Nee", sagte Elsa.', '"Nix", sade Elsa.'),
    ("Three were treated.", "Drei mussten behandelt werden.", "Tre fick vård."),
    ("He laughed at it.", "Er musste darüber lachen.", "Han skrattade åt det."),
    (
        "Chapter II applies to all goods.",
        "Kapitel II gilt für alle Waren.",
        "Kapitel II gäller alla varor.",
    ),
    (
        "The Royal Swedish Academy decides.",
        "Die Königlich Schwedische Akademie entscheidet.",
        "Kungliga Vetenskapsakademien beslutar.",
    ),
]
OTHER = [
    (
        "D401",
        "de",
        "Do not open the valve until the pump stops.",
        "Öffnen Sie das Ventil, bis die Pumpe hält.",
        "Öppna inte ventilen förrän pumpen stannar.",
    ),
    ("D401", "sv", "He hated the winter.", "Er hasste den Winter.", "Han hatade inte vintern."),
    (
        "D401",
        "de",
        "Smoking is prohibited in the hall.",
        "In der Halle ist Rauchen nicht verboten.",
        "Rökning är förbjuden i hallen.",
    ),
    ("D402", "de", "He can open it.", "Er musste es öffnen.", "Han kan öppna det."),
    (
        "D301",
        "de",
        "The Swedish minister met the press.",
        "Die norwegische Ministerin traf die Presse.",
        "Den svenska ministern träffade pressen.",
    ),
]


def faults(*texts: str) -> list[tuple[str, str | None]]:
    row = dict(zip(("en", "de", "sv"), texts, strict=True))
    options = CheckOptions(select=("D3", "D4"))
    return [(one.code, one.odd) for one in next(iter(check_rows([row], options)))]


@pytest.mark.parametrize(("en", "de", "sv"), SAME)
def test_the_same_in_other_words_is_no_fault(en: str, de: str, sv: str) -> None:
    assert faults(en, de, sv) == []


@pytest.mark.parametrize(("code", "odd", "en", "de", "sv"), OTHER)
def test_a_fault_beside_such_words_is_found(code: str, odd: str, en: str, de: str, sv: str) -> None:
    assert (code, odd) in faults(en, de, sv)
