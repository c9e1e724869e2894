"""What a reader of each source must know, in Swedish."""

from samhandling.sources.protocol import Source
from samhandling_web.base.common.text import Text, _

POLICE_LIST = (
    _("Listan är en bedömning, inte en mätning av brott."),
    _("Gränserna ritas om mellan listorna: räkna invånarna i områdena, inte områdena."),
    _("Klassen riskområde togs bort 2025."),
)
SCB = (
    _("Utgivaren har justerat värden för att skydda personer: delar kan avvika från summan."),
    _("Personer utan adress räknas till kommunens huvudområde."),
    _("Indelningar från olika år får inte sättas ihop efter kod utan omräkning."),
)
CAVEATS: dict[str, tuple[Text, ...]] = {
    "police_events": (
        _("Koordinaterna är mitten av en kommun eller ett län och används inte."),
        _("Ett urval för pressen: antalet visar kommunikation, inte brott."),
        _("En sammanfattning rymmer flera händelser och är märkt."),
        _("Sedan 2026 anges bara län; kommunen läses ur händelsens namn."),
    ),
    "reported_crime_deso": (
        _("Anmälda brott, inte begångna. Platsen är brottsplatsen."),
        _("Andelen med områdeskod ändras över åren: visa den bredvid varje utveckling."),
        _("De första åren innehåller bara brott som registrerades sent."),
        _("Brottsdagen kan ligga år före anmälan eller saknas."),
    ),
    "reported_crime_municipality": (
        _("Räknas efter den dag brottet registrerades. Massanmälningar ger toppar."),
        _("En ändring kan gälla anmälandet och inte brotten."),
        _("Brottsgrupperna är sammanställarens."),
    ),
    "vulnerable_areas": POLICE_LIST,
    "vulnerable_area_classes": (
        *POLICE_LIST,
        _("Klasser före 2021 är sammanställda ur andrahandskällor."),
    ),
    "vulnerable_area_shares": (*POLICE_LIST, _("En andel av ytan, inte av invånarna.")),
    "boundaries": (
        _("Förenklade gränser ger andelar av yta som stämmer på några procent när."),
        _("Områden på en nivå behöver inte rymmas i områden på en annan."),
        _("Indelningar ändras: ange från vilken dag gränserna gäller."),
    ),
    "base_area_population": (
        _("Personer utan känd adress ingår inte i områdena."),
        _("Små tal är verkliga: dölj dem innan något publiceras efter kön och ålder."),
    ),
    "pxweb_excel": SCB,
    "pxweb_json": SCB,
    "safety_survey": (
        _("Värdena är avrundade till hela procent."),
        _("Antalet svar per område är inte publicerat."),
        _("Olika frågor ger olika nivåer: blanda dem aldrig i en serie."),
        _("Områdesvärden hör till den indelning som gällde när de publicerades."),
    ),
    "mapped_table": (_("En person har sagt vad kolumnerna betyder: granska förhandsvisningen."),),
}


def caveats_in_words(source: Source) -> list[str]:
    """Return the source's caveats in the reader's language, or as the library writes them."""
    known = CAVEATS.get(source.slug)
    return [str(text) for text in known] if known else list(source.caveats)
