"""Text marked for translation where Django is banned: rules and errors.

`_` marks a Swedish text and translates it when it is shown. The platform tells once, at start,
who translates; without a platform the Swedish text is shown as it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass


def _as_it_stands(message: str) -> str:
    return message


_translators: list[Callable[[str], str]] = [_as_it_stands]


def translate_with(translator: Callable[[str], str]) -> None:
    """Let `translator` turn Swedish texts into the reader's language from now on."""
    _translators[:] = [translator]


@dataclass(frozen=True, slots=True)
class Text:
    """A Swedish text that is translated when somebody reads it."""

    message: str

    def __str__(self) -> str:
        return _translators[0](self.message)

    def format(self, **parameters: object) -> str:
        return str(self).format(**parameters)


def _(message: str) -> Text:
    """Mark `message` for translation."""
    return Text(message)
