"""Why rows were refused and what was noticed, in Swedish. Plain text, no rules."""

import string
from collections.abc import Mapping

from samhandling.sources.codes import NoticeCode, Reason
from samhandling_web.base.common.text import Text, _

REASONS: dict[str, Text] = {
    Reason.MISSING_VALUE: _("{field} är tomt. Fyll i det."),
    Reason.BAD_DATE: _("{field} ”{value}” går inte att läsa som datum. Skriv ÅÅÅÅ-MM-DD."),
    Reason.BAD_NUMBER: _("{field} ”{value}” är inte ett tal inom de gränser som gäller."),
    Reason.BAD_AREA_CODE: _("”{value}” är inte en områdeskod av det slag som källan använder."),
    Reason.BAD_COORDINATES: _("{lat}, {lon} är inte latitud och longitud i grader."),
    Reason.NULL_ISLAND: _("Läget är 0, 0, vilket betyder att läge saknas."),
    Reason.PROJECTED_COORDINATES: _(
        "{lat}, {lon} ser ut som {crs}, inte grader. Ange koordinatsystemet i kolumnbeskrivningen."
    ),
    Reason.OUTSIDE_MUNICIPALITY: _("{lat}, {lon} ligger utanför kommunen."),
    Reason.TIME_IN_FUTURE: _("{field} {value} ligger efter importen, som gjordes {now}."),
    Reason.END_BEFORE_START: _("Slutet {end} ligger före början {start}."),
    Reason.DUPLICATE: _("”{value}” finns redan på rad {first_row} i filen."),
    Reason.UNKNOWN_CLASS: _("”{value}” är inte en av listans klasser."),
    Reason.UNREADABLE_ROW: _("Raden går inte att läsa: {detail}."),
    Reason.LINE_TOO_LONG: _("Raden är längre än {limit} byte. Saknas en radbrytning?"),
    Reason.WRONG_COLUMN_COUNT: _("Raden har {found} kolumner, men rubrikraden har {expected}."),
    Reason.NO_GEOMETRY: _("Området saknar geometri."),
    Reason.NOT_A_POLYGON: _("Området är av slaget {value}, inte en yta."),
    Reason.BAD_GEOMETRY: _("Geometrin går inte att läsa eller laga: {detail}."),
    Reason.GEOMETRY_OUTSIDE_WORLD: _(
        "Geometrin når {value}, utanför jorden. Kontrollera koordinatsystemet {crs}."
    ),
    "value_too_long": _(
        "Värdet i {field} är {length} tecken långt. Högst {limit} får plats: förkorta det."
    ),
    "repeated_key": _(
        "”{value}” finns tidigare i filen med annat innehåll. Behåll den rad som är rätt."
    ),
    "area_elsewhere": _("{name} ({code}) ligger i en annan kommun."),
    "identity_number": _(
        "Raden innehåller ett personnummer. Ta bort det: inga personer registreras här."
    ),
    "share_out_of_range": _("{value} är inte en andel mellan 0 och 100 procent."),
}

