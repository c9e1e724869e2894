"""A place in a form: tapped on the map, taken from the telephone, or written as coordinates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.drawn import (
    DECIMALS,
    KINDS,
    MOST_CORNERS,
    GeometryRefused,
    Kind,
    NotCoordinates,
    Position,
    geometry_checked,
    geometry_of,
    kind_of,
    position,
    rings_of,
    rings_written,
)
from samhandling_web.base.common.served import ground, outline

LATITUDE, LONGITUDE, CORNERS, KIND = "latitude", "longitude", "corners", "kind"
Written = Mapping[str, str]
"""What stands in the inputs, by the inputs' names."""


class GeometryInput(forms.MultiWidget):
    """The written coordinates are what is sent; `<sam-draw>` around them writes them.

    So there is one value, with and without scripts, and what the map does can be read and mended.
    """

    template_name = "common/widgets/geometry.html"

    def __init__(self, kinds: Sequence[Kind], attrs: dict[str, Any] | None = None) -> None:
        self.kinds = tuple(kinds)
        inputs: dict[str, forms.Widget | type[forms.Widget]] = {}
        if len(self.kinds) > 1:
            shown = {kind: KINDS[kind] for kind in self.kinds}
            inputs[KIND] = forms.Select({"class": "ds-input"}, choices(shown))
        if Kind.POINT in self.kinds:
            number = {"class": "ds-input", "autocomplete": "off", "size": 14}
            inputs |= {LATITUDE: forms.TextInput(number), LONGITUDE: forms.TextInput(number)}
        if set(self.kinds) - {Kind.POINT}:
            inputs[CORNERS] = forms.Textarea({"class": "ds-input", "rows": 4})
        self.input_names = list(inputs)
        super().__init__(inputs, attrs)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        """Which of the inputs is needed depends on what is set, which a browser cannot know."""
        return False

    def decompress(self, value: Any) -> list[str]:
        written = _as_written(value) if value else {}
        return [written.get(name, "") for name in self.input_names]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        found, under = outline(), ground()
        context["parts"] = dict(zip(self.input_names, parts, strict=True))
        context["kinds"] = ",".join(self.kinds)
        context["bounds"] = ",".join(str(edge) for edge in found.bounds or ())
        context["areas"] = found.areas
        context["ground"] = [(kind, address) for kind, address in under.items() if address]
        return context


class GeometryField(forms.Field):
    """Its value is a GeoJSON geometry in WGS84, or None where nothing was set and may be.

    `kinds` says what may be set; `most` how many corners a line or an area may have.
    """

    def __init__(
        self,
        *,
        kinds: Sequence[str] = tuple(Kind),
        most: int = MOST_CORNERS,
        **options: Any,
    ) -> None:
        self.kinds = tuple(Kind(kind) for kind in kinds)
        self.most = most
        options.setdefault("label", _("Plats"))
        options.setdefault("widget", GeometryInput(self.kinds))
        super().__init__(**options)

    def to_python(self, value: Any) -> dict[str, Any] | None:
        bounds = outline().bounds
        try:
            geometry = self._read(value)
            if geometry is None:
                return None
            return geometry_checked(geometry, kinds=self.kinds, bounds=bounds, most=self.most)
        except GeometryRefused as exc:
            raise forms.ValidationError(str(exc), code="geometry") from exc

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.widget.decompress(initial) if isinstance(initial, Mapping) else initial
        return bool((before or []) != (data or []))

    def _read(self, value: Any) -> Mapping[str, Any] | None:
        if value is None or isinstance(value, Mapping):
            return value
        written = dict(zip(self.widget.input_names, (part or "" for part in value), strict=True))
        if not any(text.strip() for name, text in written.items() if name != KIND):
            return None
        kind = _kind_written(written, self.kinds)
        rings = _rings(written, kind, _example())
        return geometry_of(kind, rings) if rings else None


def _kind_written(written: Written, kinds: Sequence[Kind]) -> Kind:
    """The kind that was chosen, or the one that what was written can only be."""
    chosen = written.get(KIND, "")
    kind = Kind(chosen) if chosen in kinds else kinds[0]
    point = written.get(LATITUDE, "").strip() or written.get(LONGITUDE, "").strip()
    if kind is Kind.POINT and not point:
        return next(one for one in kinds if one is not Kind.POINT)
    return kind


def _rings(written: Written, kind: Kind, example: str) -> list[list[Position]]:
    if kind is not Kind.POINT:
        return rings_written(written[CORNERS], example)
    latitude, longitude = written[LATITUDE].strip(), written[LONGITUDE].strip()
    if not longitude:
        # Copied from a map service, both come at once.
        return [[position(latitude, example)]]
    if not latitude:
        raise NotCoordinates(text=longitude[:60], example=example)
    return [[position(f"{latitude}  {longitude}", example)]]


def _example() -> str:
    """The middle of the municipality, as people there would write a place."""
    west, south, east, north = outline().bounds or (15.0, 57.0, 16.0, 58.0)
    middle = (f"{(south + north) / 2:.3f}", f"{(west + east) / 2:.3f}")
    return ", ".join(number.replace(".", ",") for number in middle)


def _as_written(geometry: Mapping[str, Any]) -> dict[str, str]:
    kind, rings = kind_of(geometry), rings_of(geometry)
    rows = [[_written(corner) for corner in ring] for ring in rings]
    if kind is Kind.POINT:
        [[(latitude, longitude)]] = rows
        return {KIND: kind, LATITUDE: latitude, LONGITUDE: longitude}
    corners = "\n\n".join("\n".join(", ".join(corner) for corner in ring) for ring in rows)
    return {KIND: kind, CORNERS: corners}


def _written(corner: Position) -> tuple[str, str]:
    longitude, latitude = corner
    return f"{latitude:.{DECIMALS}f}", f"{longitude:.{DECIMALS}f}"
