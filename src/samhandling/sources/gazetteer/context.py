"""What a rule about the words around a name is, and how the rules are tried."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samhandling.sources.gazetteer.placement import Reason


@dataclass(frozen=True, slots=True)
class Setting:
    """The words around a name.

    Attributes
    ----------
    before, after : str
        The rest of its clause on either side.
    sentence_before, sentence_after : str
        The rest of its sentence on either side.
    notice : str
        Title and sentence together: what the event is about.
    """

    before: str
    after: str
    sentence_before: str
    sentence_after: str
    notice: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a name can stand in a notice.

    Attributes
    ----------
    name : str
        Slug that is shown as evidence.
    reason : Reason or None
        Why the name is rejected; None if the rule accepts it.
    factor : float
        What the confidence is multiplied by where the rule accepts.
    before, after, sentence_before, sentence_after, notice : pattern or None
        All that are given must be found in that part of the setting.
    unless : pattern or None
        Must not be found in `before` or `after`.
    """

    name: str
    reason: Reason | None = None
    factor: float = 1.0
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    sentence_before: re.Pattern[str] | None = None
    sentence_after: re.Pattern[str] | None = None
    notice: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def fits(self, setting: Setting) -> bool:
        """Tell whether the rule speaks about a name in this setting."""
        asked = (
            (self.before, setting.before),
            (self.after, setting.after),
            (self.sentence_before, setting.sentence_before),
            (self.sentence_after, setting.sentence_after),
            (self.notice, setting.notice),
        )
        if any(pattern and not pattern.search(words) for pattern, words in asked):
            return False
        return not (
            self.unless
            and (self.unless.search(setting.before) or self.unless.search(setting.after))
        )


UNCONNECTED = Rule("unconnected", factor=0.7)
"""No rule speaks: the name stands in the sentence without a word of place."""


def judge(setting: Setting, rules: Sequence[Rule]) -> Rule:
    """Return the first rule that fits; `UNCONNECTED` if none does."""
    return next((rule for rule in rules if rule.fits(setting)), UNCONNECTED)
