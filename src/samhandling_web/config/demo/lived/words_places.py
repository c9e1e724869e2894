"""What is known of the invented town's spots, which problems they are, and why they are there."""

from dataclasses import dataclass

from samhandling_web.observe.observations.rules import Severity
from samhandling_web.understand.places.rules import FactKind, PlaceKind, TriangleSide


@dataclass(frozen=True, slots=True)
class Why:
    """A cause, the side of the triangle it is on, who could control it, and three whys."""

    statement: str
    side: TriangleSide
    controller: str
    whys: tuple[str, str, str]
    categories: tuple[str, ...]
    """What is counted among observations as evidence."""
    shows: str


@dataclass(frozen=True, slots=True)
class Known:
    """What people say of a kind of spot."""

    kind: PlaceKind
    unsafe_because: str
    facts: tuple[tuple[FactKind, str, str], ...]
    title: str
    what: str
    to_whom: str
    when: str
    severity: Severity
    causes: tuple[Why, ...]


SQUARE = Known(
    PlaceKind.SQUARE,
    "Många iakttagelser kvällstid, och de som bor här går omvägar efter klockan sju.",
    (
        (FactKind.LIGHT, "Åtta stolpar, två släckta. Nischen vid automaten saknar ljus.", "rond"),
        (FactKind.VISITORS, "Omkring 2 400 passerar en vardag, 300 efter klockan 19.", "räkning"),
        (FactKind.ACTIVITY, "Torghandel onsdag och lördag. Inget efter klockan 18.", "platsbesök"),
    ),
    "Stökiga kvällar vid {spot}",
    "Berusning, skrik och öppen försäljning gör att andra undviker platsen på kvällen.",
    "Boende som handlar, personal i butiker och äldre på väg från bussen.",
    "Vardagar från klockan 17 till stängning, mest torsdag till lördag.",
    Severity.YELLOW,
    (
        Why(
            "Efter stängning är inga vuxna kvar som har ett ärende på platsen.",
            TriangleSide.PLACE,
            "butikernas ägare och torgets förvaltare",
            (
                "butikerna stänger klockan 18 och fritidsgården klockan 20.",
                "ingen har i uppdrag att hålla platsen levande på kvällen.",
                "hyresavtalen saknar villkor om öppettid och skötsel.",
            ),
            ("disorder", "gathering"),
            "Iakttagelserna ligger efter klockan 17 och är få när torghandeln är öppen.",
        ),
        Why(
            "Försäljningen lönar sig eftersom platsen är lätt att överblicka för den som säljer.",
            TriangleSide.OFFENDER,
            "polisen och fältgruppen",
            (
                "bänken bakom kiosken ser alla vägar in men syns från ingen.",
                "kiosken och reklamtavlan skymmer.",
                "de ställdes dit utan att någon frågade vad som syns.",
            ),
            ("drugs",),
            "Samma bänk återkommer i rapporterna.",
        ),
    ),
)
TUNNEL = Known(
    PlaceKind.TUNNEL,
    "Mörk och skymd, flera rapporter om rån och mopeder. Elever väntar in varandra.",
    (
        (FactKind.LIGHT, "Fyra av sex armaturer är trasiga vid mätning.", "rond"),
        (FactKind.SIGHT, "Buskage skymmer bägge ramper, fri sikt under fem meter.", "vandring"),
        (FactKind.VISITORS, "Omkring 900 går här en skoldag.", "räkning"),
    ),
    "Otrygg väg genom {spot}",
    "Mopeder, klotter och enstaka rån i tunneln; många tar vägen över spåret i stället.",
    "Elever på väg från skola och träning, äldre som ska till vårdcentralen.",
    "Eftermiddag och kväll, mest när det är mörkt.",
    Severity.RED,
    (
        Why(
            "Det går inte att se vem som är i tunneln innan man själv är där.",
            TriangleSide.PLACE,
            "Park och gata, som sköter ljus och växter",
            (
                "lamporna är trasiga och buskarna växer över rampen.",
                "ronden går var tredje månad och ingen annan anmäler.",
                "det inte är avtalat vem som ansvarar för tunneln mellan två distrikt.",
            ),
            ("dark", "tunnel"),
            "De flesta iakttagelserna handlar om mörker och om att någon står skymd.",
        ),
    ),
)
PARK = Known(
    PlaceKind.PARK,
    "Försäljning och nedskräpning mitt på dagen, barnfamiljer har slutat gå hit.",
    (
        (FactKind.SIGHT, "Häck på 2,2 meter längs hela gångvägen.", "vandring"),
        (FactKind.UPKEEP, "Korgarna töms måndag till fredag.", "skötselplan"),
        (FactKind.ACTIVITY, "Lekplats och grillplats, inga arrangerade aktiviteter.", "platsbesök"),
    ),
    "Öppen försäljning i {spot}",
    "Narkotika säljs vid lekplatsens baksida och gömmor finns i buskaget.",
    "Barn och föräldrar vid lekplatsen, boende i husen närmast.",
    "Alla dagar från klockan 15, även i dagsljus.",
    Severity.YELLOW,
    (
        Why(
            "Buskaget ger gömställen och tar bort insynen från husen.",
            TriangleSide.PLACE,
            "Park och gata",
            (
                "häcken aldrig klipps under två meter.",
                "skötselplanen gäller parken som den såg ut när den var ny.",
                "planen inte har setts över sedan husen byggdes.",
            ),
            ("drugs", "overgrown"),
            "Gömmor och försäljning finns på samma meter som det igenvuxna.",
        ),
        Why(
            "Unga rekryteras att stå vakt eftersom det inte finns något annat att göra i närheten.",
            TriangleSide.OFFENDER,
            "fritidsgårdens ledare och fältgruppen",
            (
                "fritidsgården är stängd fyra av sju kvällar.",
                "öppettiderna följer skolans läsår och inte kvällarna då det händer.",
                "ledarna anställs för ett läsår i taget.",
            ),
            ("drugs", "disorder"),
            "Iakttagelserna är fler de kvällar då fritidsgården är stängd.",
        ),
    ),
)
STATION = Known(
    PlaceKind.STATION,
    "Mopeder på gångytan och cykelstölder varje vecka; resenärer väntar utomhus.",
    (
        (FactKind.ACCESS, "Två öppningar där mopeder kör in, båda tre meter breda.", "mätning"),
        (FactKind.LIGHT, "De sista trettio metrarna av gångvägen saknar stolpar.", "vandring"),
        (FactKind.VISITORS, "Omkring 1 800 resenärer en vardag.", "trafikbolagets räkning"),
    ),
    "Mopeder och cykelstölder vid {spot}",
    "Mopeder kör i hög fart bland resenärer, och cyklar stjäls bakom muren.",
    "Pendlare, personal i kiosken och gående från bussen.",
    "Vardagar klockan 15–22, stölderna under arbetstid.",
    Severity.YELLOW,
    (
        Why(
            "Ingenting hindrar mopeder från att köra in, och det är den kortaste vägen.",
            TriangleSide.PLACE,
            "Park och gata tillsammans med trafikbolaget",
            (
                "öppningarna är lika breda som en bil.",
                "räddningstjänsten behövde komma fram när stationen byggdes om.",
                "ingen frågade efter pollare som går att fälla.",
            ),
            ("reckless_driving",),
            "Nästan alla iakttagelser om körning gäller de två öppningarna.",
        ),
        Why(
            "Cyklarna står där ingen ser dem.",
            TriangleSide.TARGET,
            "trafikbolaget, som äger stället",
            (
                "stället ligger bakom muren.",
                "platsen framför togs till hyrcyklar.",
                "ingen vägde in stölder när ytan delades upp.",
            ),
            ("robbery_theft",),
            "Stölderna sker vid stället bakom muren, inte vid det framför entrén.",
        ),
    ),
)
SCHOOL = Known(
    PlaceKind.SCHOOL_YARD,
    "Skadegörelse varje helg och utomstående på rasterna.",
    (
        (FactKind.LIGHT, "Baksidan vid idrottshallen saknar belysning.", "vandring"),
        (FactKind.UPKEEP, "Rutor för 84 000 kronor bytta förra läsåret.", "skolans bokföring"),
        (FactKind.ACTIVITY, "Idrottshallen hyrs ut till klockan 21 tre kvällar.", "bokningen"),
    ),
    "Skadegörelse på kvällar och helger vid {spot}",
    "Rutor krossas och det klottras när skolgården är tom.",
    "Skolan, eleverna och de föreningar som hyr hallen.",
    "Kvällar och helger efter klockan 18.",
    Severity.GREEN,
    (
        Why(
            "Skolgårdens baksida är mörk och tom när hallen har stängt.",
            TriangleSide.PLACE,
            "skolans vaktmästare och föreningarna",
            (
                "belysningen är kopplad till skolans öppettid.",
                "föreningarna hyr hallen men inte gården.",
                "uthyrningen sköts av en annan förvaltning än skolgården.",
            ),
            ("vandalism_graffiti", "school_leisure"),
            "Skadegörelsen ligger på kvällar utan uthyrning.",
        ),
    ),
)
KNOWN = {"square": SQUARE, "tunnel": TUNNEL, "park": PARK, "station": STATION, "school": SCHOOL}

SAFE_BECAUSE = "Lugnt och ljust sedan åtgärderna: få iakttagelser och fler som stannar kvar."
MIXED_BECAUSE = "Lugnt på dagen, enstaka händelser på kvällen."
DISMISSED = (
    "Anmälningarna gäller stölder inne i butiken, inte platsen.",
    "Det är en parkering som kommunen inte råder över; ägaren har egna väktare.",
    "Samlingen beror på en enda helg med festival.",
)
RESOLVED_BECAUSE = (
    "Iakttagelserna har sjunkit tydligt sedan åtgärderna och den senaste vandringen fann inga av "
    "de tidigare bristerna. Vi följer platsen i veckosammanställningen."
)
