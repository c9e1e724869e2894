"""What is done about the invented town's problems, how it is meant to work, and how it is told."""

from dataclasses import dataclass

from samhandling_web.agree.measures.rules import EvaluationLevel, Horizon, Kind, Mechanism, Verdict

SAFETY, GROWING_UP, STREETS = "Trygghet och ordning", "Uppväxt och skola", "Stadsmiljö"
PORTFOLIOS: tuple[tuple[str, str, str], ...] = (
    (SAFETY, "Kommunalråd för trygghet", "here_and_now"),
    (GROWING_UP, "Kommunalråd för skola och fritid", "long_term"),
    (STREETS, "Kommunalråd för stadsmiljö", ""),
)
"""Name, the office that answers for it, and its horizon."""
HANDED_OVER = (
    SAFETY,
    "Kommunstyrelsens ordförande",
    "Ny ansvarsfördelning i kommunstyrelsen efter att ämbetet lämnades mitt i mandatperioden.",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """A measure as it is proposed: what, why it should work, whose, for how much and how long."""

    title: str
    description: str
    kind: Kind
    mechanism: Mechanism
    how: str
    owner: str
    portfolio: str
    doses: tuple[tuple[str, int], ...]
    money: tuple[int, int]
    """Investment, and running cost per year, in kronor."""
    horizon: Horizon = Horizon.HERE_AND_NOW
    weeks: int = 10
    level: EvaluationLevel = EvaluationLevel.COMPARISON
    cause: int = 0
    calm: float = 1.0
    """What is left of what was seen, once it works."""
    verdict: Verdict = Verdict.END
    because: str = ""
    typed: tuple[str, str, str, float, float] | None = None
    """A figure that nobody counts here: what, unit, source, before and after."""
    stopped_because: str = ""
    late_days: int = 0


DEEDS: dict[str, tuple[Deed, Deed]] = {
    "square": (
        Deed(
            "Kvällsvärdar på {spot}",
            "Två värdar i väst på torget torsdag till lördag klockan 17–21.",
            Kind.PRESENCE,
            Mechanism.RISK,
            "Vuxna som har ett ärende på platsen när butikerna har stängt gör att det märks.",
            "social",
            SAFETY,
            (("kvällar", 30),),
            (0, 640_000),
            calm=0.18,
            verdict=Verdict.CONTINUE,
            because="Det verkar och kostar mindre än väktarnas rond. Fortsätt ett halvår till.",
        ),
        Deed(
            "Torgkvällar med föreningar på {spot}",
            "Föreningar håller i spel, musik och servering en kväll i veckan.",
            Kind.ACTIVATION,
            Mechanism.USE_OF_PLACE,
            "Fler som har en anledning att vara här på kvällen håller platsen levande.",
            "kultur",
            GROWING_UP,
            (("torgkvällar", 30),),
            (60_000, 180_000),
            horizon=Horizon.LONG_TERM,
            weeks=40,
        ),
    ),
    "tunnel": (
        Deed(
            "Slagtåliga lampor och röjning vid {spot}",
            "Sex armaturer byts och buskaget röjs tio meter ut på båda sidor.",
            Kind.LIGHTING,
            Mechanism.RISK,
            "Den som går in ser hela vägen, och den som står där syns från gatan.",
            "park",
            STREETS,
            (("armaturer", 6), ("meter röjd ramp", 40)),
            (185_000, 12_000),
            calm=0.15,
            because="Klart. Ronden tar över skötseln.",
        ),
        Deed(
            "Ljudlarm i {spot}",
            "Larm som hör krossat glas och rop på hjälp och ringer ledningscentralen.",
            Kind.SOUND_ALARM,
            Mechanism.RISK,
            "Hjälp som kommer fort gör det mer riskabelt.",
            "park",
            SAFETY,
            (("dygn i drift", 70),),
            (240_000, 35_000),
            weeks=9,
            stopped_because="Leverantören kunde inte visa att ljudet raderas. Utan det inget larm.",
            because="Avbruten. Lamporna gjorde det som larmet var tänkt att göra.",
        ),
    ),
    "park": (
        Deed(
            "Häcken i {spot} ner till midjehöjd",
            "Hela häcken längs gångvägen klipps och hålls låg under säsongen.",
            Kind.UPKEEP,
            Mechanism.EFFORT,
            "Utan gömställen blir det svårare att sälja utan att synas från husen.",
            "park",
            STREETS,
            (("klippningar", 4),),
            (40_000, 22_000),
            calm=0.95,
            verdict=Verdict.CHANGE,
            because="Det syns ingen skillnad. Försäljningen flyttade tjugo meter. Pröva närvaro.",
        ),
        Deed(
            "Fritidsledare i {spot} fyra kvällar",
            "Två ledare med fritidsgårdens buss, mat och spel klockan 16–21.",
            Kind.SOCIAL,
            Mechanism.SUPPORT,
            "Unga som har något annat att göra är svårare att rekrytera som vakter.",
            "social",
            GROWING_UP,
            (("kvällar", 120),),
            (90_000, 980_000),
            horizon=Horizon.LONG_TERM,
            weeks=44,
            cause=1,
        ),
    ),
    "station": (
        Deed(
            "Pollare vid {spot}",
            "Fällbara pollare i de två öppningarna, nyckel hos räddningstjänsten.",
            Kind.BARRIER,
            Mechanism.EFFORT,
            "Mopeder kommer inte in där gående och resenärer är.",
            "park",
            STREETS,
            (("pollare", 8),),
            (310_000, 5_000),
            calm=0.18,
            because="Klart. Körningen på gångytan har i stort sett upphört.",
        ),
        Deed(
            "Cykelställ i blickfånget vid {spot}",
            "Stället flyttas från muren till ytan framför kiosken.",
            Kind.REBUILDING,
            Mechanism.RISK,
            "Den som stjäl syns från kiosken och från perrongen.",
            "park",
            STREETS,
            (("flyttade platser", 60),),
            (120_000, 0),
            weeks=9,
            cause=1,
            because="Klart, en vecka senare än planerat. Följs i trafikbolagets statistik.",
            typed=(
                "Anmälda cykelstölder per månad",
                "stölder per månad",
                "trafikbolagets sammanställning",
                9.0,
                5.0,
            ),
            late_days=9,
        ),
    ),
    "school": (
        Deed(
            "Kvällsöppen skolgård vid {spot}",
            "Föreningarna får nyckel till gården och håller i gemensam stängning klockan 21.",
            Kind.SCHOOL,
            Mechanism.RISK,
            "En gård där det finns folk är ingen gård att krossa rutor på.",
            "utbildning",
            GROWING_UP,
            (("kvällar", 40),),
            (15_000, 60_000),
            calm=0.35,
            verdict=Verdict.CONTINUE,
            because="Färre händelser och fler som använder gården. Fortsätt läsåret ut.",
        ),
        Deed(
            "Föräldrar ute på helgen kring {spot}",
            "Föräldragrupper går fredag och lördag med skolans västar.",
            Kind.PARENTS,
            Mechanism.SUPPORT,
            "Vuxna som känner barnen gör att det stannar vid ett samtal.",
            "utbildning",
            GROWING_UP,
            (("kvällar", 60),),
            (0, 30_000),
            horizon=Horizon.LONG_TERM,
            weeks=42,
        ),
    ),
}
INSTEAD = {
    ("b", "tunnel"): Deed(
        "Eleverna målar {spot}",
        "Skolans bildklasser målar väggarna i ljusa färger och skolan har väggen som sin.",
        Kind.ACTIVATION,
        Mechanism.USE_OF_PLACE,
        "Fler elever går där, och väggen är någons.",
        "utbildning",
        GROWING_UP,
        (("elever", 120), ("målade meter", 60)),
        (35_000, 8_000),
        horizon=Horizon.LONG_TERM,
        weeks=38,
    ),
}
"""Second measures of one district and theme that are others than elsewhere."""

HALF_MEANT = (
    ("Fler väktare i {district}", "Någon behöver vara ute mer."),
    ("Kamera vid {spot}", "Boende har bett om kamera."),
    ("Informationskampanj om trygghet", ""),
)
"""What is proposed where nobody has asked for the cause."""

INTRODUCTION = (
    "Planen bygger på den antagna lägesbilden och på vad rapportörer och trygghetsvandringar har "
    "visat i {name}. Varje åtgärd angriper en orsak, har ett utgångsvärde och en dag då den följs "
    "upp. Arbetssättet införs först i tre områden."
)
CITY_INTRODUCTION = (
    "Kommunens plan samlar de långsiktiga åtgärderna i de tre områden där arbetssättet införs. "
    "Platsernas egna åtgärder står i områdenas planer."
)
CHANGED = {
    "lower": "Det är tydligt lugnare.",
    "higher": "Det har blivit fler iakttagelser, inte färre.",
    "": "Det går inte att se någon förändring.",
}
SWITCHED_OFF = (
    "Åtgärden avbröts innan den hade verkat. {words} Det som har ändrats hör till det andra som "
    "gjordes på platsen samtidigt."
)
COMPARED = (
    "{change} {words} Vid {other}, där inget gjordes, var iakttagelserna {before} före och {after} "
    "efter på lika lång tid."
)
"""How a result is told, with what happened at the place that it is held against."""
