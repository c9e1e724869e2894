"""How a figure was made: the method's name and parameters travel with every result."""

from dataclasses import dataclass

from samhandling import __version__

Scalar = str | int | float | bool | None
Parameter = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """What was done, with which settings and on whose authority.

    Attributes
    ----------
    name : str
        Slug of the method, stable enough to store.
    parameters : tuple of (str, value) pairs
        Settings in the order they were given; plain values only, so that they can be stored.
    reference : str
        Where the method is described.
    version : str
        Version of the library that did the work.
    """

    name: str
    parameters: tuple[tuple[str, Parameter], ...] = ()
    reference: str = ""
    version: str = __version__

    @classmethod
    def of(cls, name: str, reference: str = "", **parameters: Parameter) -> "Method":
        """Return the record of a method run with these parameters."""
        return cls(name, tuple(parameters.items()), reference)

    def as_dict(self) -> dict[str, object]:
        """Return the record as plain values, ready for JSON."""
        return {
            "name": self.name,
            "parameters": dict(self.parameters),
            "reference": self.reference,
            "version": self.version,
        }
