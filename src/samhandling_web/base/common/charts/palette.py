"""Colours that can be told apart by everyone and still mean something in grey print.

The qualitative colours are ordered so that neighbours differ in lightness as well as in hue; the
tests measure their distance as seen with the three kinds of colour blindness. A colour is never the
only carrier: lines are labelled where they end and differ in dash and marker, uncertain areas are
hatched.
"""

INK = "#1b2733"
QUIET_INK = "#5a6672"
GRID = "#e3e6e8"
AXIS = "#8b959e"
PAPER = "#ffffff"
NO_DATA = "#f1f2f3"
HATCH = "#5a6672"

FOCUS = "#0b5394"
REST = "#9aa5ae"

QUALITATIVE: tuple[str, ...] = (
    "#0b5394",
    "#c25e00",
    "#159a82",
    "#7a1f5c",
    "#8f5fd6",
    "#332200",
)
"""For series without order. More than six lines in one chart is a table or small multiples."""

QUALITATIVE_TEXT: tuple[str, ...] = (
    "#0b5394",
    "#a85100",
    "#0d7563",
    "#7a1f5c",
    "#7440bd",
    "#332200",
)
"""The same colours dark enough to write with: at least 4.5 to 1 against paper (WCAG 1.4.3)."""

SEQUENTIAL: tuple[str, ...] = ("#eaf1f8", "#bcd4ea", "#84b0d8", "#4583bd", "#1a5a97", "#0a3561")
"""From little to much, one hue, evenly darker."""

DASHES: tuple[str, ...] = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2")
MARKERS: tuple[str, ...] = ("circle", "square", "triangle", "diamond", "cross", "ring")
