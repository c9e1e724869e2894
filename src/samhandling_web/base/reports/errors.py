"""What can go wrong when a document leaves the house, and what to do instead."""

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _


class FormatUnknown(DomainError):
    """There is no such format."""

    message = _("Formatet ”{format}” finns inte. Välj ett av: {known}.")
    status = 404


class FormatNotSupported(DomainError):
    """The format cannot hold this kind of content."""

    message = _("{content} kan inte sparas som {format}. Välj ett av: {possible}.")


class SeveralTables(DomainError):
    """A text file of values holds one table."""

    message = _(
        "”{title}” har {count} tabeller och en CSV-fil rymmer en. "
        "Spara som Excel eller JSON, eller hämta en tabell i taget."
    )


class TooManyRows(DomainError):
    """The sheet cannot hold the table."""

    message = _(
        "Tabellen ”{caption}” har {rows} rader och ett Excelblad rymmer {most}. Spara som CSV."
    )


class TemplateBroken(DomainError):
    """The city's own template cannot be used."""

    message = _("Mallen {file} kan inte användas: {reason}. Rätta den eller ta bort den ur mappen.")
