"""What each part of a picture should answer, as questions to the one who writes. Plain Python.

They follow the order of knowledge-based crime prevention: map, explain, and only then act.
"""

from samhandling_web.base.common.text import Text, _
from samhandling_web.understand.picture.rules import Kind, Part

LEADS: dict[Part, Text] = {
    Part.MAPPING: _("Vad händer, var, när och för vem? Beskriv, förklara inte ännu."),
    Part.OTHER_INFORMATION: _("Vad vet ni som inte syns i anmälningarna?"),
    Part.ANALYSIS: _("Varför händer det här, just här? Vad bör arbetet riktas mot?"),
}

QUESTIONS: dict[Part, tuple[Text, ...]] = {
    Part.MAPPING: (
        _("Vilka brott och störningar är vanligast, och vilka gör störst skada?"),
        _("Var och när samlas de? Vilka platser och tider skiljer ut sig?"),
        _("Vilka drabbas, och vad får det för följder för dem och för området?"),
        _("Vad är säkert mer eller mindre än förra perioden, och vad kan vara slump?"),
        _("Vad anmäls sällan, så att siffrorna visar för lite?"),
    ),
    Part.OTHER_INFORMATION: (
        _("Vad berättar skola, socialtjänst, fält, bostadsbolag, polis och föreningar?"),
        _("Hur upplever de boende tryggheten, och vilka är otryggast?"),
        _("Vad förändras i området: byggen, flyttningar, verksamheter som öppnar eller stänger?"),
        _("Vad fungerar redan bra och bör vårdas?"),
        _("Vilka insatser pågår, och vad har följts upp?"),
    ),
    Part.ANALYSIS: (
        _("Fråga varför minst tre gånger för varje problem. Vad blir kvar som orsak?"),
        _("Vad hos platsen, vad hos dem som begår och vad hos dem som utsätts bidrar?"),
        _("Vilka förklaringar har ni prövat och förkastat, och på vilket underlag?"),
        _("Var är behovet störst, och var kan ni påverka mest?"),
        _("Vilka problem ska åtgärdsplanen ta sig an, i vilken ordning?"),
        _("Vad vet ni inte ännu, och hur ska ni ta reda på det?"),
    ),
}

# The lighter kinds are made often: a few questions that can be answered in a quarter of an hour.
LIGHT_QUESTIONS: dict[Kind, dict[Part, tuple[Text, ...]]] = {
    Kind.WEEKLY: {
        Part.MAPPING: (
            _("Vad har hänt under veckan: vad, var och när?"),
            _("Vilka platser behöver vi prioritera nästa vecka, och i vilken ordning?"),
            _("Vad är på gång som kan påverka: evenemang, lov, rykten?"),
            _("Vad har blivit bättre?"),
        ),
    },
    Kind.QUARTERLY: {
        Part.MAPPING: (
            _("Vad har ökat eller minskat säkert under kvartalet?"),
            _("Vilka platser återkommer vecka efter vecka?"),
        ),
        Part.ANALYSIS: (
            _("Var är behovet störst, och var kan ni påverka mest?"),
            _("Vad prioriteras nästa kvartal, och vem ansvarar?"),
            _("Vilka insatser från förra kvartalet ska fortsätta, ändras eller avslutas?"),
        ),
    },
}


def questions_for(kind: Kind, part: Part) -> tuple[Text, ...]:
    """Return the questions to answer in a part of this kind of picture."""
    return LIGHT_QUESTIONS.get(kind, {}).get(part, QUESTIONS[part])
