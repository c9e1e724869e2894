"""The categories that an installation begins with, named as a Swedish municipality would.

They become rows that the municipality edits as its own: what people have named is not translated.
Source: the lists of Swedish municipalities that work with EST, put together.
"""

from dataclasses import dataclass

from samhandling_web.observe.observations.rules import CategoryKind


@dataclass(frozen=True, slots=True)
class UsualCategory:
    """A category that an installation begins with. The municipality edits its own."""

    slug: str
    name: str
    kind: CategoryKind


USUAL_CATEGORIES: tuple[UsualCategory, ...] = tuple(
    UsualCategory(slug, name, kind)
    for kind, pairs in (
        (
            CategoryKind.EVENT,
            (
                ("violence_threat", "Våld eller hot"),
                ("robbery_theft", "Rån eller stöld"),
                ("drugs", "Narkotika"),
                ("disorder", "Ordningsstörning eller berusning"),
                ("gathering", "Samling som skapar otrygghet"),
                ("reckless_driving", "Buskörning, fordon eller moped"),
                ("vandalism_graffiti", "Skadegörelse eller klotter"),
                ("fire_fireworks", "Brand, anlagd eld eller fyrverkerier"),
                ("weapon_explosion", "Vapen, skjutning eller sprängning (spår av)"),
                ("sexual_harassment", "Sexuella trakasserier"),
                ("honour", "Hedersrelaterad kontroll"),
                ("school_leisure", "Händelse i skola eller på fritidsgård"),
                ("threat_to_staff", "Hot mot personal"),
                ("burglary", "Inbrott eller obehöriga i lokal"),
            ),
        ),
        (
            CategoryKind.ENVIRONMENT,
            (
                ("dark", "Mörkt eller trasig lampa"),
                ("overgrown", "Igenvuxet"),
                ("litter", "Nedskräpat"),
                ("hidden", "Skymd plats"),
                ("tunnel", "Otrygg tunnel eller passage"),
            ),
        ),
        (CategoryKind.SAFE, (("safe_place", "Plats som känns trygg"),)),
        (CategoryKind.POSITIVE, (("improved", "Något har blivit bättre"),)),
        (CategoryKind.RUMOUR, (("rumour", "Rykte eller oro i sociala medier"),)),
        (CategoryKind.UPCOMING, (("upcoming", "Något är på gång"),)),
    )
    for slug, name in pairs
)
