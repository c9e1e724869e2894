"""The gazetteer: names in, the place of an event out."""

import re
from collections.abc import Sequence

from samhandling.sources.gazetteer.decision import decide, several_events
from samhandling.sources.gazetteer.placement import Field, Placement
from samhandling.sources.gazetteer.reading import Reader
from samhandling.sources.gazetteer.vocabulary import Entry, Vocabulary

_SEVERAL_EVENTS = re.compile(r"\bsammanfattning", re.IGNORECASE)
MINIMUM_CONFIDENCE = 0.75


class Gazetteer:
    """Places notices by the names in their text.

    Parameters
    ----------
    entries : sequence of Entry
        The areas that can be answered, with their names.
    elsewhere : sequence of str
        Names of places outside the area served, such as other municipalities: a notice titled
        with one is about something else.
    minimum_confidence : float, default 0.75
        Confidence below which no place is given, between 0 and 1.

    Raises
    ------
    ValueError
        If an entry's code comes twice, a parent is unknown, or the minimum is not a share.

    Notes
    -----
    The answer is what the text says, not what happened: where the police write a name wider than
    the area's border, the answer is too narrow. The confidence is a weight fixed by rule, made to
    rank; it is no measured probability for a text of another kind than short police notices.

    Examples
    --------
    >>> gazetteer = Gazetteer([Entry("1", "Alvdal", "neighbourhood")])
    >>> gazetteer.place("Rån", "En man rånades i Alvdal.").code
    '1'
    >>> gazetteer.place("Rån", "Mannen greps i Alvdal.").abstained_because.value
    'not_the_scene'
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        elsewhere: Sequence[str] = (),
        minimum_confidence: float = MINIMUM_CONFIDENCE,
    ) -> None:
        if not 0 <= minimum_confidence <= 1:
            msg = f"The minimum confidence is {minimum_confidence}; give a share between 0 and 1."
            raise ValueError(msg)
        self._vocabulary = Vocabulary(entries)
        self._reader = Reader(self._vocabulary, elsewhere)
        self._minimum = minimum_confidence

    def place(self, title: str, text: str) -> Placement:
        """Tell in which area the event of a notice took place.

        Parameters
        ----------
        title : str
            Heading of the notice, with the kind of event if there is one.
        text : str
            Summary and text.

        Returns
        -------
        Placement
            The area with its grounds, or why there is none.
        """
        candidates = [
            *self._reader.candidates(Field.TITLE, title, title),
            *self._reader.candidates(Field.TEXT, text, title),
        ]
        if _SEVERAL_EVENTS.search(title):
            return several_events(candidates)
        return decide(candidates, self._vocabulary, self._minimum)
