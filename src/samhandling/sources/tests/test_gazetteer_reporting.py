"""What a notice says about the places it names: made-up sentences from an invented town."""

import pytest

from samhandling.sources.gazetteer import (
    ABSTENTION_TEXT,
    REASON_TEXT,
    Abstention,
    Entry,
    Gazetteer,
    Reason,
)

TOWN = Gazetteer(
    [
        Entry("ekby", "Ekby", "neighbourhood"),
        Entry("alvdal", "Alvdal", "neighbourhood"),
        Entry("holmen", "Bergsholmen", "neighbourhood"),
    ]
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mannen greps i Ekby.", Reason.ARREST),
        ("Två personer har gripits av polis i en lägenhet i Ekby.", Reason.ARREST),
        ("I Ekby greps en man.", Reason.ARREST),
        ("Han anhölls i Ekby.", Reason.ARREST),
        ("Polisen såg mannen i Ekby där han greps.", Reason.ARREST),
        ("Vid en husrannsakan i Ekby hittades vapen.", Reason.SEARCH),
        ("En källare i Ekby genomsöktes.", Reason.SEARCH),
        ("Kvinnan är bosatt i Ekby.", Reason.HOME),
        ("Han bor i Ekby.", Reason.HOME),
        ("Hon satt hemma i Ekby.", Reason.HOME),
        ("En man från Ekby blev misshandlad.", Reason.HOME),
        ("En 20-åring från Ekby blev misshandlad.", Reason.HOME),
        ("Polisen väntade utanför mannens bostad i Ekby.", Reason.HOME),
        ("Den skadade fördes till sjukhuset i Ekby.", Reason.HOSPITAL),
        ("Hon vårdas på sjukhus i Ekby.", Reason.HOSPITAL),
        ("Han fördes i bil till Ekby sjukhus.", Reason.HOSPITAL),
        ("Mannen förhördes på polisstationen i Ekby.", Reason.AUTHORITY),
        ("Polisen i Ekby söker vittnen.", Reason.AUTHORITY),
        ("Hon fick skjuts till socialjouren på Bergsholmen.", Reason.AUTHORITY),
        ("Gärningsmannen sprang mot Ekby.", Reason.DIRECTION),
        ("Bilen körde i riktning mot Ekby.", Reason.DIRECTION),
        ("Rånarna flydde till en skog i Ekby.", Reason.MOVEMENT),
        ("Gärningsmännen åkte till Ekby.", Reason.MOVEMENT),
        ("Tjuven kom från Ekby.", Reason.MOVEMENT),
        ("Mannen skjutsades till sin syster i Ekby.", Reason.MOVEMENT),
        ("Bilen hittades i Ekby.", Reason.LATER),
        ("En stund senare kunde de misstänkta stoppas i Ekby.", Reason.LATER),
        ("De stoppades i Ekby en stund senare.", Reason.LATER),
        ("En bil brann mellan Ekby och Alvdal.", Reason.BETWEEN),
        ("Det finns kopplingar till skotten i Ekby.", Reason.OTHER_EVENT),
        ("I Ekby och Alvdal greps två män.", Reason.ARREST),
        ("För två veckor sedan brann en bil i Ekby.", Reason.OTHER_EVENT),
    ],
)
def test_a_place_that_is_not_the_scene_is_rejected_with_its_reason(text, reason):
    placement = TOWN.place("Misshandel, Mellanstad", text)
    assert placement.code is None
    assert reason in {candidate.reason for candidate in placement.rejected}


@pytest.mark.parametrize(
    "elsewhere",
    [
        "Han greps i Alvdal.",
        "En husrannsakan gjordes i Alvdal.",
        "Mannen bor i Alvdal.",
        "Hon fördes till sjukhus i Alvdal.",
        "Gärningsmannen sprang mot Alvdal.",
        "Bilen hittades i Alvdal.",
        "Mannen förs till polisstationen i Alvdal.",
    ],
)
def test_the_scene_is_found_beside_a_place_that_is_not(elsewhere):
    placement = TOWN.place("Rån, Mellanstad", f"En kvinna rånades i Ekby. {elsewhere}")
    assert placement.code == "ekby"
    assert "alvdal" in {candidate.code for candidate in placement.rejected}


@pytest.mark.parametrize(
    ("title", "text", "rule"),
    [
        ("Rån", "En man är gripen misstänkt för rån i Ekby.", "place_of_the_offence"),
        ("Rån", "Polisen har gripit en man för rån i Ekby.", "place_of_the_offence"),
        ("Rattfylleri", "En förare greps i Ekby.", "caught_at_it"),
        ("Fylleri/LOB", "I Ekby omhändertogs en man.", "caught_at_it"),
        ("Rattfylleri", "En bil stoppades i Ekby.", "caught_at_it"),
        ("Stöld", "I Ekby grep väktare en man.", "seized_at_the_scene"),
        ("Stöld", "Väktare grep en man i Ekby.", "seized_at_the_scene"),
        ("Stöld", "En man i Ekby greps.", "person_in_place"),
        ("Stöld", "En boende i Ekby ringde polisen.", "resident_reports"),
        ("Hot", "En man knivskars på ett boende i Ekby.", "care_home"),
        ("Brand", "Polisen kallas till Ekby.", "called_to"),
        ("Brand", "Patruller är på väg till Ekby.", "called_to"),
        ("Inbrott", "Ett larm från Ekby ledde till utryckning.", "call_from"),
        ("Krock", "Två bilar krockade på E4 i höjd med Ekby.", "at"),
        ("Krock", "Två bilar krockade på E4 trafikplats Ekby.", "place_noun"),
        ("Brand", "En man hittades skadad i Ekby.", "in"),
        ("Brand", "Ekby. Det brinner.", "heading"),
        ("Hot", "En man sköt utanför polisstationen i Ekby.", "in"),
        ("Rån", "En man greps efter ett rån i Ekby.", "in"),
    ],
)
def test_a_scene_is_accepted_by_the_rule_for_it(title, text, rule):
    placement = TOWN.place(title, text)
    assert placement.code == "ekby"
    assert rule in placement.evidence.rules


def test_a_bare_name_without_a_word_of_place_is_too_uncertain():
    placement = TOWN.place("Information", "Vi minns Ekby som det var.")
    assert placement.abstained_because is Abstention.TOO_UNCERTAIN


def test_names_in_a_row_stand_in_the_same_way():
    placement = TOWN.place("Brand", "Det brann i Ekby, Alvdal och Bergsholmen under natten.")
    assert placement.abstained_because is Abstention.SEVERAL_PLACES
    assert len(placement.rejected) == 3


def test_a_bare_name_gives_way_to_the_scene_before_it():
    text = "Skott avlossades i Ekby. Avspärrningen når nästan Alvdal."
    placement = TOWN.place("Skottlossning", text)
    assert placement.code == "ekby"
    assert placement.rejected[0].reason is Reason.WEAKER
    assert placement.confidence < TOWN.place("Skottlossning", "Skott i Ekby.").confidence


def test_a_caller_may_ask_for_more_certainty():
    strict = Gazetteer([Entry("ekby", "Ekby", "neighbourhood")], minimum_confidence=0.95)
    assert strict.place("Stöld", "En man i Ekby greps.").code is None
    assert strict.place("Stöld", "En cykel stals i Ekby.").code == "ekby"


def test_every_reason_and_abstention_has_its_text():
    assert set(REASON_TEXT) == set(Reason)
    assert set(ABSTENTION_TEXT) == set(Abstention)
