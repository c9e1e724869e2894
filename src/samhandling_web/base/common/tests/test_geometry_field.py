"""A place in a form: read without scripts, checked, and written back as it was."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from samhandling_web.base.common import served
from samhandling_web.base.common.geometry_field import GeometryField
from tests.page_rules import faults_of_part

POINT = {"type": "Point", "coordinates": [13.25, 58.1]}
LINE = {"type": "LineString", "coordinates": [[13.1, 58.1], [13.2, 58.2]]}
HOLED = {
    "type": "Polygon",
    "coordinates": [
        [[13.0, 58.0], [13.4, 58.0], [13.4, 58.3], [13.0, 58.3], [13.0, 58.0]],
        [[13.1, 58.1], [13.1, 58.2], [13.2, 58.2], [13.2, 58.1], [13.1, 58.1]],
    ],
}


class PointForm(forms.Form):
    place = GeometryField(kinds=("point",))


class AnyForm(forms.Form):
    place = GeometryField(required=False)


class AreaForm(forms.Form):
    place = GeometryField(kinds=("polygon",), most=5)


@pytest.fixture(autouse=True)
def town(monkeypatch):
    """Let the installation serve a town of its own, or none."""

    def reach(bounds=(13.0, 58.0, 13.5, 58.3), areas=""):
        monkeypatch.setattr(served, "_outline", [lambda: served.Outline(bounds, areas)])
        monkeypatch.setattr(served, "_ground", [lambda: {"water": "/vatten.json"}])

    reach()
    return reach


def rendered(form: forms.Form) -> BeautifulSoup:
    html = Template('{% form form "Spara" %}').render(Context({"form": form}))
    assert faults_of_part(html) == []
    return BeautifulSoup(html, "html.parser")


def as_sent(form: forms.Form) -> QueryDict:
    """Return what a browser without scripts sends of the form as it is shown."""
    sent = QueryDict(mutable=True)
    for field in rendered(form).select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"]
        else:
            sent[field["name"]] = field.get("value", "") or field.text.removeprefix("\n")
    sent.pop("csrfmiddlewaretoken", None)
    return sent


@pytest.mark.parametrize(
    "sent",
    [
        {"place_latitude": "58,1", "place_longitude": "13,25"},
        {"place_latitude": " 58.1 ", "place_longitude": "13.25"},
        {"place_latitude": "58.1, 13.25", "place_longitude": ""},
        {"place_latitude": "58.1,13.25"},
    ],
)
def test_a_point_is_written_in_two_inputs_or_pasted_in_one(sent):
    form = PointForm(sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == POINT


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"place_latitude": "13,25", "place_longitude": "58,1"}, "har bytt plats"),
        ({"place_latitude": "62", "place_longitude": "13,25"}, "utanför kommunen"),
        ({"place_latitude": "torget", "place_longitude": ""}, "till exempel 58,150, 13,250"),
        ({"place_latitude": "", "place_longitude": "13,25"}, "går inte att läsa"),
        ({"place_latitude": "58,1", "place_longitude": ""}, "går inte att läsa"),
        ({"place_latitude": "6450000", "place_longitude": "380000"}, "SWEREF 99"),
    ],
)
def test_a_refused_place_says_how_to_go_on(sent, words):
    form = PointForm(sent)
    assert words in form.errors["place"][0]
    assert form["place"].value()[0] == sent["place_latitude"]


def test_a_place_that_must_be_set_says_so():
    assert PointForm({}).errors["place"].as_data()[0].code == "required"


def test_a_place_that_may_be_left_out_is_none_whatever_kind_was_chosen():
    form = AnyForm({"place_kind": "line", "place_latitude": " "})
    assert form.is_valid()
    assert form.cleaned_data["place"] is None


def test_where_no_borders_are_known_any_degrees_will_do(town):
    town(bounds=None)
    assert PointForm({"place_latitude": "-33,4", "place_longitude": "-70,6"}).is_valid()


def test_lines_and_areas_are_written_one_point_a_row():
    form = AnyForm({"place_kind": "line", "place_corners": "58,1 13,1\r\n58,2 13,2\r\n"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == LINE


def test_corners_without_a_chosen_kind_are_a_line():
    form = AnyForm({"place_kind": "point", "place_corners": "58,1 13,1\n58,2 13,2"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == LINE


def test_too_many_corners_are_counted():
    corners = "\n".join(f"58,{at} 13,{at}" for at in range(10, 16))
    assert AreaForm({"place_corners": corners}).errors["place"] == [
        "6 punkter är fler än 5. Rita grövre."
    ]


@pytest.mark.parametrize("place", [POINT, LINE, HOLED], ids=lambda place: place["type"])
def test_what_was_stored_is_shown_and_sent_back_unchanged(place):
    form = AnyForm(as_sent(AnyForm(initial={"place": place})), initial={"place": place})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == place
    assert not form.has_changed()


def test_a_geometry_that_cannot_be_drawn_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="not 'MultiPolygon'"):
        rendered(AnyForm(initial={"place": {"type": "MultiPolygon", "coordinates": []}}))


def test_the_inputs_are_named_and_the_element_knows_the_town(town):
    town(areas="/omraden/karta.json")
    page = rendered(AnyForm())
    labels = {label["for"] for label in page.select("label")}
    shown = {field["id"] for field in page.select("input, textarea, select") if field.get("id")}
    assert shown <= labels
    element = page.select_one("sam-draw")
    assert element["kinds"] == "point,line,polygon"
    assert element["bounds"] == "13.0,58.0,13.5,58.3"
    assert (element["areas"], element["water"]) == ("/omraden/karta.json", "/vatten.json")
    assert page.select_one("details")["open"] == ""
    assert page.select_one("fieldset legend").text.startswith("Plats")


def test_an_error_leads_to_the_first_input():
    page = rendered(PointForm({"place_latitude": "x"}))
    assert page.select_one("[role=alert] a")["href"] == "#id_place_0"
    assert page.select_one("#id_place_0")["aria-invalid"] == "true"
