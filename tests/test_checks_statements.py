"""What joint statements, press releases and essays say in their own way in each language (#6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aligner.checks import check_rows

if TYPE_CHECKING:
    from aligner import Divergence

SAME = [
    {
        "en": "The report speaks of injustice and inequality.",
        "de": "Der Bericht spricht von Ungerechtigkeit und Ungleichheit.",
        "sv": "Rapporten talar om orättvisa och ojämlikhet.",
    },
    {
        "en": "They reaffirmed the inalienable rights of the child.",
        "de": "Sie bekräftigten die unveräußerlichen Rechte des Kindes.",
        "sv": "De bekräftade barnets oförytterliga rättigheter.",
    },
    {
        "en": "We call for an inquiry into the irregularities reported before the vote.",
        "de": "Wir fordern eine Untersuchung der Unregelmäßigkeiten vor der Wahl.",
        "sv": "Vi kräver en utredning av oegentligheterna inför valet.",
    },
    {
        "en": "We condemn the illegal detention of the crew.",
        "de": "Wir verurteilen die rechtswidrige Festnahme der Besatzung.",
        "sv": "Vi fördömer det olagliga gripandet av besättningen.",
    },
    {
        "en": "Such letters are often answered by the mayor herself.",
        "sv": "Sådana brev besvaras inte sällan av borgmästaren själv.",
    },
    {
        "en": "Nevertheless the talks went on until the evening.",
        "sv": "Inte desto mindre pågick samtalen till kvällen.",
    },
    {
        "en": "Mills do not have to stand by a road. If not, they must be near a harbour.",
        "de": "Mühlen müssen nicht an einer Straße stehen, aber in der Nähe eines Hafens.",
        "sv": "Kvarnar behöver inte stå vid en väg. Om inte, måste de ligga nära en hamn.",
    },
    {
        "en": "No one shall be exposed to attacks on his home or his good name.",
        "de": "Niemand darf Angriffen auf seine Wohnung oder seinen Ruf ausgesetzt werden.",
        "sv": "Ingen får utsättas för angrepp på sitt hem, ej heller på sitt goda rykte.",
    },
    {
        "en": "We are not swayed by rumours or by those who do not like the law.",
        "de": "Wir lassen uns nicht von Gerüchten leiten und auch nicht von denen, denen das "
        "Gesetz nicht gefällt.",
        "sv": "Vi påverkas inte av rykten eller av dem som inte gillar lagen.",
    },
    {
        "en": "Giving the town the help it needs should be possible.",
        "de": "Es sollte möglich sein, der Stadt die Hilfe zu geben, die sie braucht.",
        "sv": "Att ge staden den hjälp den behöver torde vara möjligt.",
    },
    {
        "en": "The United Kingdom and Norway signed the declaration.",
        "de": "Großbritannien und Norwegen unterzeichneten die Erklärung.",
        "sv": "Storbritannien och Norge undertecknade förklaringen.",
    },
    {
        "en": "The Franco-German summit ended with a Sino-Russian footnote.",
        "de": "Der deutsch-französische Gipfel endete mit einer chinesisch-russischen Fußnote.",
        "sv": "Det fransk-tyska toppmötet slutade med en kinesisk-rysk fotnot.",
    },
    {"en": "Put the report on a disc.", "sv": "Lägg rapporten på en CD-ROM."},
    {
        "en": "Furthermore, I think that the peninsula needs a bridge.",
        "sv": "Dessutom tycker jag att halvön behöver en bro.",
    },
    {"en": "Rumour has it that he left.", "sv": "Ryktet säger att han har gett sig av."},
    {
        "en": "Under Article 3 bis, every state is bound to do so.",
        "de": "Nach Artikel 3 bis ist jeder Staat dazu verpflichtet.",
    },
    {
        "en": "In her book Barnen och Kriget (Children and War) she speaks of it.",
        "sv": "I sin bok Barnen och Kriget talar hon om det.",
    },
    {
        "en": "It first reached the other large cities.",
        "sv": "Den nådde först de andra stora städerna.",
    },
    {
        "en": "The drawing was made on a scale of 1:12 that year.",
        "sv": "Ritningen gjordes i skala 1 till 12 det året.",
    },
    {
        "en": "Most people believe in it.",
        "sv": "Nästan alla människor tror på det.",
    },
    {
        "en": "Every shop can sell it or make it a part of the services they offer.",
        "de": "Jeder Laden kann es verkaufen oder zu einem Teil seines Angebots machen.",
        "sv": "Butikerna kan sälja det eller göra det till en del av de tjänster som de erbjuder.",
    },
    {
        "en": "Weapons were used against a civil aircraft.",
        "sv": "Vapen användes mot ett civilt luftfartyg.",
    },
    {
        "en": "That year the Uppsala School of Forestry opened its doors.",
        "sv": "Det året öppnade Uppsala skogliga högskola sina dörrar.",
    },
    {
        "en": "In Norway you have to be sixteen years old and certified to use such radios.",
        "sv": "I Norge fordras att man är sexton år och har intyg för att få använda sådan radio.",
    },
    {
        "en": "All have the right to freedom of speech; this includes freedom to write, and "
        "freedom, alone or with others, to print.",
        "de": "Alle haben das Recht auf Redefreiheit; dies schließt die Freiheit zu schreiben ein "
        "sowie die Freiheit, allein oder mit anderen zu drucken.",
        "sv": "Alla har rätt till yttrandefrihet. Den innefattar frihet att skriva och att ensam "
        "eller med andra trycka.",
    },
    {
        "en": "You cannot end the talk until you have signed the list!",
        "de": "Sie können das Gespräch nicht beenden, bevor Sie die Liste unterschrieben haben!",
        "sv": "Du kan inte avsluta samtalet innan du har skrivit på listan!",
    },
    {
        "en": "The fear of AI is old.",
        "de": "Die Angst vor künstlicher Intelligenz ist alt.",
        "sv": "Rädslan för artificiella intelligenser är gammal.",
    },
    {
        "en": "She grew up in an LA suburb.",
        "sv": "Hon växte upp i en förort till Los Angeles, USA.",
    },
    {"en": "They called it the Turing Test.", "sv": "De kallade det Turingtestet."},
    {"en": "One cannot fail to see the tower.", "sv": "Man kan inte undgå att se tornet."},
    {
        "en": "Guests must have two tickets.",
        "de": "Gäste benötigen zwei Karten.",
        "sv": "Gäster måste ha två biljetter.",
    },
    {"en": "The era of steam is over.", "sv": "Ångans era är förbi."},
    {
        "en": "This is the most amazing thing.",
        "de": "Das ist das Erstaunlichste.",
        "sv": "Det är det mest häpnadsväckande.",
    },
    {
        "en": "They are the second largest donor in the Nordic region.",
        "de": "Sie sind der zweitgrößte Geber im Norden.",
        "sv": "De är den näst största givaren i Norden.",
    },
    {
        "en": "It took almost 30 years and cost over 40 million.",
        "de": "Es dauerte rund 30 Jahre und kostete mehr als 40 Millionen.",
        "sv": "Det tog nästan 30 år och kostade drygt 40 miljoner.",
    },
    {
        "de": "Die Ministerinnen und Minister dankten den Ärztinnen und Ärzten.",
        "sv": "Ministrarna tackade läkarna.",
    },
    {
        "en": "Citizens, experts and teachers came.",
        "de": "Es kamen Bürger:innen, Expert*innen und LehrerInnen.",
        "sv": "Medborgare, experter och lärare kom.",
    },
    {
        "en": "Nothing is agreed until everything is agreed.",
        "de": "Nichts ist vereinbart, solange nicht alles vereinbart ist.",
        "sv": "Inget är överenskommet förrän allt är överenskommet.",
    },
    {
        "en": "Under Article 5, neither Party shall disclose such information.",
        "de": "Nach Artikel 5 gibt keine Vertragspartei solche Informationen weiter.",
        "sv": "Enligt artikel 5 får ingendera parten röja sådan information.",
    },
    {
        "en": "Her Majesty the Queen hosted a banquet.",
        "de": "Ihre Majestät die Königin gab ein Bankett.",
        "sv": "Hennes Majestät Drottningen var värd för en bankett.",
    },
    {"en": "The Gulf states took part.", "de": "Die Golfstaaten nahmen teil."},
    {
        "en": "No decision has been taken yet.",
        "de": "Eine Entscheidung steht noch aus.",
        "sv": "Något beslut har ännu inte fattats.",
    },
    {
        "en": "It needs a two-thirds majority.",
        "de": "Es braucht eine Zweidrittelmehrheit.",
        "sv": "Det kräver två tredjedels majoritet.",
    },
]
OTHER = [
    ("D301", {"en": "Rome and Bern agreed.", "sv": "Bern och Wien enades."}),
    ("D301", {"en": "The Franco-German fund grew.", "sv": "Den polsk-tyska fonden växte."}),
    ("D201", {"en": "The second bridge is open.", "sv": "Den första bron är öppen."}),
    ("D202", {"en": "The train leaves at 8:15.", "sv": "Tåget går klockan 8.45."}),
    (
        "D401",
        {
            "en": "You cannot leave until you have signed the list.",
            "de": "Sie dürfen gehen, bevor Sie die Liste unterschrieben haben.",
            "sv": "Du får inte gå innan du har skrivit på listan.",
        },
    ),
    (
        "D401",
        {
            "en": "For four years they have agreed to take responsibility.",
            "de": "Seit vier Jahren weigern sie sich, Verantwortung zu übernehmen.",
            "sv": "I fyra år har de vägrat att ta ansvar.",
        },
    ),
    ("D301", {"en": "She grew up in LA.", "sv": "Hon växte upp i Salt Lake City."}),
    (
        "D301",
        {
            "en": "Thousands served in Bosnia, Iraq and Mali under NATO command.",
            "de": "Tausende dienten in Bosnien, dem Kosovo und Mali unter NATO-Kommando.",
            "sv": "Tusentals tjänade i Bosnien, Kosovo och Mali under Nato-befäl.",
        },
    ),
    ("D301", {"en": "The Nordic ministers met.", "de": "Die baltischen Minister trafen sich."}),
    (
        "D201",
        {
            "en": "They are the largest donor.",
            "de": "Sie sind der zweitgrößte Geber.",
            "sv": "De är den näst största givaren.",
        },
    ),
    ("D404", {"en": "It costs almost two per cent.", "de": "Es kostet über zwei Prozent."}),
    ("D702", {"en": "We deplore the threats.", "de": "Wir begrüßen die Drohungen."}),
    ("D702", {"en": "It was a civil aircraft.", "de": "Es war ein militärisches Flugzeug."}),
    ("D702", {"en": "It met with growing concern.", "sv": "Det möttes av avtagande oro."}),
    ("D703", {"en": "Some 50 women were hurt.", "sv": "Omkring 50 barn skadades."}),
    ("D404", {"en": "All members voted for it.", "sv": "En del medlemmar röstade för det."}),
    ("D501", {"en": "The och of the bridge is new.", "sv": "Bron och tunneln är nya."}),
    (
        "D501",
        {
            "en": "The Strände of Sylt (an island) end here.",
            "de": "Die Strände von Sylt (einer Insel) enden hier.",
        },
    ),
    ("D501", {"en": "It is open bis May.", "de": "Es ist bis Mai offen."}),
]


def _found(texts: dict[str, str]) -> list[Divergence]:
    return [one for one in next(check_rows([texts])) if one.severity != "style"]


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: next(iter(texts.values()))[:30])
def test_the_same_in_words_of_their_own_is_no_divergence(texts: dict[str, str]) -> None:
    assert _found(texts) == []


@pytest.mark.parametrize(("code", "texts"), OTHER)
def test_what_the_versions_say_otherwise_is_found(code: str, texts: dict[str, str]) -> None:
    assert code in {one.code for one in _found(texts)}


def test_women_beside_men_are_left_out_but_marked_where_they_are_missed() -> None:
    texts = {
        "en": "The ambassadors came on four days.",
        "de": "Die Botschafter und alle Ärztinnen und Ärzte der Stadt kamen an drei Tagen.",
    }
    numbers = [one for one in _found(texts) if one.code == "D201"]
    assert [texts["de"][s.start : s.end] for one in numbers for s in one.spans["de"]] == ["drei"]
    [added] = [one for one in _found(texts) if one.code == "D103"]
    [span] = added.spans["de"]
    assert texts["de"][span.start : span.end] == "und alle Ärztinnen und Ärzte der Stadt"


def test_a_name_of_two_words_is_one_finding() -> None:
    texts = {
        "en": "The club met in a workshop that winter.",
        "sv": "Klubben träffades i Silicon Valley den vintern.",
    }
    names = [one for one in _found(texts) if one.code == "D301"]
    assert [one.message for one in names] == ["name 'Silicon Valley' (sv) has no counterpart in en"]
    [span] = names[0].spans["sv"]
    assert texts["sv"][span.start : span.end] == "Silicon Valley"
