"""Names of places as a Swedish text may write them.

The caller supplies the names; this module knows only how Swedish bends and joins them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


class NameKind(StrEnum):
    """What a name in the gazetteer stands for. Values are stored: never rename or reuse one."""

    OWN = "own"
    EVERYDAY = "everyday"
    PLACE = "place"
    STATION = "station"
    STREET = "street"
    FACILITY_COMPOUND = "facility_compound"
    ROAD_COMPOUND = "road_compound"


ALIAS_KINDS = frozenset({NameKind.EVERYDAY, NameKind.PLACE, NameKind.STATION, NameKind.STREET})

# "Alvdalssvängen" is a street somewhere near Alvdal, or one that leads there; "Alvdalsskolan"
# usually lies in it. Neither is the name itself.
ROAD_ENDINGS = _words(
    "vägen väg gatan gata svängen leden led bron tunneln stigen gränden gränd backen kajen "
    "motet rondellen länken kopplet avfarten påfarten viadukten slingan ringen stråket infarten"
)
FACILITY_ENDINGS = _words(
    "torget torg plan platsen parken skolan gymnasiet hallen badet kyrkan centrum området "
    "gallerian hemmet sjukhuset biblioteket stationen badhuset fältet skogen berget dalen"
)
_ENDING = re.compile(f"(?:{'|'.join(sorted(ROAD_ENDINGS + FACILITY_ENDINGS, key=len)[::-1])})$")

QUALIFIERS = frozenset(
    _words(
        "norra södra östra västra nordöstra nordvästra sydöstra sydvästra gamla nya stora lilla "
        "övre nedre inre yttre"
    )
)

# Written short on maps and in registers, in full in running text.
_WRITTEN_OUT = {
    "industriomr": ("industriområde", "industriområdet"),
    "industriområde": ("industriområdet",),
    "sankt": ("s:t", "st"),
    "sankta": ("s:ta",),
    "s:t": ("sankt", "st"),
    "s:ta": ("sankta",),
    "gamla": ("g:a",),
    "norra": ("n:a",),
    "södra": ("s:a",),
    "östra": ("ö:a",),
    "västra": ("v:a",),
    "stora": ("st:a",),
    "lilla": ("l:a",),
}


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name by which a text may point at an area.

    Attributes
    ----------
    name : str
        As written in running text. A small first letter says that the text may write it small.
    kind : NameKind
        `EVERYDAY` for a synonym of the area itself; `PLACE`, `STATION` or `STREET` for something
        that lies wholly inside it.
    """

    name: str
    kind: NameKind = NameKind.EVERYDAY

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("An alias is empty; leave it out.")
        if self.kind not in ALIAS_KINDS:
            msg = f"An alias cannot be of kind {self.kind!r}; use one of {ALIAS_KINDS}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Entry:
    """An area that a text may name.

    Attributes
    ----------
    code : str
        The area's code, unique among the entries.
    name : str
        Its own name, in any case ("ALVDAL" and "Alvdal" are the same).
    level : str
        The installation's slug for the kind of area, such as "neighbourhood".
    aliases : tuple of Alias
        Other names that point at it.
    parent : str
        Code of the area around it, or "" if none is among the entries.
    homonym : bool
        True if the name is also a common word, a surname or a place elsewhere: it then counts
        only right after a preposition of place.
    """

    code: str
    name: str
    level: str
    aliases: tuple[Alias, ...] = ()
    parent: str = ""
    homonym: bool = False

    def __post_init__(self) -> None:
        if not self.code or not self.name.strip():
            msg = f"Entry {self.code!r} needs both a code and a name, has {self.name!r}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Target:
    """An area that a written form points at, and in what way."""

    code: str
    kind: NameKind


