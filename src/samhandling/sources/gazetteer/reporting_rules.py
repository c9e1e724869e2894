"""The rules of Swedish police reporting, as data.

They are tried in order and the first that fits decides, as in a list of exceptions. A rule either
rejects the name as the place of the event, with a reason, or accepts it with a factor that its
confidence is multiplied by.
"""

import re

from samhandling.sources.gazetteer.context import Rule
from samhandling.sources.gazetteer.placement import Reason


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Words that may stand between a preposition and the name: "i centrala X", "vid stationen X".
_FILLER = (
    r"(?:(?:centrala|norra|södra|östra|västra|nordöstra|nordvästra|sydöstra|sydvästra|inre|yttre|"
    r"övre|nedre|hela|del(?:ar|en)? av|stadsdel(?:en|arna)?|(?:bostads|villa)?området|förorten|"
    r"(?:tunnelbane|pendeltågs|buss)?station(?:en)?|trafikplats(?:en)?|torget|parken|kvarteret|"
    r"busshållplats(?:en)?|hållplats(?:en)?|mässan|platsen)\s+){0,3}$"
)
_IN = r"\b(?:i|på|inom|inne på|inne i)\s+" + _FILLER
_AT = (
    r"\b(?:vid|utanför|intill|invid|nära|kring|runt|bakom|framför|längs|utmed|utefter|ovanför|"
    r"nedanför|under|över|genom|närheten av|närhet till|höjd med|anslutning till|gränsen till|"
    r"sidan av|korsningen)\s+" + _FILLER
)
_TO = r"(?<!anslutning )(?<!närhet )(?<!gränsen )\btill\s+" + _FILLER

_ARREST = _any(
    r"grips grep greps gripa gripas gripen gripet gripna gripit gripits griper gripande\w* "
    r"anhåll\w* anhöll\w* häkta\w* frihetsberöva\w* infånga\w* fånga\w*\s+in omhänderta\w* "
    r"omhändertog\w*"
)
_FOUND = _any(r"anträffa\w* påträffa\w* hitta\w* lokalisera\w* återf[aiu]nn\w* spåra\w* stopp\w*")
_AFTERWARDS = (
    r"(?:senare|därefter|sedermera|kort därpå|strax (?:därpå|efteråt)|en stund|till slut|"
    r"så småningom|dagen efter|ett dygn)"
)
_SUSPECT = (
    r"(?:misstänkte|misstänkta\b|gärnings\w+|rånar\w+|tjuv\w+|inbrottstjuv\w+|flyktbil\w*|bilen|"
    r"fordonet|mopeden|motorcykeln|båten|cykeln|godset|föraren|förövar\w+|smitar\w*|mannen|männen|"
    r"kvinnan|pojken|pojkarna|personerna|duon|ungdomarna)"
)
_PERSON = (
    r"(?:\bman|män|mannen|kvinna|kvinnan|kvinnor|pojke|pojken|pojkar|flicka|flickan|flickor|person|"
    r"personen|personer|\w*åring\w*|\w*-årig\w*|familj\w*|par|ungdom\w*|tonåring\w*|inringare|"
    r"anmälare|förare|bilist|individ\w*|kille|tjej|yngling\w*)"
)
# The offence lies in what a control finds, so that the place of the seizure is the scene.
_CAUGHT_AT_IT = _pattern(
    r"rattfyll|narkotika|knivlagen|vapenlagen|vapenbrott|fylleri|\blob\b|berusa|trafikbrott|"
    r"olovlig körning|kontroll person|ordningslagen|olaga intrång|efterlyst|olovlig vistelse"
)
_SEIZED_BY_WITNESS = _pattern(
    r"\b(?:ordningsvakt|skyddsvakt|väktare|personal|butiks|anställd|vittne|allmänhet|envarsgrip)"
)

