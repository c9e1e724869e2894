"""The tutorial on vehicle fires, run whole: on the invented town, and on the real city's files."""

import numpy as np
import pandas as pd
import pytest

from docs.executed_cells import run_page
from docs.tutorials.vehicle_fires_data import CITY, data_folder
from samhandling.forecast import EmpiricalBayes, NotBetterThanNaive, forecast_if_better
from samhandling.synthetic import GRANKOPING
from tests.shared_data import ROOT, shared_file

PAGE = ROOT / "docs" / "tutorials" / "vehicle-fires.md"


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """Run the page where no real files are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMHANDLING_SHARED", str(tmp_path_factory.mktemp("nothing")))
        return run_page(PAGE)


@pytest.fixture(scope="module")
def real():
    shared_file("polisanmalda_brott_deso/1211_skadegorelse_bilbrand.csv.gz")
    return run_page(PAGE)


def test_elsewhere_the_page_says_that_its_town_is_invented(invented):
    printed, names = invented
    assert not names["fires"].is_real
    assert printed.startswith(f"These are arson events in {GRANKOPING.name}, an invented town.")
    assert CITY not in printed


def test_the_invented_counts_are_those_of_the_town(invented):
    """Every exactly placed fire of the period is in one area, and no other is."""
    fires = invented[1]["fires"]
    by_year = fires.counts.sum(axis=0)[:36].reshape(3, 12).sum(axis=1)
    assert by_year.tolist() == fires.coverage.loc[2020:2022, "with area code"].tolist()
    assert (fires.coverage["without"] > 0).any()


def test_one_missing_file_means_the_invented_town(tmp_path, monkeypatch):
    folder = tmp_path / "data" / "polisanmalda_brott_deso"
    folder.mkdir(parents=True)
    (folder / "1211_skadegorelse_bilbrand.csv.gz").touch()
    monkeypatch.setenv("SAMHANDLING_SHARED", str(tmp_path))
    assert data_folder() is None


def test_a_forecast_is_given_only_if_it_has_earned_it(invented):
    printed, names = invented
    refused = names["expected"] is None
    assert ("Refused:" in printed) == refused
    assert ("Given:" in printed) != refused


def test_the_real_page_gives_the_known_rates(real):
    """3.8 times (3.2 to 4.6) in 50 listed areas with 100,427 residents; 343 of 544 without."""
    printed, names = real
    assert printed.startswith("These are the vehicle fires reported in Stockholm")
    total, ratio = names["total"], names["ratio"]
    assert ((total == 0).sum(), len(total), total.sum()) == (343, 544, 543)
    assert names["inside"].sum() == 50
    assert names["fires"].residents[names["inside"]].sum() == 100_427
    assert [round(x, 1) for x in (ratio.value, *ratio.confidence_interval())] == [3.8, 3.2, 4.6]


def test_the_real_page_shows_that_2019_has_no_area_codes(real):
    coverage = real[1]["fires"].coverage
    assert coverage.loc[:2019, "with area code"].sum() == 0
    assert coverage.loc[2019, "without"] == 122
    share = coverage.loc[2020:, "with area code"] / coverage.loc[2020:].sum(axis=1)
    assert share.min() > 0.96
    assert real[1]["fires"].months[0] == "2020-01"


def test_the_real_page_shows_how_little_of_the_concentration_lasts(real):
    """38 % in the top 27; the 27 densest of the first half hold 13 % of the second."""
    names = real[1]
    assert (names["found"].top_areas, round(names["found"].share, 2)) == (27, 0.38)
    assert round(names["held"]["per km²"], 2) == 0.13
    assert names["held"]["most fires"] < names["found"].low


def test_the_real_page_refuses_its_forecast(real):
    printed, names = real
    assert "Refused: empirical_bayes does not beat long_term_mean: 21 against 22 hits" in printed
    with pytest.raises(NotBetterThanNaive):
        forecast_if_better(EmpiricalBayes(), names["history"], names["origins"])


def test_in_a_year_only_about_half_of_the_real_fires_disappearing_would_be_seen(real):
    """Power at the noise of the listed areas' own counts, and at that of the comparison too."""
    alone, compared, uneven = (p.decrease_percent for p in real[1]["powers"].values())
    assert alone == pytest.approx(-50, abs=5)
    assert uneven < compared < alone


def test_real_counts_are_those_of_the_rows(real):
    """Counted from the raw file with pandas alone."""
    rows = pd.read_csv(
        shared_file("polisanmalda_brott_deso/1211_skadegorelse_bilbrand.csv.gz"), dtype=str
    )
    fires = real[1]["fires"]
    coded = rows[rows["DeSO.område"].isin(fires.areas.codes)]
    month = coded["Inskrivningsdatum"].str[:7]
    raw = coded[month.isin(fires.months)]["DeSO.område"].value_counts()
    assert np.array_equal(
        raw.reindex(list(fires.areas.codes), fill_value=0), fires.counts.sum(axis=1)
    )