class Vocabulary:
    """Every written form of every name, and the areas it points at.

    Parameters
    ----------
    entries : sequence of Entry
        Codes must be unique; parents must be among the codes.

    Raises
    ------
    ValueError
        If a code comes twice, a parent is unknown, or an area lies inside itself.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries: Mapping[str, Entry] = _by_code(entries)
        self._forms: dict[str, list[Target]] = {}
        self._stems: dict[str, list[Target]] = {}
        self._lengths: dict[str, list[int]] = {}
        self.small_letters: set[str] = set()
        self._ancestors = {code: tuple(_ancestors(code, self.entries)) for code in self.entries}
        for entry in entries:
            self._add(entry.name, Target(entry.code, NameKind.OWN))
            for alias in entry.aliases:
                self._add(alias.name, Target(entry.code, alias.kind))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def _add(self, name: str, target: Target) -> None:
        for base in _written_forms(fold(name)):
            for form in (base, *_genitives(base)):
                known = self._forms.setdefault(form, [])
                if target not in known:
                    known.append(target)
                words = WORD.findall(form)
                lengths = self._lengths.setdefault(words[0], []) if words else []
                if len(words) not in lengths:
                    lengths.append(len(words))
                if name.strip()[0].islower():
                    self.small_letters.add(form)
            if target.kind in {NameKind.OWN, NameKind.EVERYDAY}:
                for stem in _compound_stems(base):
                    self._stems.setdefault(stem, []).append(target)

    def lengths_from(self, first_word: str) -> Sequence[int]:
        """Return how many words the names that begin with this word have, longest first."""
        return self._lengths.get(first_word, ())

    def targets(self, form: str) -> Sequence[Target]:
        """Return the areas that this folded form points at."""
        return self._forms.get(form, ())

    def compound_targets(self, word: str) -> Sequence[Target]:
        """Return the areas a compound such as "Alvdalssvängen" is named after."""
        ending = _ENDING.search(word)
        if ending is None or ending.start() == 0:
            return ()
        known = self._stems.get(word[: ending.start()], ())
        road = ending.group() in ROAD_ENDINGS
        kind = NameKind.ROAD_COMPOUND if road else NameKind.FACILITY_COMPOUND
        return tuple(Target(code, kind) for code in dict.fromkeys(t.code for t in known))

    def ancestors(self, code: str) -> Sequence[str]:
        """Return the codes of the areas around an area, nearest first."""
        return self._ancestors[code]


WORD = re.compile(r"[^\W_]+(?::[^\W_]+)?")


def fold(name: str) -> str:
    """Return a name in small letters with single spaces, the form all look-ups use."""
    return " ".join(name.casefold().split())


def _by_code(entries: Sequence[Entry]) -> dict[str, Entry]:
    known: dict[str, Entry] = {}
    for entry in entries:
        if entry.code in known:
            msg = f"Code {entry.code!r} comes twice; give every area its own code."
            raise ValueError(msg)
        known[entry.code] = entry
    for entry in entries:
        if entry.parent and entry.parent not in known:
            msg = f"{entry.code!r} lies in unknown {entry.parent!r}; add that entry."
            raise ValueError(msg)
    return known


def _ancestors(code: str, entries: Mapping[str, Entry]) -> Iterator[str]:
    seen = {code}
    parent = entries[code].parent
    while parent:
        if parent in seen:
            msg = f"{code!r} lies inside itself through {parent!r}; correct the parent."
            raise ValueError(msg)
        seen.add(parent)
        yield parent
        parent = entries[parent].parent


def _written_forms(name: str) -> Iterable[str]:
    forms = [name]
    for word in name.split():
        forms.extend(
            " ".join(other if part == word else part for part in name.split())
            for other in _WRITTEN_OUT.get(word, ())
        )
    return forms


def _genitives(name: str) -> Iterable[str]:
    # Names that end in s, x or z are written the same in the genitive.
    return () if name[-1] in "sxz" else (f"{name}s",)


def _compound_stems(name: str) -> Iterable[str]:
    """Return what a name looks like as the first part of a compound.

    "Liljeholmen" gives "Liljeholmstorget": the definite ending falls away.
    """
    if " " in name:
        return
    yield name
    if name[-1] not in "sxz":
        yield f"{name}s"
    if len(name) > 5 and name.endswith(("en", "et")):
        yield f"{name[:-2]}s"
        yield name[:-2]
