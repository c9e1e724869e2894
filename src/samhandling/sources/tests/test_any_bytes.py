"""Whatever bytes come in: a whole reading or UnreadableFile, and no row lost."""

import contextlib
import gzip
import io
import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samhandling.sources import Mapping, UnreadableFile, registry
from samhandling.sources.schema import Kind
from samhandling.sources.tests.geometry_samples import (
    collection,
    feature,
    frame,
    geopackage,
    shapefile_zip,
)
from samhandling.sources.tests.readings import NOW, read_bytes

MAPPING = Mapping(
    kind=Kind.EVENTS, columns={"category": "Typ", "start": "Datum", "lon": "x", "lat": "y"}
)
GIVEN = {"level": "district", "valid_from": NOW.date(), "mapping": MAPPING}
EVENT = {
    "id": 7,
    "datetime": "2024-08-22 18:15:00 +02:00",
    "name": "22 augusti 17.59, Brand, Söderby",
    "summary": "x",
    "url": "/x",
    "type": "Brand",
    "location": {"name": "Söderby", "gps": "59,18"},
}
PXWEB = {
    "columns": [
        {"text": "region", "type": "d"},
        {"text": "år", "type": "t"},
        {"text": "Folkmängd", "type": "c"},
    ],
    "data": [{"key": ["9901A0010", "2024"], "values": ["3"]}],
}
TEXTS = {
    "police_events": json.dumps([EVENT, EVENT], ensure_ascii=False),
    "reported_crime_deso": (
        "Id,Brottskod,Brottskod.klartext,Inskrivningsdatum,Brottsdatum,Kommun,Län,"
        "DeSO.område,Antal\n1,1211,Brand,2022-05-02,2022-05-01,Söderby,Län,9901C1010,1\n"
    ),
    "reported_crime_municipality": (
        "kommun;period;key;count;per100k;preliminary\n9901;2024K1;total;3;1,5;\n"
    ),
    "vulnerable_area_classes": "omrade;ort;ar;kod\nÄngby;By;2021;S\n",
    "vulnerable_area_shares": (
        "code;level;share_pct;utsatt_pct;sarskilt_pct\n9901C1010;deso;3;1;2\n"
    ),
    "base_area_population": "nyckelkod,namn,ar,kon,alder,antal\n1010110,Ä,2014,man,0-5,3\n",
    "pxweb_json": json.dumps(PXWEB),
    "safety_survey": (
        "ar;geografi;indelning;fraga;matt;varde_procent;n_svar_staden;"
        "svarsfrekvens_procent;kalla_url\n2020;Ä;stad;A;andel;9;3;5;x\n"
    ),
    "mapped_table": "Typ;Datum;x;y\nBråk;2024-05-01 22:10;18,05;59,33\n",
    "boundaries": collection(feature(frame().geometry[0], kod="A1", namn="Ängby")),
}


def workbook():
    book = openpyxl.Workbook()
    for row in (
        ["Folkmängd efter region och år"],
        [None, "2022"],
        ["9901A0010", 3],
        [],
        ["Källa:"],
    ):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """A sound file for every source, by slug."""
    listed = frame("EPSG:3006", kategori=["Riskområde", "Utsatt område"])
    return {
        **{slug: text.encode() for slug, text in TEXTS.items()},
        "pxweb_excel": workbook(),
        "vulnerable_areas": shapefile_zip(listed, tmp_path_factory.mktemp("shp")),
    }


def read_or_refuse(slug, content):
    with contextlib.suppress(UnreadableFile):
        read_bytes(registry()[slug].read, content, "uso_2023_shp.zip", **GIVEN)


def mutated(content, cuts):
    """Apply cuts: at a place, so many bytes are replaced by others."""
    for place, length, others in cuts:
        at = place % (len(content) + 1)
        content = content[:at] + others + content[at + length :]
    return content


CUTS = st.lists(
    st.tuples(
        st.integers(0, 100_000),
        st.sampled_from([0, 1, 2, 40, 100_000]),
        st.one_of(st.binary(max_size=6), st.sampled_from([b'"', b";", b"\n", b"\xff\xfe", b"[{"])),
    ),
    min_size=1,
    max_size=4,
)
OFTEN = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_there_is_a_sound_sample_for_every_source(samples):
    assert set(samples) == set(registry())
    for slug, content in samples.items():
        found = read_bytes(registry()[slug].read, content, "uso_2023_shp.zip", **GIVEN)
        assert found.table.num_rows > 0, slug
        assert found.rejected == [], slug


@pytest.mark.parametrize("slug", list(registry()))
@OFTEN
@given(cuts=CUTS, packed=st.booleans())
def test_a_damaged_file_is_read_or_refused(slug, samples, cuts, packed):
    content = mutated(samples[slug], cuts)
    read_or_refuse(slug, gzip.compress(content) if packed else content)


@pytest.mark.parametrize("slug", list(registry()))
@OFTEN
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(slug, content):
    read_or_refuse(slug, content)


@OFTEN
@given(cuts=CUTS)
def test_a_damaged_geopackage_is_read_or_refused(cuts, tmp_path_factory):
    content = geopackage(frame(), tmp_path_factory.mktemp("gpkg"))
    read_or_refuse("boundaries", mutated(content, cuts))


@OFTEN
@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
def test_any_json_in_place_of_an_event_is_refused_or_read(value):
    changed = [{**EVENT, name: value} for name in EVENT]
    content = json.dumps([value, *changed]).encode()
    found = read_bytes(registry()["police_events"].read, content)
    assert found.rows_read == 1 + len(changed)
