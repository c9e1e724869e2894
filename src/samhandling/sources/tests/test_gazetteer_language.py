"""How Swedish writes the names of an invented town, and what the gazetteer makes of it."""

import pytest

from samhandling.sources.gazetteer import (
    Abstention,
    Alias,
    Entry,
    Gazetteer,
    NameKind,
    Placement,
    Reason,
)


@pytest.fixture(scope="module")
def town() -> Gazetteer:
    return Gazetteer(
        [
            Entry("west", "Västerå-Ekby", "district", (Alias("Västerå"),)),
            Entry("south", "Söderå", "district"),
            Entry("alvdal", "ALVDAL", "neighbourhood", parent="west"),
            Entry("north-alvdal", "NORRA ALVDAL", "neighbourhood", parent="west"),
            Entry(
                "ekby",
                "Ekby",
                "neighbourhood",
                (
                    Alias("Stora torget", NameKind.PLACE),
                    Alias("Ekbackens", NameKind.STATION),
                    Alias("Smedjegatan", NameKind.STREET),
                    Alias("kullen"),
                ),
                parent="west",
            ),
            Entry("ekby-heights", "Ekbyhöjden", "neighbourhood", parent="west"),
            Entry("holmen", "Bergsholmen", "neighbourhood", (Alias("Berget"),), parent="south"),
            Entry("works", "TALLVIK INDUSTRIOMR", "neighbourhood", parent="south"),
            Entry("erik", "Sankt Erik", "neighbourhood", parent="south"),
            Entry("glad", "Glädje", "neighbourhood", parent="south", homonym=True),
            Entry("south-heart", "Söderå", "neighbourhood", parent="south"),
        ],
        elsewhere=["Fjärrstad"],
    )


def placed(town: Gazetteer, text: str, title: str = "Misshandel, Mellanstad") -> Placement:
    return town.place(title, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("En man slogs i Alvdal.", "alvdal"),
        ("En man slogs i Alvdals centrum.", "alvdal"),
        ("Bråk i ALVDAL.", "alvdal"),
        ("Bråk i Norra Alvdal.", "north-alvdal"),
        ("Bråk i norra Alvdal.", "north-alvdal"),
        ("Bråk i N:a Alvdal.", "north-alvdal"),
        ("Bråk på Ekbyhöjden.", "ekby-heights"),
        ("Bråk i centrala Ekby.", "ekby"),
        ("Bråk i Tallvik industriområde.", "works"),
        ("Inbrott i Tallvik industriområdet.", "works"),
        ("Brand i S:t Erik.", "erik"),
        ("Ekby. En man uppträder hotfullt.", "ekby"),
        ("Bråk på Ekbys torg.", "ekby"),
    ],
)
def test_inflected_nested_and_shortened_names_are_known(town, text, code):
    placement = placed(town, text)
    assert placement.code == code
    assert placement.level == "neighbourhood"
    assert placement.confidence > 0.9


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bråk på Stora torget.", NameKind.PLACE),
        ("Bråk på Stora torgets uteservering.", NameKind.PLACE),
        ("Bråk vid Ekbackens station.", NameKind.STATION),
        ("Brand på Smedjegatan.", NameKind.STREET),
        ("Bråk på kullen.", NameKind.EVERYDAY),
    ],
)
def test_aliases_point_at_their_area(town, text, kind):
    placement = placed(town, text)
    assert placement.code == "ekby"
    assert placement.evidence.kind is kind


def test_a_street_is_trusted_less_than_the_name(town):
    street = placed(town, "Brand på Smedjegatan.")
    assert street.confidence < placed(town, "Brand i Ekby.").confidence


@pytest.mark.parametrize("word", ["Ekbysvängen", "Ekbygatan", "Bergsholmsbron", "Alvdalsvägen"])
def test_a_street_named_after_an_area_is_no_answer(town, word):
    placement = placed(town, f"Två bilar krockade på {word}.")
    assert placement.abstained_because is Abstention.TOO_UNCERTAIN
    assert placement.rejected[0].evidence.kind is NameKind.ROAD_COMPOUND


def test_a_compound_gives_way_to_a_name(town):
    placement = placed(town, "Krock på Alvdalsvägen i Ekby.")
    assert placement.code == "ekby"
    assert placement.rejected[0].reason is Reason.WEAKER


@pytest.mark.parametrize("text", ["Brand i Ekbyborg.", "Brand i Alvdalen.", "Brand i Tallvik."])
def test_part_of_a_word_or_of_a_name_is_no_name(town, text):
    assert placed(town, text).abstained_because is Abstention.NO_NAME


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bråk i Stora Ekby.", Reason.OTHER_NAME),
        ("Bråk i Ekby strand.", Reason.OTHER_NAME),
        ("Insats i Alvdal-Ekby.", Reason.JOINED),
        ("Kontroller på Väster- och Ekby.", Reason.JOINED),
        ("Matchen vanns av Ekby IF.", Reason.ORGANISATION),
        ("Ekby stadsdelsförvaltning bjöd in.", Reason.AUTHORITY),
        ("Presstalesperson Anna Alvdal svarade.", Reason.PERSON),
        ("En bil i Ekby i Fjärrstad brann.", Reason.ELSEWHERE),
        ("Fjärrstad, bilbrand i Ekby.", Reason.ELSEWHERE),
    ],
)
def test_names_of_something_else_are_rejected(town, text, reason):
    placement = placed(town, text)
    assert placement.code is None
    assert reason in {candidate.reason for candidate in placement.rejected}