NOTICES: dict[str, Text] = {
    NoticeCode.ENCODING: _("Filen lästes med teckenkodningen {encoding}."),
    NoticeCode.BYTE_ORDER_MARK: _("Filen inleds med ett märke för byteordning, som togs bort."),
    NoticeCode.DECIMAL_COMMA: _("Decimalkomma lästes som decimalpunkt ({count} värden)."),
    NoticeCode.FORMULA_KEPT_AS_TEXT: _(
        "{count} celler börjar som en kalkylformel och sparas som text (först på rad {row})."
    ),
    NoticeCode.AMBIGUOUS_LOCAL_TIME: _(
        "{count} tider ligger i den timme som finns två gånger när sommartiden slutar. "
        "Den första valdes (först på rad {row})."
    ),
    NoticeCode.MISSING_LOCAL_TIME: _(
        "{count} tider finns inte eftersom sommartiden började. De flyttades en timme framåt "
        "(först på rad {row})."
    ),
    NoticeCode.NO_EVENT_TIME: _("{count} händelser saknar tid (först på rad {row})."),
    NoticeCode.NO_CRIME_DATE: _("{count} rader saknar brottsdatum (först på rad {row})."),
    NoticeCode.CRIME_DATE_AFTER_REGISTRATION: _(
        "{count} rader har ett brottsdatum efter anmälan. Brottsdatumet togs inte med "
        "(först på rad {row})."
    ),
    NoticeCode.SWAPPED_COORDINATES: _(
        "{count} lägen hade latitud och longitud omkastade och vändes (först på rad {row})."
    ),
    NoticeCode.REPROJECTED: _("Koordinaterna räknades om från {crs} till WGS84."),
    NoticeCode.THIRD_DIMENSION_DROPPED: _("Höjder och mätvärden togs bort från {count} områden."),
    NoticeCode.GEOMETRY_REPAIRED: _("{count} geometrier var ogiltiga och lagades (först {row})."),
    NoticeCode.CODE_FROM_NAME: _("Filen saknar kodkolumn. Namnen används som koder."),
    NoticeCode.CODE_FROM_ROW: _("Filen saknar kod och namn. Radnummer används som koder."),
    NoticeCode.UNKNOWN_MUNICIPALITY: _(
        "{count} rader nämner en kommun vars kod inte är känd (först ”{value}” på rad {row})."
    ),
    NoticeCode.NO_AREA_CODE: _(
        "{count} rader saknar områdeskod och räknas bara till kommunen (först på rad {row})."
    ),
    NoticeCode.SUPPRESSED_VALUE: _(
        "{count} värden är dolda av utgivaren: okända, inte noll (först på rad {row})."
    ),
    NoticeCode.AREA_VINTAGE: _("Områdeskoderna hör till indelningen {vintage} och behålls."),
    NoticeCode.FOOTNOTES_SKIPPED: _("{count} rader med noter under tabellen hoppades över."),
    NoticeCode.OTHER_MEMBERS_IGNORED: _("Bara {used} lästes. {ignored} lämnades."),
    "identity_number": _(
        "{count} rader innehåller personnummer, som har maskerats. Filen sparas inte."
    ),
}

UNREADABLE: dict[str, Text] = {
    "bad_json": _("den är inte den JSON som källan ger. Exportera den på nytt."),
    "damaged_archive": _("det packade innehållet är skadat. Hämta den på nytt."),
    "damaged_geometry": _("gränserna går inte att läsa ({detail}). Exportera den på nytt."),
    "damaged_workbook": _("arbetsboken är skadad. Spara den på nytt som .xlsx."),
    "empty": _("den är tom. Exportera den på nytt."),
    "encrypted": _("den är skyddad med lösenord. Gör ett arkiv utan."),
    "late_crs": _("den anger {crs} först efter objekten. Ange koordinatsystemet vid importen."),
    "missing_columns": _("den saknar kolumnerna {missing}{column}; den har {found}."),
    "missing_crs": _("den anger inget koordinatsystem. Ange det, till exempel EPSG:3006."),
    "missing_fields": _("kolumnbeskrivningen saknar {missing}."),
    "missing_options": _("områdesnivå eller första giltighetsdag saknas. Ange dem vid importen."),
    "no_area_codes": _("ingen rad börjar med en områdeskod. Välj DeSO, RegSO eller kommun."),
    "no_columns": _("den har inte kolumnerna i en tabell från SCB."),
    "no_header": _("rubrikraden finns inte. Kontrollera radbrytningar och rubrikradens nummer."),
    "no_layer": _("den saknar kartlager. En Shapefile packas med .shp, .shx, .dbf och .prj."),
    "no_mapping": _("kolumnerna är inte beskrivna. Beskriv dem först."),
    "no_sheet": _("bladet {sheet} finns inte; den har {found}."),
    "no_title": _("den börjar inte med en tabellrubrik. Är det en tabell från SCB?"),
    "not_geometry": _("den är varken GeoJSON, zippad Shapefile eller GeoPackage."),
    "not_workbook": _("den är inte en Excel-arbetsbok. Spara den som .xlsx."),
    "old_excel": _("den är i det gamla Excelformatet eller skyddad. Spara den som .xlsx."),
    "repeated_columns": _("kolumnerna {repeated} finns flera gånger. Byt namn på alla utom en."),
    "too_large": _("den är större än {limit} byte. Dela upp den per område eller år."),
    "too_many_members": _("arkivet har {count} filer; högst {limit} läses."),
    "truncated": _("den är avklippt. Hämta den på nytt."),
    "unknown_crs": _("koordinatsystemet {crs} är inte känt."),
    "unknown_encoding": _("teckenkodningen {encoding} är inte känd. Skriv utf-8."),
    "unknown_layout": _("den har {found} rubrikrader för {expected} dimensioner."),
    "unpacks_too_large": _("den packas upp till mer än {limit} byte, som skadliga filer gör."),
    "unsafe_member": _("arkivet har en länk eller en sökväg utanför arkivet. Gör ett nytt."),
    "zip_not_expected": _("den är ett zip-arkiv. Packa upp det och importera filen som ligger i."),
}


