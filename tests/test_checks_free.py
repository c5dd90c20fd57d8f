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
    (
        "Bags must not be heavier than 8 kg.",
        "Die Taschen dürfen höchstens 8 kg wiegen.",
        "Väskorna får inte vara tyngre än 8 kg.",
    ),
    (
        "None of the beams weighs less than two tonnes.",
        "Keiner der Balken wiegt weniger als zwei Tonnen.",
        "Varje balke väger minst två ton.",
    ),
    (
        "No household may keep more than two hens.",
        "Mehr als zwei Hühner darf kein Haushalt halten.",
        "Varje hushåll får ha högst två höns.",
    ),
    (
        "The loft can be reached only by ladder.",
        "Auf den Boden kommt man nur mit einer Leiter.",
        "Man når inte vinden på annat sätt än med stege.",
    ),
    (
        "Do not hesitate to call us.",
        "Rufen Sie uns jederzeit gern an.",
        "Tveka inte att ringa oss.",
    ),
    (
        "Pensioners are exempt from the fee.",
        "Für Rentner gilt die Gebühr nicht.",
        "Avgiften gäller inte pensionärer.",
    ),
    (
        "We ran out of flour.",
        "Wir hatten kein Mehl mehr.",
        "Vi hade inget mjöl kvar.",
    ),
    (
        "You can pay without signing in.",
        "Sie können zahlen, ohne sich anmelden zu müssen.",
        "Du kan betala utan att logga in.",
    ),
    (
        "Since 1974 the hut has been uninhabited.",
        "Seit 1974 lebt im Haus niemand mehr.",
        "Huset automatiserades 1974 och är sedan dess obebott.",
    ),
    (
        "Quarrels are settled by the board unless the two agree between themselves in good time.",
        "Streit schlichtet der Vorstand, sofern sich die beiden nicht rechtzeitig selbst einigen.",
        "De som inte kan göra upp i god tid får vända sig till styrelsen, som då avgör tvisten.",
    ),
    (
        "Your device can find most printers. They are joined with a USB cable.",
        "Ihr Gerät findet die meisten Drucker. Sie werden über ein USB-Kabel verbunden.",
        "Din dator kan hitta de flesta skrivare. De kopplas ihop med en kabel.",
    ),
    (
        "It is a good idea to ask first.",
        "Es ist keine schlechte Idee, erst zu fragen.",
        "Det är ingen dålig idé att fråga först.",
    ),
    (
        "Keep a distance of 20 centimetres from the wall.",
        "Der Abstand zur Wand sollte 20 Zentimeter nicht unterschreiten.",
        "Ställ den minst 20 centimeter från väggen.",
    ),
    (
        "The company has left open whether the line has a future.",
        "Ob die Strecke eine Zukunft hat, lässt die Bahn bislang offen.",
        "Bolaget har inte gett besked om huruvida banan har någon framtid.",
    ),
    (
        "The policy does not cover damage for which you yourself are to blame.",
        "Von der Garantie ausgeschlossen sind Schäden, die Sie selbst verschuldet haben.",
        "Skador som du själv har orsakat ersätts inte.",
    ),
    (
        "Nobody disputes that money is short.",
        "Niemand bestreitet, dass das Geld knapp ist.",
        "Alla är överens om att pengarna är knappa.",
    ),
    (
        "They won, but only just.",
        "Sie siegten, aber nur knapp.",
        "De segrade med nöd och näppe.",
    ),
    ("Why didn't you call me?", "Warum hast du nicht angerufen?", "Varför ringde du inte?"),
    ("Stay, or don't.", "Bleib oder bleib nicht.", "Stanna eller låt bli."),
    (
        "Data is erased, unless the user has asked us to keep it.",
        "Daten werden gelöscht, es sei denn, der Nutzer will sie behalten.",
        "Uppgifterna raderas, såvida inte användaren vill behålla dem.",
    ),
    (
        "It is not intended for persons who have not read this manual.",
        "Es darf nur von Personen bedient werden, die diese Anleitung gelesen haben.",
        "Det får endast användas av den som har läst bruksanvisningen.",
    ),
    (
        "Unable to read the file: permission denied.",
        "Datei nicht lesbar: Zugriff verweigert.",
        "Kan inte läsa filen: åtkomst nekad.",
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
    (
        "D401",
        "sv",
        "The use of weedkillers is not permitted.",
        "Der Einsatz von Unkrautvernichtern ist nicht gestattet.",
        "Det är tillåtet att använda ogräsmedel.",
    ),
    (
        "D402",
        "sv",
        "Crews should report it.",
        "Die Besatzungen sollten es melden.",
        "Besättningarna måste rapportera det.",
    ),
    (
        "D404",
        "sv",
        "Each family may rent no more than one boat.",
        "Jede Familie darf höchstens ein Boot mieten.",
        "Varje familj får hyra minst en båt.",
    ),
    (
        "D404",
        "de",
        "Only cold meals are served in June.",
        "Im Juni gibt es kalte Küche.",
        "I juni serveras bara kall mat.",
    ),
    (
        "D401",
        "de",
        "Loads must not exceed 5 tonnes.",
        "Lasten dürfen 5 Tonnen überschreiten.",
        "Last får inte överskrida 5 ton.",
    ),
    ("D402", "de", "He can open it.", "Er musste es öffnen.", "Han kan öppna det."),
    (
        "D301",
        "de",
        "The Swedish minister met the press.",
        "Die norwegische Ministerin traf die Presse.",
        "Den svenska ministern träffade pressen.",
    ),
    (
        "D401",
        "de",
        "It is not a radical plan, at least in our eyes.",
        "Es ist ein radikaler Plan, jedenfalls nicht in unseren Augen.",
        "Det är ingen radikal plan, åtminstone i våra ögon.",
    ),
]


def faults(*texts: str) -> list[tuple[str, str | None]]:
    row = dict(zip(("en", "de", "sv"), texts, strict=True))
    options = CheckOptions(select=("D3", "D4"))
    return [(one.code, one.odd) for one in next(check_rows([row], options))]


@pytest.mark.parametrize(("en", "de", "sv"), SAME)
def test_the_same_in_other_words_is_no_fault(en: str, de: str, sv: str) -> None:
    assert faults(en, de, sv) == []


@pytest.mark.parametrize(("code", "odd", "en", "de", "sv"), OTHER)
def test_a_fault_beside_such_words_is_found(code: str, odd: str, en: str, de: str, sv: str) -> None:
    assert (code, odd) in faults(en, de, sv)
