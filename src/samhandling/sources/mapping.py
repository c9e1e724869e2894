"""A saved description of how the columns of a free table become typed fields."""

from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import dataclass, field
from typing import Any

from samhandling.sources.schema import SCHEMAS, Kind

MAPPED_KINDS = (Kind.EVENTS, Kind.STATISTICS, Kind.SURVEY)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table of any shape is read; saved once and used again.

    Parameters
    ----------
    kind : Kind
        Events, statistics or survey.
    columns : mapping of str to str
        Field of the typed table to column header of the file.
    constants : mapping of str to str
        Field of the typed table to one value for all rows.
    date_format : str
        A strptime format; empty reads ISO 8601 and the common Swedish forms.
    decimal_comma : bool
        Whether numbers are written 12,5.
    encoding : str
        Empty recognises it.
    separator : str
        Empty recognises it.
    crs : str
        Coordinate system of the `lon` and `lat` columns.
    header_row : int
        Number of the row with the headers, from 1.
    sheet : str
        Sheet of a workbook; empty takes the first.
    """

    kind: Kind
    columns: ReadOnlyMapping[str, str]
    constants: ReadOnlyMapping[str, str] = field(default_factory=dict)
    date_format: str = ""
    decimal_comma: bool = False
    encoding: str = ""
    separator: str = ""
    crs: str = "EPSG:4326"
    header_row: int = 1
    sheet: str = ""

    def __post_init__(self) -> None:
        """Refuse kinds without rows and fields that the typed table does not have."""
        if self.kind not in MAPPED_KINDS:
            msg = f"A table cannot be mapped to {self.kind}; choose one of {list(MAPPED_KINDS)}."
            raise ValueError(msg)
        unknown = (set(self.columns) | set(self.constants)) - set(SCHEMAS[self.kind].names)
        if unknown:
            msg = f"{sorted(unknown)} are not fields of {self.kind}."
            raise ValueError(msg)
        if len(self.separator) > 1 or self.separator in ('"', "\r", "\n"):
            msg = f"separator is {self.separator!r}; give one character, or none to recognise it."
            raise ValueError(msg)
        if self.header_row < 1:
            msg = f"header_row is {self.header_row}; the first row is 1."
            raise ValueError(msg)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that can be stored as JSON."""
        return {
            "kind": str(self.kind),
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "date_format": self.date_format,
            "decimal_comma": self.decimal_comma,
            "encoding": self.encoding,
            "separator": self.separator,
            "crs": self.crs,
            "header_row": self.header_row,
            "sheet": self.sheet,
        }

    @classmethod
    def from_dict(cls, values: ReadOnlyMapping[str, Any]) -> "Mapping":
        """Build a mapping from what `as_dict` gave."""
        return cls(**{**values, "kind": Kind(values["kind"])})
