"""Errors that people meet: what went wrong and what to do next, in their own language."""

from typing import ClassVar

from samhandling_web.base.common.text import Text, _


class DomainError(Exception):
    """A rule of the work said no. `message` is a text with named places for `parameters`."""

    message: ClassVar[Text] = _("Det gick inte att genomföra.")
    status: ClassVar[int] = 422

    def __init__(self, **parameters: object) -> None:
        super().__init__(parameters)
        self.parameters = parameters

    def __str__(self) -> str:
        return self.message.format(**self.parameters)


class NotAllowed(DomainError):
    """The person's roles do not include this."""

    message = _(
        "Du har inte behörighet till detta. Be din administratör om rätt roll, "
        "eller logga in med ett annat konto."
    )
    status = 403
