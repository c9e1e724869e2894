"""What always holds, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from samhandling.sources.gazetteer import Abstention, Alias, Entry, Gazetteer, NameKind

NAMES = ["Ekby", "Norra Ekby", "Alvdal", "S:t Erik", "Tallvik-Skog", "Ö", "Bergs holme. Nedre"]
TOWN = Gazetteer(
    [Entry("all", "Mellanstad", "municipality")]
    + [
        Entry(name, name, "neighbourhood", (Alias(f"{name}s torg", NameKind.PLACE),), "all")
        for name in NAMES
    ],
    elsewhere=["Fjärrstad"],
)
WORDS = [
    *NAMES,
    *(name.upper() for name in NAMES),
    *(name.lower() for name in NAMES),
    *["Ekbyvägen", "Alvdalsskolan", "i", "på", "vid", "mot", "till", "från", "mellan", "och"],
    *["greps", "bor", "sjukhus", ".", ",", "-", "/", "(", ")", "\n", " "],
    *["Fjärrstad", "Mellanstad", "senare", "misstänkt för", "husrannsakan", "söder om", "kl. 12"],
]
notices = st.one_of(
    st.text(),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
)


@given(title=notices, text=notices)
def test_any_text_gets_an_answer_with_evidence_that_stands_in_it(title, text):
    placement = TOWN.place(title, text)
    fields = {"title": title, "text": text}
    grounds = [candidate.evidence for candidate in placement.rejected]
    if placement.evidence:
        grounds.append(placement.evidence)
    for evidence in grounds:
        assert fields[evidence.field][evidence.start : evidence.end] == evidence.span
        assert evidence.span in evidence.sentence
        assert evidence.sentence in fields[evidence.field]


@given(title=notices, text=notices)
def test_an_answer_and_an_abstention_exclude_each_other(title, text):
    placement = TOWN.place(title, text)
    assert (placement.code is None) == (placement.abstained_because is not None)
    assert (placement.code is None) == (placement.evidence is None)
    assert 0 <= placement.confidence < 1
    assert (placement.confidence == 0) == (placement.code is None)
    assert placement == TOWN.place(title, text)


@given(text=st.text(alphabet="abdfgijåä .,!\n-", max_size=200))
def test_a_text_without_any_name_is_never_placed(text):
    placement = TOWN.place("", text)
    assert placement.abstained_because is Abstention.NO_NAME
    assert placement.rejected == ()