def test_a_notice_titled_elsewhere_is_not_placed_here(town):
    placement = placed(town, "Brand i Ekby.", title="Brand, Fjärrstad")
    assert placement.rejected[0].reason is Reason.ELSEWHERE


def test_a_common_word_counts_only_after_a_preposition_of_place(town):
    assert placed(town, "Bråk i Glädje.").code == "glad"
    assert placed(town, "Glädje rådde.").rejected[0].reason is Reason.HOMONYM
    assert placed(town, "Någon hoppade i glädje.").code is None


def test_small_letters_need_a_preposition_and_are_trusted_less(town):
    small = placed(town, "En smäll hördes i alvdal.")
    assert small.code == "alvdal"
    assert small.confidence < placed(town, "En smäll hördes i Alvdal.").confidence
    assert placed(town, "Smällen alvdal hördes.").rejected[0].reason is Reason.SMALL_LETTERS


@pytest.mark.parametrize(
    "text", ["Brand i Alvdal, Västerå.", "Brand i Västerå. Huset ligger i Alvdal."]
)
def test_the_area_around_gives_way(town, text):
    placement = placed(town, text)
    assert placement.code == "alvdal"
    assert [candidate.reason for candidate in placement.rejected] == [Reason.WIDER]


def test_only_the_wider_area_is_given_where_nothing_else_is_named(town):
    placement = placed(town, "Brand i Västerå.")
    assert (placement.code, placement.level) == ("west", "district")


def test_a_name_shared_with_the_district_is_the_narrower_alone_and_the_wider_beside_another(town):
    assert placed(town, "Brand i Söderå.").code == "south-heart"
    beside = placed(town, "Brand på Bergsholmen i Söderå.")
    assert beside.code == "holmen"
    assert beside.rejected[0].reason is Reason.WIDER


def test_two_scenes_are_not_decided(town):
    placement = placed(town, "Bilar brann i Alvdal. Bilar brann också på Bergsholmen.")
    assert placement.abstained_because is Abstention.SEVERAL_PLACES
    assert {candidate.code for candidate in placement.rejected} == {"alvdal", "holmen"}


def test_a_place_later_in_the_text_gives_way_to_the_area_named_first(town):
    placement = placed(town, "Rån på Bergsholmen. Vittnen möttes på Stora torget.")
    assert placement.code == "holmen"
    assert placement.confidence < 0.95


def test_a_place_in_the_heading_competes_with_an_area_named_later(town):
    placement = placed(town, "Rån på Stora torget. Tåget stannade på Bergsholmen.")
    assert placement.abstained_because is Abstention.SEVERAL_PLACES


def test_a_digest_of_several_events_is_not_placed(town):
    placement = placed(town, "Brand i Ekby.", title="Sammanfattning natt, Mellanstad")
    assert placement.abstained_because is Abstention.SEVERAL_EVENTS


def test_two_areas_of_one_name_are_not_told_apart():
    gazetteer = Gazetteer([Entry("1", "Ekby", "neighbourhood"), Entry("2", "Ekby", "parish")])
    placement = gazetteer.place("", "Brand i Ekby.")
    assert placement.rejected[0].reason is Reason.SHARED_NAME


def test_a_repeated_name_is_trusted_more(town):
    once, twice = placed(town, "Rån i Ekby."), placed(town, "Rån i Ekby. Rånaren sågs i Ekby.")
    assert twice.confidence > once.confidence


def test_evidence_is_found_in_its_field(town):
    title, text = "Brand, Ekby", "Ingen skadades.\nDet brann i Norra Alvdal."
    found = town.place(title, text).rejected
    fields = {"title": title, "text": text}
    assert [fields[c.evidence.field][c.evidence.start : c.evidence.end] for c in found] == [
        "Ekby",
        "Norra Alvdal",
    ]
    assert found[1].evidence.sentence == "Det brann i Norra Alvdal."


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([Entry("1", "A", "x"), Entry("1", "B", "x")], "comes twice"),
        ([Entry("1", "A", "x", parent="2")], "unknown '2'"),
        ([Entry("1", "A", "x", parent="2"), Entry("2", "B", "x", parent="1")], "inside itself"),
    ],
)
def test_entries_that_contradict_each_other_are_refused(entries, message):
    with pytest.raises(ValueError, match=message):
        Gazetteer(entries)


def test_empty_names_and_impossible_minimum_are_refused():
    with pytest.raises(ValueError, match="both a code and a name"):
        Entry("1", " ", "x")
    with pytest.raises(ValueError, match="empty"):
        Alias("")
    with pytest.raises(ValueError, match="cannot be of kind"):
        Alias("Ekby", NameKind.OWN)
    with pytest.raises(ValueError, match="share between 0 and 1"):
        Gazetteer([], minimum_confidence=2)