RULES: tuple[Rule, ...] = (
    # A name that is not the name of a place here.
    Rule(
        "club",
        Reason.ORGANISATION,
        after=re.compile(r"^\s?(?:IF|IK|AIK|BK|FF|FC|FK|SK|IS|BoIS|GIF|HC|BBK)\b"),
    ),
    Rule(
        "office_after",
        Reason.AUTHORITY,
        after=_pattern(
            r"^\s+(?:stadsdels(?:nämnd|förvaltning)\w*|tingsrätt\w*|polisstation\w*|polisområde\w*|"
            r"lokalpolisområde\w*|kommun\b|vårdcentral\w*|socialtjänst\w*|räddningstjänst\w*)"
        ),
        unless=_pattern(r"\b(?:utanför|mot|bakom|framför|inne på)\s+$"),
    ),
    Rule(
        "person_name",
        Reason.PERSON,
        before=_pattern(
            r"\b(?:herr|fru|\w*talesperson\w*|åklagare|kommissarie|polismästare|insatschef|befäl|"
            r"förundersökningsledare|presstalesman)\s+(?:\w+\s+)?$"
        ),
    ),
    Rule(
        "speaker",
        Reason.PERSON,
        after=_pattern(
            r"^(?:,\s+(?:press)?talesperson|,\s+åklagare|,\s+kommissarie|\s+(?:säger|berättar)\b)"
        ),
        unless=_pattern(r"\b(?:i|på|vid)\s+$"),
    ),
    Rule(
        "joined_names",
        Reason.JOINED,
        before=re.compile(
            r"[A-ZÅÄÖ][a-zåäö]+(?:-|(?<!gatan)(?<!vägen)(?<!leden)(?<!gränd)\s?/\s?)$"
        ),
    ),
    Rule(
        "joined_names",
        Reason.JOINED,
        after=re.compile(r"^(?:-[A-ZÅÄÖ]|\s?/\s?[A-ZÅÄÖ](?!\w*(?:gatan|vägen|leden|gränd)))"),
    ),
    Rule(
        "joined_names",
        Reason.JOINED,
        sentence_before=re.compile(r"\b[A-ZÅÄÖ][a-zåäö]+-\s+(?:och|samt)\s+$"),
    ),
    Rule(
        "unknown_qualifier",
        Reason.OTHER_NAME,
        before=re.compile(
            r"\w\s+(?:Norra|Södra|Östra|Västra|Gamla|Nya|Stora|Lilla|Övre|Nedre|Inre|Yttre)\s+$"
        ),
    ),
    Rule(
        "unknown_continuation",
        Reason.OTHER_NAME,
        after=_pattern(
            r"^\s+(?:strand|villastad|höjd|hage|udde|sjö|sund|ö|holme|park|slott|(?:små)?industri\w*|"
            r"koloniområde)\b"
        ),
    ),
    # Directions and movements.
    Rule("between", Reason.BETWEEN, before=_pattern(r"\bmellan\s+" + _FILLER)),
    Rule(
        "between",
        Reason.BETWEEN,
        sentence_before=re.compile(
            r"\bmellan\s+(?:[a-zåäö]+\s+){0,2}[A-ZÅÄÖ]\S*(?:\s+\S+){0,3}\s+och\s+(?:[a-zåäö]+\s+){0,2}$"
        ),
    ),
    Rule(
        "direction",
        Reason.DIRECTION,
        before=_pattern(r"\b(?:mot|åt|via|förbi|längre bort än|norr om|söder om)\s+" + _FILLER),
    ),
    # Offices, homes, hospitals, searches.
    Rule(
        "office",
        Reason.AUTHORITY,
        before=_pattern(
            r"(?:polisstation|polishus|polisen|häkte|arrest|tingsrätt|åklagarkamm|tillnyktring|"
            r"socialjour|brandstation|polisområde|närpolis|områdespolis|sjukstuga)\w*\s+(?:i|på)\s+"
            + _FILLER
        ),
        unless=_pattern(
            r"\b(?:utanför|mot|framför|bakom|inne på|till)\s+(?:\w+\s+)?(?:polisstation|polishus|"
            r"brandstation|tingsrätt)"
        ),
    ),
    Rule(
        "resident_reports",
        factor=0.93,
        before=_pattern(r"\bboende\b[^.]{0,50}\b(?:i|på|vid)\s+" + _FILLER),
        after=_pattern(
            r"^[^.]{0,40}\b(?:ring\w*|larma\w*|hör\w*|ser|såg|reagera\w*|vakna\w*|anmäl\w*|"
            r"upptäck\w*|kontakta\w*|uppge\w*|störs|fick|tipsa\w*|berätta\w*)\b"
        ),
    ),
    Rule(
        "care_home",
        before=_pattern(
            r"\b(?:ett|på|vid|socialt|särskilt|stöd)\s?boende(?:t)?\s+(?:i|på)\s+" + _FILLER
        ),
    ),
    Rule(
        "home",
        Reason.HOME,
        before=_pattern(
            r"\b(?:bosatt\w*|boende|boendes|bor|bodde|folkbokförd\w*|skriven|hemmahörande|hemma|"
            r"hemvist\w*|hemadress\w*|uppväxt|uppvuxen|hemkommun)\b[^.]{0,45}\b(?:i|på|vid)\s+"
            + _FILLER
        ),
    ),
    Rule(
        "home_of_the_suspect",
        Reason.HOME,
        before=_pattern(
            r"\b(?:hans|mannens|gärningsmannens|misstänktes|misstänktas|gripnes|gripnas|förarens|"
            r"kvinnans|deras|pojkens)\s+(?:\w+\s+){0,2}(?:bostad|lägenhet|hem|villa|hus|adress|rum)\w*"
            r"\s+(?:i|på|vid)\s+" + _FILLER
        ),
    ),
    Rule("person_from", Reason.HOME, before=_pattern(_PERSON + r"\s+från\s+" + _FILLER)),
    Rule(
        "call_from",
        factor=0.92,
        before=_pattern(r"\b(?:\w*larm|samtal|uppgifter|rapporter|anrop)\s+från\s+" + _FILLER),
    ),
    Rule("from", Reason.MOVEMENT, before=_pattern(r"\bfrån\s+" + _FILLER)),
    Rule(
        "hospital",
        Reason.HOSPITAL,
        before=_pattern(
            r"\b(?:förs|förd\w*|fördes|förts|kör\w*|transport\w*|flyg\w*|tas|togs|åk\w*|vårda\w*|"
            r"uppsök\w*|skjutsa\w*|ambulans\w*)\b.*\b(?:\w*sjukhus\w*|akut\w*|vård\w*|läkare)\b.*$"
        ),
    ),
    Rule(
        "hospital",
        Reason.HOSPITAL,
        before=_pattern(r"\b(?:förs|förd\w*|fördes|kör\w*|transport\w*|flyg\w*|vårda\w*)\b.*$"),
        after=_pattern(r"^\s*(?:universitets)?sjukhus"),
    ),
    Rule("search", Reason.SEARCH, before=_pattern(r"\b(?:husrannsak\w*|genomsök\w*|razzi\w*)")),
    Rule("search", Reason.SEARCH, after=_pattern(r"\b(?:husrannsak\w*|genomsökt\w*|razzi\w*)")),
    # Arrests and what is found afterwards.
    Rule(
        "later",
        Reason.LATER,
        before=_pattern(
            rf"\b(?:{_ARREST}|{_FOUND})\b.*\b{_AFTERWARDS}\b|"
            rf"\b{_AFTERWARDS}\b.*\b(?:{_ARREST}|{_FOUND})\b"
        ),
    ),
    Rule(
        "later",
        Reason.LATER,
        before=_pattern(rf"\b{_AFTERWARDS}\b"),
        after=_pattern(rf"\b(?:{_ARREST}|{_FOUND})\b"),
    ),
    Rule(
        "later",
        Reason.LATER,
        before=_pattern(rf"\b(?:{_ARREST}|{_FOUND})\b"),
        after=_pattern(rf"^[^.]*\b{_AFTERWARDS}\b"),
    ),
    Rule(
        "arrest",
        Reason.ARREST,
        sentence_after=_pattern(
            rf"^\s*,?\s*(?:där|varpå)\s+(?:han|hon|de|{_SUSPECT})\s+(?:\w+\s+)?{_ARREST}\b"
        ),
    ),
    Rule(
        "place_of_the_offence",
        factor=0.93,
        before=_pattern(rf"\b{_ARREST}\b.*\b(?:misstänk\w*\s+(?:för|ha)|för)\b"),
    ),
    Rule(
        "caught_at_it",
        factor=0.9,
        before=_pattern(rf"\b(?:{_ARREST}|stopp\w*)\b"),
        notice=_CAUGHT_AT_IT,
    ),
    Rule(
        "caught_at_it",
        factor=0.9,
        before=_pattern(r"^\W*(?:\w+\s+){0,4}$"),
        after=_pattern(rf"^\s*(?:\w+\s+){{0,2}}{_ARREST}\b"),
        notice=_CAUGHT_AT_IT,
    ),
    Rule(
        "seized_at_the_scene",
        factor=0.86,
        before=_pattern(rf"\b{_ARREST}\b"),
        notice=_SEIZED_BY_WITNESS,
    ),
    Rule(
        "seized_at_the_scene",
        factor=0.86,
        before=_pattern(r"^\W*(?:\w+\s+){0,4}$"),
        after=_pattern(rf"^\s*(?:\w+\s+){{0,2}}{_ARREST}\b"),
        notice=_SEIZED_BY_WITNESS,
    ),
    Rule("arrest", Reason.ARREST, before=_pattern(rf"\b{_ARREST}\b")),
    Rule(
        "person_in_place",
        factor=0.9,
        before=_pattern(_PERSON + r"\s+(?:i\s+\S+årsåldern\s+)?(?:i|på|vid)\s+" + _FILLER),
        after=_pattern(rf"^\s*(?:har\s+(?:blivit\s+)?)?{_ARREST}\b"),
    ),
    Rule(
        "arrest",
        Reason.ARREST,
        after=_pattern(rf"^\s*(?:har\s+|kunde\s+|kan\s+)?(?:\w+\s+){{0,2}}{_ARREST}\b"),
        before=_pattern(r"^\W*(?:\w+\s+){0,3}$"),
    ),
    Rule(
        "found_afterwards",
        Reason.LATER,
        before=_pattern(
            rf"\b(?:den |de )?{_SUSPECT}.*\b{_FOUND}\b|\b{_FOUND}\b.*\b(?:den |de )?{_SUSPECT}"
        ),
        unless=_pattern(r"\b(?:skadad|medvetslös|livlös|avliden|död|knivskuren|skottskad)\w*"),
    ),
    # Movements.
    Rule(
        "called_to",
        factor=0.97,
        before=_pattern(
            r"\b(?:kalla\w*|larma\w*|beordra\w*|åk\w*|skicka\w*|ryck\w*|bege\w*|anländ\w*|kom\w*|sänd\w*|"
            r"tog sig|tar sig|på väg)\b.*" + _TO
        ),
        unless=_pattern(rf"{_SUSPECT}|\bhem\b|\bvidare\b"),
    ),
    Rule("to", Reason.MOVEMENT, before=_pattern(_TO)),
    Rule(
        "flight",
        Reason.MOVEMENT,
        before=_pattern(
            r"\b(?:fly\w*|flydde|flytt|försv[au]nn\w*|spr[ai]ng\w*|avvek|avvik\w*|undkom\w*)\b.*"
            r"\b(?:till|mot|genom|i riktning)\b.*$"
        ),
    ),
    Rule(
        "taken_to",
        Reason.MOVEMENT,
        before=_pattern(
            r"\b(?:avlägsna\w*|skjutsa\w*|släpp\w* av|kör(?:s|des|de|d)?|förs|fördes|förd)\b.*"
            r"\btill\b.*$"
        ),
        unless=_pattern(r"\b(?:polis|patrull|räddningstjänst|ambulans)\w*\s+(?:kör|för)"),
    ),
    Rule(
        "other_event",
        Reason.OTHER_EVENT,
        sentence_before=_pattern(
            r"\b(?:koppling\w*|liknande|jämför\w*|i går|i förrgår|förra|"
            r"tidigare i (?:veckan|månaden|år|våras|höstas|vintras|somras)|"
            r"(?:vecka|veckor|månad|månader|år|dagar) sedan)\b"
        ),
    ),
    # The scene.
    Rule("in", factor=1.0, before=_pattern(_IN)),
    Rule("at", factor=0.97, before=_pattern(_AT)),
    Rule(
        "place_noun",
        factor=0.95,
        before=_pattern(
            r"\b(?:trafikplats|\w*tunnelbana|\w*station(?:en)?|\w+området|stadsdelen|torget|"
            r"köpcentrumet|hållplats(?:en)?|en|ett|tunnelbanan)\s+(?:\d+\s+)?$"
        ),
    ),
    Rule(
        "heading",
        factor=0.93,
        before=_pattern(r"^\W*" + _FILLER),
        after=_pattern(r"^\s*(?:[.:,!]|$)"),
    ),
)
