"""What the parties of the invented town agree on, promise, bring up and decide."""

PURPOSES = (
    "Minska brottsligheten och öka tryggheten i {name} genom att parterna delar lägesbild, väljer "
    "samma prioriteringar och följer upp det de beslutar."
)
FIELDS = (
    "Gemensam lägesbild varje vecka. Trygghetsvandringar två gånger om året. Platser som parterna "
    "väljer tillsammans. Unga i riskzon, utan att uppgifter om enskilda delas här."
)
DECLARATION_PURPOSES = (
    "Kommunen och Polisen ska förebygga brott tillsammans, från gemensam lägesbild till uppföljd "
    "åtgärd, i hela kommunen."
)
DECLARATION_FIELDS = (
    "Strategiskt råd fyra gånger om året. En lokal överenskommelse i varje område. Medborgarlöften "
    "som går att kontrollera. Prioriterade platser."
)
PRIORITY_TITLES = {
    "square": "Lugna kvällar på torget",
    "tunnel": "Trygg väg till skola och tåg",
    "park": "Parken tillbaka till barnen",
    "station": "Stationen utan mopeder och stölder",
    "school": "Skolgården är hel och öppen",
}
PRIORITY_DESCRIPTION = "Färre iakttagelser kring {spot} inom ett år, och fler som vistas där."
PROMISES = {
    "a": (
        (
            "Vi är på {spot} varje torsdag till lördag kväll i femton veckor.",
            "Minst 40 kvällar noterade i gemensamt schema.",
            "kept",
            "43 kvällar enligt schemat, och iakttagelserna har minskat.",
        ),
        (
            "Alla fynd från årets trygghetsvandring får ett svar inom tre veckor.",
            "Andel fynd med svar och dag, på vandringens sida.",
            "kept",
            "Alla fynd fick svar, det senaste efter sexton dagar.",
        ),
    ),
    "b": (
        (
            "Klotter vid {spot} är borta inom två dygn.",
            "Tid från anmälan till sanering i skötselrapporten.",
            "partly",
            "Nio av elva inom två dygn; två väntade på ställning.",
        ),
    ),
    "c": (
        (
            "Vi svarar på varje rapport från {spot} inom en vecka.",
            "Andel rapporter med svar inom sju dagar.",
            "",
            "",
        ),
    ),
}
SEATS = (
    ("polisen", "områdespolis"),
    ("bostadsbolaget", "områdeschef"),
    ("utbildning", "rektor"),
    ("social", "samordnare för fältgruppen"),
    ("park", "driftledare"),
)
STRATEGIC_SEATS = (
    ("polisen", "lokalpolisområdeschef"),
    ("bostadsbolaget", "verkställande direktör"),
    ("social", "förvaltningschef"),
    ("utbildning", "förvaltningschef"),
)
ROOMS = ("medborgarkontoret", "polisstationen, sammanträdesrummet", "skolans matsal", "videomöte")

WEEK_DECISIONS = (
    ("Gå förbi {spot} torsdag till lördag klockan 17–21 och skriv vad som syns.", "polisen", 14),
    ("Flytta fältgruppens kväll till {spot}.", "social", 14),
    ("Rondera ljuset kring {spot} och laga det som är trasigt.", "park", 21),
    ("Tala med hyresgästerna närmast {spot} om portar och källare.", "bostadsbolaget", 28),
    ("Ta upp veckans händelser med elevråd och föräldrar.", "utbildning", 21),
)
WEEK_NOTHING = (
    "Veckan skiljer sig inte från de tidigare när hänsyn tas till hur många som rapporterat.",
    "Det som sticker ut är redan med i en pågående åtgärd.",
)
NOTES = (
    "Genomgång av veckans sammanställning mot antal rapportörer.",
    "Parterna är överens om bilden.",
    "Boende har hört av sig om samma sak till bostadsbolaget.",
    "",
)
PROBLEM_DECISION = "Ta fram åtgärder mot orsakerna och lämna dem för beslut."
PRIORITY_DECISION = "Föreslå en åtgärd som hör till prioriteringen."
AGREEMENT_DECISION = "Påbörja förnyelsen och ta med prioriteringarna från i år."
LEFT_DECISION = "Slutför och skriv in hur det gick."
START_DECISION = "Börja åtgärden och skriv in vad som görs, eller säg varför den dröjer."
END_DECISION = "Gör klart åtgärden och skriv in vad som är gjort."
FOLLOW_UP_DECISION = "Följ upp åtgärden mot utgångsvärdet och ta med resultatet till nästa möte."
FINDING_DECISION = "Svara på fyndet: vad som görs och när, eller varför inget görs."
OTHER_DECISION = "Stäm av med berörda och återkom till nästa möte."
OWN_ITEMS = (
    (
        "Helgen med fotbollscupen: vilka är ute och var",
        "Gemensam bemanning enligt lista.",
        "polisen",
        12,
    ),
    ("Öppettider på fritidsgården", "Öppet även söndagar på prov.", "kultur", 40),
    ("Ordningsvakternas område", "Vi står kvar vid nuvarande område till nästa prövning.", "", 0),
    ("Ljusmätning på mörka platser", "Mät vid alla platser i listan.", "park", 30),
    ("Rapportörer: nya i skolan och biblioteket", "Utbilda fyra till.", "utbildning", 35),
)
RESULTS = (
    "Gjort enligt beslutet.",
    "Klart. Ingen särskild händelse de kvällarna.",
    "Klart och avstämt med parterna.",
    "Gjort, tog en vecka längre än tänkt hos leverantören men före slutdatum.",
)
STRATEGIC_ITEMS = (
    (
        "Lägesbild och prioriteringar",
        "Prioriteringarna i de tre områdena fastställs.",
        "kommunen",
        40,
    ),
    (
        "Resurser till kvällsöppna mötesplatser",
        "Medel avsätts ur det förebyggande anslaget.",
        "kommunen",
        60,
    ),
    (
        "Uppföljning av åtgärder i de tre områdena",
        "Områden som inte följer upp ska redovisa varför.",
        "kommunen",
        50,
    ),
    ("Medborgarlöften nästa år", "Underlag tas fram tillsammans med Polisen.", "polisen", 60),
)
