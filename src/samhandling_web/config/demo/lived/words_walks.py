"""What is found on the invented town's safety walks, and how those responsible answer."""

from dataclasses import dataclass

from samhandling_web.observe.walks.rules import CostClass


@dataclass(frozen=True, slots=True)
class Sighted:
    """A finding, who should answer, and the answer: days to do it in, or why it is not done."""

    category: str
    text: str
    suggestion: str
    owner: str
    cost: CostClass = CostClass.UPKEEP
    days: int = 30
    not_because: str = ""
    is_safe: bool = False


def _safe(category: str, text: str) -> Sighted:
    return Sighted(category, text, "", "", CostClass.NONE, is_safe=True)


FINDINGS: dict[str, tuple[Sighted, ...]] = {
    "square": (
        Sighted(
            "dark",
            "Strålkastaren över busshållplatsen är släckt sedan länge.",
            "Byt lampan och lägg den på ronden.",
            "park",
        ),
        Sighted(
            "hidden",
            "Reklamtavlan skymmer sikten mellan kiosken och gallerian.",
            "Flytta tavlan två meter.",
            "centrumfastigheter",
            CostClass.INVESTMENT,
            45,
        ),
        Sighted(
            "gathering",
            "Bänkarna står i en vinkel där ingen går förbi.",
            "Vänd bänkarna mot torget och ställ ut fler stolar.",
            "park",
            CostClass.UPKEEP,
            40,
        ),
        Sighted(
            "disorder",
            "Uttagsautomaten ligger i en mörk nisch.",
            "Sätt upp ljus i nischen.",
            "centrumfastigheter",
            CostClass.UPKEEP,
            25,
        ),
        _safe("safe_place", "Torghandelns sida: mycket folk och öppna fönster ut."),
    ),
    "tunnel": (
        Sighted(
            "dark",
            "Fyra lampor av sex är trasiga.",
            "Byt till slagtåliga armaturer.",
            "park",
            CostClass.INVESTMENT,
            35,
        ),
        Sighted(
            "overgrown",
            "Buskarna når ut över rampen på båda sidor.",
            "Röj fem meter på var sida.",
            "park",
            CostClass.UPKEEP,
            20,
        ),
        Sighted(
            "vandalism_graffiti",
            "Klotter från golv till tak.",
            "Måla om i ljus färg tillsammans med skolan.",
            "park",
            CostClass.UPKEEP,
            50,
        ),
        Sighted(
            "tunnel",
            "Man ser inte genom tunneln förrän man är inne.",
            "Spegel vid kröken.",
            "park",
            CostClass.INVESTMENT,
            not_because="En spegel har prövats och krossades två gånger. Sikten röjs i stället.",
        ),
    ),
    "park": (
        Sighted(
            "overgrown",
            "Häcken gör stigen till en gång utan utvägar.",
            "Ta ner häcken till midjehöjd.",
            "park",
            CostClass.UPKEEP,
            20,
        ),
        Sighted(
            "dark",
            "Två lyktstolpar står inne i buskaget.",
            "Röj kring stolparna.",
            "park",
            CostClass.UPKEEP,
            20,
        ),
        Sighted(
            "litter",
            "Grillplatsen är full av glas.",
            "Töm på söndagar och ställ ut en glascontainer.",
            "park",
            CostClass.UPKEEP,
            15,
        ),
        Sighted(
            "drugs",
            "Skymd plats bakom förrådet, spår av försäljning.",
            "Riv förrådet eller flytta det.",
            "kvarnfastigheter",
            CostClass.INVESTMENT,
            60,
        ),
        _safe("safe_place", "Lekplatsen: barnfamiljer hela eftermiddagen."),
    ),
    "station": (
        Sighted(
            "hidden",
            "Cykelstället står bakom en mur.",
            "Flytta stället till gatan.",
            "park",
            CostClass.INVESTMENT,
            60,
        ),
        Sighted(
            "dark",
            "Gångvägen från perrongen saknar ljus de sista trettio metrarna.",
            "Två stolpar till.",
            "park",
            CostClass.INVESTMENT,
            50,
        ),
        Sighted(
            "reckless_driving",
            "Det finns inget som hindrar mopeder på gångytan.",
            "Pollare som släpper fram barnvagn.",
            "park",
            CostClass.INVESTMENT,
            45,
        ),
        Sighted(
            "threat_to_staff",
            "Kiosken har ingen utgång på baksidan.",
            "Öppna dörren mot lastintaget.",
            "centrumfastigheter",
            CostClass.INVESTMENT,
            not_because="Dörren är en del av brandcellen. Larmknapp sätts upp i stället.",
        ),
    ),
    "school": (
        Sighted(
            "dark",
            "Baksidan vid idrottshallen är svart när träningen slutar.",
            "Ljus som tänds av rörelse.",
            "utbildning",
            CostClass.UPKEEP,
            30,
        ),
        Sighted(
            "vandalism_graffiti",
            "Rutorna mot parken krossas varje helg.",
            "Byt till tåligt glas i bottenvåningen.",
            "utbildning",
            CostClass.INVESTMENT,
            60,
        ),
        Sighted(
            "school_leisure",
            "Alla kan gå rakt in på skolgården från två håll.",
            "Plantera och rama in entréerna.",
            "utbildning",
            CostClass.INVESTMENT,
            not_because="Skolgården ska vara öppen efter skoltid. Rastvärdar möter upp i stället.",
        ),
        _safe("improved", "Nya bordtennisbordet: ungdomar som spelar i stället för att hänga."),
    ),
}

WILL_DO = (
    "Det läggs på nästa rond.",
    "Beställt. Vi hör av oss om det drar ut på tiden.",
    "Vi gör det tillsammans med annat på samma plats.",
)
INVITED = (
    ("boende i området", "", 15),
    ("elevråd och föräldrar", "utbildning", 8),
    ("fastighetsskötare", "bostadsbolaget", 2),
    ("förvaltare", "centrumfastigheter", 1),
    ("kommunpolis", "polisen", 1),
    ("driftledare", "park", 2),
)
NOTICE = (
    "Tack till er som gick med oss. {answered} av {count} fynd har fått svar. {done} är redan "
    "åtgärdade och resten har ett datum. Det som inte görs står med ett skäl. Vi går samma väg "
    "igen när mörkret har kommit."
)
PURPOSE = (
    "Vägen valdes efter veckosammanställningarna: många iakttagelser vid {spots}, och boende som "
    "tar omvägar på kvällen."
)
