"""Stockholm's published files through the documented commands, against a reckoning of its own.

The expected figures are computed here from the raw files with pandas and geopandas alone.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from scipy.stats import chi2

from samhandling_web.base.areas import selectors as areas
from samhandling_web.config.command import main
from samhandling_web.observe.events.snapshot.queries import Selection, snapshot_in_use
from samhandling_web.observe.statistics import selectors as statistics
from samhandling_web.observe.surveys import selectors as surveys
from samhandling_web.understand.picture import scopes
from samhandling_web.understand.picture.figures.assemble import figures_for
from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.residents import residents_on
from tests.shared_data import ROOT, shared_file

pytestmark = pytest.mark.django_db
TUTORIAL = ROOT / "docs" / "tutorials" / "stockholm.md"
START, END = date(2020, 1, 1), date(2023, 9, 30)
CRIMES = (
    "1210_skadegorelse_brand",
    "1211_skadegorelse_bilbrand",
    "1701_vald_mot_polis_lindrigare",
    "1702_vald_mot_polis_grovre",
)


def documented_commands(data: Path, out: Path) -> list[list[str]]:
    blocks = re.findall(r"```console\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line]
    return [
        line.replace("DATA/", f"{data}/").replace("OUT/", f"{out}/").split()[1:] for line in lines
    ]


@pytest.fixture
def city(data_folder):
    """Run the documented commands, and return where they wrote."""
    data = shared_file("polisen_handelser/README.md").parent.parent
    out = data_folder / "out"
    for command in documented_commands(data, out):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, f"{command}: {result.output} {result.exception}"
    return out


def crimes(name: str) -> pd.DataFrame:
    table = pd.read_csv(shared_file(f"polisanmalda_brott_deso/{name}.csv.gz"))
    table["day"] = pd.to_datetime(table["Brottsdatum"], errors="coerce")
    table["registered"] = pd.to_datetime(table["Inskrivningsdatum"], errors="coerce")
    inside = (table["Kommun"] == "Stockholm") & (table["day"] <= table["registered"])
    return table[inside & table["day"].between("2020-01-01", "2023-09-30")]


def deso_with_residents() -> geopandas.GeoDataFrame:
    sheet = pd.read_excel(
        shared_file("scb_deso_regso_stockholm/deso_folkmangd_2023.xlsx"), header=None
    )
    rows = sheet[sheet[1].astype(str).str.match(r"\d{4}[ABC]\d{4}$")]
    people = pd.Series(rows[2].astype(int).to_numpy(), index=rows[1])
    shapes = geopandas.read_file(
        shared_file("scb_deso_regso_stockholm/deso_2018_stockholms_lan.geojson")
    )
    shapes = shapes[shapes["id"].str.startswith("0180")].to_crs(3006)
    return shapes.assign(people=shapes["id"].map(people))


def in_jarva(units: geopandas.GeoDataFrame) -> pd.Series:
    """Tell which units have at least half of their surface in Järva."""
    districts = geopandas.read_file(
        shared_file("stockholm_indelning/stadsdelsomraden_2023_11.geojson")
    ).to_crs(3006)
    name = next(c for c in districts.columns if districts[c].astype(str).eq("Järva").any())
    jarva = districts.loc[districts[name] == "Järva", "geometry"].union_all()
    return units.geometry.intersection(jarva).area >= 0.5 * units.geometry.area


def residents_in_list(units: geopandas.GeoDataFrame, file: str) -> float:
    listed = geopandas.read_file(f"/vsizip/{shared_file('polisen_utsatta_omraden/' + file)}")
    inside = listed.to_crs(3006).geometry.force_2d().union_all()
    share = units.geometry.intersection(inside).area / units.geometry.area
    return float((share * units["people"]).sum())


def expected() -> dict[str, float]:
    """Reckon every figure from the raw files."""
    units = deso_with_residents()
    jarva = in_jarva(units)
    codes = set(units.loc[jarva, "id"])
    people = int(units.loc[jarva, "people"].sum())
    every = pd.concat([crimes(name) for name in CRIMES])
    fires = int(crimes("1211_skadegorelse_bilbrand")["DeSO.område"].isin(codes).sum())
    per_thousand = 1000 / (people * ((END - START).days + 1) / 365.25)
    survey = pd.read_csv(
        shared_file("trygghetsmatning/trygghetsmatning_publicerade_varden.csv"), sep=";"
    )
    in_city = survey["fraga"].str.startswith("A_") & (survey["indelning"] == "stad")
    often_worried = survey[in_city & (survey["ar"] == 2017)]
    base = pd.read_csv(shared_file("stockholm_basomraden/befolkning_basomrade_2014_2016.csv.gz"))
    return {
        "residents in the city": int(units["people"].sum()),
        "residents in Järva": people,
        "residents inside the list of 2021": residents_in_list(units, "UO2021_shp.zip"),
        "residents inside the list of 2023": residents_in_list(units, "uso_2023_shp.zip"),
        "residents of base areas 2016": int(base[base["ar"] == 2016]["antal"].sum()),
        "crimes in the city": len(every),
        "crimes in Järva": int(every["DeSO.område"].isin(codes).sum()),
        "crimes in July 2021": int(every["day"].dt.to_period("M").eq("2021-07").sum()),
        "vehicle fires in Järva": fires,
        "vehicle fires per 1,000": fires * per_thousand,
        "lower bound": chi2.ppf(0.025, 2 * fires) / 2 * per_thousand,
        "upper bound": chi2.ppf(0.975, 2 * fires + 2) / 2 * per_thousand,
        "often worried 2017": float(often_worried["varde_procent"].iloc[0]),
        "reported crimes 2023": reported(2023),
    }


def reported(year: int) -> float:
    table = pd.read_csv(
        shared_file("bra_anmalda_brott/anmalda_brott_stockholm_ar_1996_2025.csv"), sep=";"
    )
    return float(table.query("period == @year and key == 'total'")["count"].iloc[0])


def shown() -> dict[str, float]:
    """Read the same figures where the platform shows them."""
    jarva = areas.area_by_name("Järva", "district", END).area.code
    snapshot = snapshot_in_use()
    whole = Selection(start=START, end=END, sources=("reported_crime_deso",))
    here = replace(whole, level="district", areas=(jarva,), on=END)
    months = snapshot.by_month(whole)
    figures = {f.slug: f for f in figures_for(scopes.scope_named("Järva", None, START, END))}
    fires = row_about(figures["levels-reported_crime_deso"], "bilbrand")
    later = scopes.scope_named(None, None, START, date(2023, 12, 31))
    lists = listed_residents({f.slug: f for f in figures_for(later)}["listed-areas"])
    base = residents_on("base_area", date(2016, 12, 31))
    total = statistics.figures_of("reported_crime_total", area_level="municipality")
    worried = surveys.results_current().get(
        wave="2017", item__startswith="a_", area_level="municipality"
    )
    return {
        "residents in the city": residents_on("deso", END).total,
        "residents in Järva": residents_on("district", END).by_code[jarva],
        "residents inside the list of 2021": lists["2021-12-01"],
        "residents inside the list of 2023": lists["2023-12-01"],
        "residents of base areas 2016": base.total,
        "crimes in the city": snapshot.total(whole),
        "crimes in Järva": snapshot.total(here),
        "crimes in July 2021": months.counts[months.months == np.datetime64("2021-07")][0],
        "vehicle fires in Järva": fires["count"],
        "vehicle fires per 1,000": fires["rate"],
        "lower bound": fires["rate_interval"][0],
        "upper bound": fires["rate_interval"][1],
        "often worried 2017": worried.value_percent,
        "reported crimes 2023": total.get(period_end=date(2023, 12, 31)).value,
    }


def row_about(figure: Figure, word: str) -> dict[str, Any]:
    names = [column.name for column in figure.columns]
    row = next(row for row in figure.rows if word in str(row[0]).casefold())
    return dict(zip(names, row, strict=True))


def listed_residents(figure: Figure) -> dict[str, float]:
    """Add up a list's areas; each is rounded to hundreds."""
    sums: dict[str, float] = {}
    for day, _name, _class, residents in figure.rows:
        sums[day] = sums.get(day, 0) + residents
    return sums


# Where borders of different levels do not nest the platform shares residents out by surface and
# this test takes whole units; the listed residents are rounded to hundreds in each area.
LOOSE = {
    "residents in Järva": 0.01,
    "residents inside the list of 2021": 0.01,
    "residents inside the list of 2023": 0.01,
    "vehicle fires per 1,000": 0.01,
    "lower bound": 0.01,
    "upper bound": 0.01,
}


def test_the_figures_equal_an_independent_reckoning(city):
    theirs = expected()
    for what, ours in shown().items():
        assert ours == pytest.approx(theirs[what], rel=LOOSE.get(what, 1e-9)), what
    made = {path.name for path in city.iterdir()}
    assert made == {"jarva.pdf", "jarva.docx", "stockholm.pdf", "stockholm.docx"}
