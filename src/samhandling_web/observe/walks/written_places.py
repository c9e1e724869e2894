"""Places written as rows of latitude and longitude: in a form, and back on the page."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NUMBER = r"[-−]?\d+(?:[.,]\d+)?"
ROW = re.compile(rf"\s*({NUMBER})\s*[,;\s]\s*({NUMBER})\s*")
MOST_ROWS = 200
DECIMALS = 6


class PlaceField(forms.Field):
    """One point; its value is a GeoJSON geometry in WGS84, or None where nothing is written."""

    fewest, most = 1, 1
    widget: forms.Widget = forms.TextInput({"autocomplete": "off"})
    default_error_messages = {
        "row": _("Skriv latitud och longitud i grader, till exempel 59.3326, 18.0649."),
        "number": _("Skriv minst två rader: vägen går från en punkt till nästa. Högst 200 rader."),
    }

    def to_python(self, value: Any) -> dict[str, Any] | None:
        rows = [line for line in str(value or "").splitlines() if line.strip()]
        if not rows:
            return None
        corners = [self._corner(line) for line in rows]
        if not self.fewest <= len(corners) <= self.most:
            raise forms.ValidationError(self.error_messages["number"], code="number")
        return self._geometry(corners)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, dict) else value

    def _corner(self, line: str) -> list[float]:
        found = ROW.fullmatch(line)
        if found:
            latitude, longitude = (
                float(part.replace(",", ".").replace("−", "-")) for part in found.groups()
            )
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return [round(longitude, DECIMALS), round(latitude, DECIMALS)]
        raise forms.ValidationError(self.error_messages["row"], code="row")

    def _geometry(self, corners: list[list[float]]) -> dict[str, Any]:
        return {"type": "Point", "coordinates": corners[0]}


class LineField(PlaceField):
    """A line, one corner on each row."""

    fewest, most = 2, MOST_ROWS
    widget = forms.Textarea({"rows": 4})

    def _geometry(self, corners: list[list[float]]) -> dict[str, Any]:
        return {"type": "LineString", "coordinates": corners}


def corners_of(geometry: dict[str, Any] | None) -> Sequence[Sequence[float]]:
    """Return the geometry's corners, longitude before latitude."""
    if not geometry:
        return []
    coordinates: list[Any] = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Point" else coordinates


def written(geometry: dict[str, Any] | None) -> str:
    """Return the geometry as rows of latitude and longitude."""
    return "\n".join(f"{latitude}, {longitude}" for longitude, latitude in corners_of(geometry))
