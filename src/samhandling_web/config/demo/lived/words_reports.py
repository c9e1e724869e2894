"""What the invented town's reporters write, and what they are told. Never of a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """A kind of thing that is seen: its category, how often, at which hours and how it is told."""

    category: str
    often: float
    hours: tuple[float, float]
    grave: tuple[float, float]
    """How often it is serious, and how often very serious."""
    texts: tuple[str, ...]


SQUARE = (
    Sight(
        "disorder",
        5,
        (17, 24),
        (0.35, 0.05),
        (
            "Skrik och flaskor i marken utanför serveringen. Flera äldre tog omvägen runt.",
            "Berusade satt på bänkarna framför butiken och ropade efter dem som gick förbi.",
            "Bråk vid uttagsautomaten. Det lugnade sig när butikens personal kom ut.",
            "Hög musik och glas på trapporna. Städat dagen efter.",
            "Stökigt efter stängning, någon kastade en soptunna i fontänen.",
        ),
    ),
    Sight(
        "gathering",
        4,
        (16, 22),
        (0.3, 0.02),
        (
            "Ett större gäng stod i entrén till gallerian. Besökare backade ut igen.",
            "Tio till femton ungdomar framför biblioteket, mopeder på gångytan.",
            "Samling vid kiosken när fritidsgården hade stängt. Ingen vuxen på plats.",
            "Många på torget efter matchen, mest god stämning men svårt att ta sig fram.",
        ),
    ),
    Sight(
        "drugs",
        3,
        (15, 22),
        (0.6, 0.1),
        (
            "Öppen försäljning bakom kiosken, samma bänk som förra veckan.",
            "Små påsar i rabatten vid parkeringen. Lämnade till polisen.",
            "Överlämning mellan bil och moped vid torgets baksida.",
        ),
    ),
    Sight(
        "robbery_theft",
        1.5,
        (11, 19),
        (0.6, 0.1),
        (
            "Väska ryckt ur en cykelkorg vid torghandeln.",
            "Personalen berättar om tre stölder ur butik på en eftermiddag.",
        ),
    ),
    Sight(
        "litter",
        1.5,
        (6, 10),
        (0.05, 0.0),
        (
            "Överfulla korgar och glas i sandlådan på morgonen.",
            "Skräp över hela torget efter helgen. Tar en timme att plocka.",
        ),
    ),
)
TUNNEL = (
    Sight(
        "dark",
        4,
        (20, 24),
        (0.3, 0.0),
        (
            "Två av sex lampor lyser. Det går inte att se vem som står vid nedgången.",
            "Helt svart i mitten. Flera elever väntar in varandra innan de går.",
            "Lampan vid rampen blinkar och släcks.",
            "Belysningen var släckt hela kvällen.",
        ),
    ),
    Sight(
        "tunnel",
        4,
        (15, 23),
        (0.4, 0.05),
        (
            "Moped i hög fart genom tunneln, en cyklist fick hoppa av.",
            "Några stod still i tunneln och ingen vågade gå igenom.",
            "Luktar urin och rök. Buskaget skymmer hela utgången.",
            "Äldre ber om sällskap genom tunneln när det är mörkt.",
        ),
    ),
    Sight(
        "vandalism_graffiti",
        3,
        (20, 24),
        (0.15, 0.0),
        (
            "Nytt klotter över hela norra väggen.",
            "Glaset framför lampan är sönderslaget igen.",
            "Klotter i rött över hela skylten. Sanerades inte på en vecka.",
        ),
    ),
    Sight(
        "robbery_theft",
        1,
        (18, 23),
        (0.4, 0.5),
        (
            "Elev blev av med telefonen i tunneln på väg hem från träning.",
            "Försök till rån vid nedgången. Polisen var där efter en kvart.",
        ),
    ),
)
PARK = (
    Sight(
        "drugs",
        4,
        (15, 23),
        (0.55, 0.05),
        (
            "Försäljning vid lekplatsens baksida mitt på dagen.",
            "Kanyler vid muren. Plockades upp och lämnades.",
            "Gömma i buskaget bredvid gångvägen, samma plats som förut.",
        ),
    ),
    Sight(
        "overgrown",
        3,
        (7, 12),
        (0.1, 0.0),
        (
            "Häcken är så hög att stigen inte syns från gatan.",
            "Buskarna täcker två lyktstolpar. De lyser rakt in i bladen.",
            "Sly längs hela gångvägen. Barnfamiljer har slutat gå där.",
        ),
    ),
    Sight(
        "litter",
        2.5,
        (6, 11),
        (0.05, 0.0),
        (
            "Engångsgrillar och glas i gräset.",
            "Madrasser och en kundvagn har legat vid dungen i flera dagar.",
        ),
    ),
    Sight(
        "disorder",
        2,
        (18, 24),
        (0.3, 0.0),
        (
            "Fest till långt in på natten, boende ringde flera gånger.",
            "Stökigt vid grillplatsen, någon eldade i en papperskorg.",
        ),
    ),
)
STATION = (
    Sight(
        "reckless_driving",
        4,
        (15, 23),
        (0.4, 0.05),
        (
            "Mopeder i hög fart över perrongens gångyta. Resenärer fick gå åt sidan.",
            "Bil driftade på pendlarparkeringen i en halvtimme.",
            "Elsparkcyklar och mopeder genom vänthallen.",
        ),
    ),
    Sight(
        "robbery_theft",
        3,
        (6, 20),
        (0.4, 0.05),
        (
            "Fem cyklar utan framhjul i stället närmast spåret.",
            "Två cyklar stals under dagen, låsen låg kvar.",
            "Uppbruten cykelbox. Vakten såg inget.",
        ),
    ),
    Sight(
        "gathering",
        3,
        (16, 23),
        (0.3, 0.02),
        (
            "Ungdomar samlas i biljetthallen när tåget har gått. Resenärer väntar utomhus.",
            "Stor grupp vid trapporna, ropade efter resenärer.",
        ),
    ),
    Sight(
        "threat_to_staff",
        1.5,
        (17, 23),
        (0.6, 0.3),
        (
            "Kioskens personal blev hotad när de bad någon att gå ut.",
            "Förare fick en flaska kastad mot rutan vid hållplatsen.",
        ),
    ),
)
SCHOOL = (
    Sight(
        "school_leisure",
        4,
        (11, 17),
        (0.4, 0.03),
        (
            "Utomstående på skolgården på lunchrasten. Gick när rastvakten kom.",
            "Filmade bråk bakom idrottshallen. Skolan har talat med hemmen.",
            "Mopeder på skolgården när eftermiddagen slutar.",
        ),
    ),
    Sight(
        "vandalism_graffiti",
        4,
        (18, 24),
        (0.3, 0.02),
        (
            "Tre krossade rutor mot baksidan efter helgen.",
            "Klotter på matsalens vägg. Sanerades samma dag.",
            "Utebelysningen vid idrottshallen är sönderslagen.",
        ),
    ),
    Sight(
        "fire_fireworks",
        1.5,
        (17, 23),
        (0.5, 0.2),
        (
            "Eld i en papperskorg intill fasaden. Släckt av vaktmästaren.",
            "Fyrverkerier mot cykelstället efter skoltid.",
        ),
    ),
    Sight(
        "burglary",
        1,
        (20, 24),
        (0.5, 0.0),
        (
            "Spår av att någon sovit i förrådet. Låset är bytt.",
            "Dörren till idrottshallen uppbruten, inget borta.",
        ),
    ),
)
SIGHTS = {"square": SQUARE, "tunnel": TUNNEL, "park": PARK, "station": STATION, "school": SCHOOL}
"""What is seen at each kind of spot."""

BETTER = (
    Sight(
        "improved",
        3,
        (9, 20),
        (0.0, 0.0),
        (
            "Det är märkbart lugnare här än förut. Fler stannar kvar på kvällen.",
            "Ljust och rent nu. Äldre går här igen.",
            "Personalen säger att kvällarna är lugna sedan åtgärden kom.",
            "Barnfamiljer har kommit tillbaka på helgerna.",
        ),
    ),
    Sight(
        "safe_place",
        2,
        (9, 20),
        (0.0, 0.0),
        (
            "Trygg plats: mycket folk, ljust och öppet åt alla håll.",
            "Känns tryggt sedan värdarna är här på kvällarna.",
        ),
    ),
)
"""What is seen where something has been done that helped."""

ELSEWHERE = (
    Sight(
        "vandalism_graffiti",
        2,
        (20, 24),
        (0.15, 0.0),
        ("Klotter på elskåp och port.", "Sparkad skylt vid busskuren."),
    ),
    Sight(
        "litter",
        2,
        (7, 11),
        (0.0, 0.0),
        ("Grovsopor vid återvinningen.", "Skräp utanför miljörummet, råttor i närheten."),
    ),
    Sight(
        "burglary",
        1,
        (0, 6),
        (0.5, 0.0),
        ("Obehöriga i källaren, två förråd uppbrutna.", "Porten stod öppen, någon hade sovit där."),
    ),
    Sight(
        "rumour",
        1.5,
        (9, 20),
        (0.3, 0.0),
        (
            "Rykte i elevernas grupper om bråk till helgen. Inget bekräftat.",
            "Boende säger att en lokal ska stänga och är oroliga för vad som kommer i stället.",
        ),
    ),
    Sight(
        "upcoming",
        1,
        (12, 20),
        (0.0, 0.0),
        (
            "Fest på udden för flera skolor på fredag kväll.",
            "Derby på söndag, supportrar samlas före matchen.",
            "Kvarterets dag på lördag, många barn ute till sent.",
        ),
    ),
    Sight(
        "dark",
        1.5,
        (20, 24),
        (0.1, 0.0),
        ("Lyktstolpen vid gångvägen är släckt.", "Mörkt på hela gården, tre lampor trasiga."),
    ),
)
"""What is seen outside the spots that everybody speaks of."""

TAKEN_UP = (
    "Tack. Vi tar upp det på torsdagens möte.",
    "Tack, det hör ihop med annat vi har sett här. Det kommer med i veckans sammanställning.",
    "Tack. Vi har bett dem som sköter platsen att titta på det.",
    "",
)
DONE = {
    "dark": (
        "Lamporna är bytta.",
        "Felanmält och lagat. Säg till om det släcks igen.",
    ),
    "overgrown": ("Parklaget har röjt längs vägen.", "Buskarna är nedtagna till midjehöjd."),
    "litter": ("Städat samma dag. Korgarna töms nu även på söndagar.", "Hämtat och städat."),
    "vandalism_graffiti": (
        "Sanerat inom två dygn.",
        "Rutan är bytt och klottret sanerat. Polisanmält.",
    ),
    "": (
        "Polisen och värdarna har varit på plats de kvällar då det brukar hända.",
        "Vi har talat med skolan och fältgruppen, som finns där på eftermiddagarna.",
        "Väktarnas rond är flyttad till den tiden.",
        "Bostadsbolaget har bytt lås och satt upp bättre ljus.",
        "Det kom upp på mötet och ingår nu i en åtgärd på platsen. Tack för att du säger till.",
    ),
}
"""What a reporter is told when something was done; without a category of its own, the last."""

NO_ACTION = (
    "Vi har inte sett det igen och gör inget mer nu. Skriv om det kommer tillbaka.",
    "Det gick över av sig självt och kräver ingen insats. Tack för att du skrev.",
    "Markägaren har fått veta det, men kan inte göra något i år.",
    "Det går inte att göra något åt enskilt. Det räknas med i lägesbilden.",
)
LATE = ("Tack för rapporten. Den blev liggande.", "Noterat.")
"""What reporters are told in the district that does not work well."""