class _Known(dict[str, object]):
    """Parameters of a text; one that is not known is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def reason_text(code: str, parameters: Mapping[str, object]) -> str:
    """Return in the reader's language why a row was refused."""
    return _filled(REASONS.get(code), code, parameters)


def notice_text(code: str, parameters: Mapping[str, object]) -> str:
    """Return in the reader's language what was noticed."""
    return _filled(NOTICES.get(code), code, parameters)


def unreadable_text(code: str, parameters: Mapping[str, object], english: str) -> str:
    """Return why a whole file cannot be read, in the library's own words if need be."""
    return _filled(UNREADABLE.get(code), english, parameters)


def _filled(text: Text | None, otherwise: str, parameters: Mapping[str, object]) -> str:
    if text is None:
        return otherwise
    return string.Formatter().vformat(str(text), (), _Known(parameters))


REASON_LABELS: dict[str, Text] = {
    Reason.MISSING_VALUE: _("värde saknas"),
    Reason.BAD_DATE: _("oläsligt datum"),
    Reason.BAD_NUMBER: _("oläsligt tal"),
    Reason.BAD_AREA_CODE: _("fel områdeskod"),
    Reason.BAD_COORDINATES: _("fel koordinater"),
    Reason.NULL_ISLAND: _("läge 0, 0"),
    Reason.PROJECTED_COORDINATES: _("annat koordinatsystem"),
    Reason.OUTSIDE_MUNICIPALITY: _("utanför kommunen"),
    Reason.TIME_IN_FUTURE: _("tid i framtiden"),
    Reason.END_BEFORE_START: _("slut före början"),
    Reason.DUPLICATE: _("dubblett"),
    Reason.UNKNOWN_CLASS: _("okänd klass"),
    Reason.UNREADABLE_ROW: _("oläslig rad"),
    Reason.LINE_TOO_LONG: _("för lång rad"),
    Reason.WRONG_COLUMN_COUNT: _("fel antal kolumner"),
    Reason.NO_GEOMETRY: _("geometri saknas"),
    Reason.NOT_A_POLYGON: _("ingen yta"),
    Reason.BAD_GEOMETRY: _("trasig geometri"),
    Reason.GEOMETRY_OUTSIDE_WORLD: _("geometri utanför jorden"),
    "value_too_long": _("för långt värde"),
    "repeated_key": _("samma nummer två gånger"),
    "identity_number": _("personnummer"),
    "area_elsewhere": _("i en annan kommun"),
    "share_out_of_range": _("andel utanför 0–100"),
}
