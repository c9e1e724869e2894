"""Forms as everyone must be able to fill them in."""

from datetime import date

from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

from samhandling_web.base.common.forms import DateInput, PeriodForm


class Walk(forms.Form):
    place = forms.CharField(label="Plats", help_text="Gata eller torg.")
    day = forms.DateField(label="Dag", widget=DateInput, required=False)
    light = forms.ChoiceField(
        label="Ljus", widget=forms.RadioSelect, choices=[("1", "Bra"), ("2", "Dåligt")]
    )
    told = forms.BooleanField(label="Meddelat ägaren")


def rendered(form: forms.Form) -> BeautifulSoup:
    text = Template('{% form form "Spara" cancel_url="/" %}').render(Context({"form": form}))
    return BeautifulSoup(text, "html.parser")


def test_every_field_has_a_label_and_its_help_is_tied_to_it():
    page = rendered(Walk())
    field = page.select_one("#id_place")
    assert page.select_one("label[for=id_place]").get_text().startswith("Plats")
    assert page.find(id=field["aria-describedby"]).get_text() == "Gata eller torg."
    assert page.select_one("fieldset legend").get_text().startswith("Ljus")


def test_required_fields_say_so_in_words():
    page = rendered(Walk())
    assert "måste fyllas i" in page.select_one("label[for=id_place]").get_text()
    assert "måste fyllas i" not in page.select_one("label[for=id_day]").get_text()


def test_errors_stand_at_the_top_with_links_and_at_each_field():
    page = rendered(Walk({"day": "i går"}))
    summary = page.select_one("[role=alert]")
    targets = [link["href"].lstrip("#") for link in summary.select("a")]
    assert targets == ["id_place", "id_day", "id_light_0", "id_told"]
    assert all(page.find(id=target) for target in targets)
    place = page.select_one("#id_place")
    assert place["aria-invalid"] == "true"
    assert "id_place_error" in place["aria-describedby"]
    assert page.select_one("#id_place_error")


def test_a_field_of_choices_ties_its_errors_to_the_group():
    group = rendered(Walk({"place": "x"})).select_one("fieldset")
    assert "id_light_error" in group["aria-describedby"]


def test_a_date_keeps_its_iso_form_for_the_browser():
    page = rendered(Walk(initial={"day": date(2026, 3, 2)}))
    assert page.select_one("#id_day")["value"] == "2026-03-02"
    assert page.select_one("#id_day")["type"] == "date"


def test_a_period_may_be_open_but_not_backwards():
    assert PeriodForm({"first_day": "2026-03-02"}).is_valid()
    backwards = PeriodForm({"first_day": "2026-03-02", "last_day": "2026-03-01"})
    assert "last_day" in backwards.errors
    assert PeriodForm({"first_day": "2026-03-02", "last_day": "2026-03-02"}).is_valid()
