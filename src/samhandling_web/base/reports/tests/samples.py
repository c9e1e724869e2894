"""One document and one layer with every kind of block and cell, built anew on every call."""

from datetime import UTC, date, datetime

import shapely

from samhandling_web.base.common.charts import Bar, BarChart, Estimate, Frame, horizontal_bars
from samhandling_web.base.reports import text
from samhandling_web.base.reports.content import (
    SUPPRESSED,
    Chart,
    Column,
    Decision,
    Document,
    Fact,
    Facts,
    FigureTable,
    Heading,
    Interval,
    Kind,
    Layer,
    MapImage,
    PageBreak,
    Provenance,
    Signature,
)

INJECTION = "{{ 7*7 }} {% raw %} {_{ x }_} #emph[hej] <b>&amp; =1+1"


def provenance() -> Provenance:
    return Provenance(
        data_version="2026-11-20/3f9a1c",
        code_version="0.1.0+87cde93",
        made_at=datetime(2026, 11, 24, 6, 3, tzinfo=UTC),
        made_by="Anna Åkerström",
        parameters=(("Område", "Nordby"), ("Period", "2025-01-01 – 2025-12-31")),
        sources=("Påhittad källa, hämtad 2026-11-02",),
    )


def table() -> FigureTable:
    return FigureTable(
        caption="Anmälda brott per område",
        columns=(
            Column("Område"),
            Column("Anmälda brott", Kind.INT),
            Column("Per 1 000 invånare", Kind.DECIMAL),
            Column("Intervall", Kind.INTERVAL),
            Column("Förändring", Kind.PERCENT),
            Column("Senast", Kind.DATE),
        ),
        rows=(
            ("Nordby", 12_345, 123.45, Interval(119.2, 127.7), -3.25, date(2025, 12, 31)),
            ("=HYPERLINK(1)", SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED, None),
            ("Söderby", 0, 0.0, Interval(-1.5, 0.5), None, None),
        ),
        source="Påhittad källa",
        definition="Brott som anmälts under året.",
        uncertainty="95-procentigt intervall.",
    )


def chart_svg() -> str:
    frame = Frame("Brott", "Nordby ligger högst.", unit="Antal")
    bars = (Bar("Nordby", Estimate(12.0, 10.0, 15.0), focus=True), Bar("Söderby", Estimate(None)))
    return horizontal_bars(BarChart(frame, bars))


def document() -> Document:
    written = f"Det blev **fler rån** och *färre* inbrott.\n\n- Punkt ett\n- {INJECTION}"
    return Document(
        title="Lägesbild för Nordby {{ title }}",
        subtitle="Kartläggning",
        marks=("Utkast", "Påhittade uppgifter"),
        contents=True,
        provenance=provenance(),
        blocks=(
            Heading("Kartläggning"),
            *text.blocks(written),
            Facts(
                "Nyckeltal",
                (Fact("Andel otrygga", 35.2, Column("", Kind.PERCENT), Interval(31, 39), "Enkät"),),
            ),
            Heading("Omfattning", 3),
            table(),
            Chart("Brott per område", chart_svg(), "Nordby ligger högst.", table()),
            PageBreak(),
            MapImage("Karta", chart_svg(), "En karta.", table(), show_table=False),
            Decision(
                "Kommunstyrelsen", "Antas.", date(2026, 12, 3), "KS 2026/412", (Signature("Bo Ek"),)
            ),
        ),
    )


def layer() -> Layer:
    square = shapely.Polygon([(18.0, 59.0), (18.0, 59.1), (18.1, 59.1), (18.1, 59.0)])
    return Layer(
        name="handelser",
        title="Händelser",
        columns=(
            Column("Rubrik"),
            Column("Antal", Kind.INT),
            Column("Andel", Kind.PERCENT),
            Column("Dag", Kind.DATE),
            Column("Tid", Kind.DATE, name="started_at"),
            Column("Osäkerhet", Kind.INTERVAL),
        ),
        rows=(
            (
                "=cmd|' /C calc'!A0",
                3,
                12.5,
                date(2025, 1, 2),
                datetime(2025, 1, 2, 12, 30, tzinfo=UTC),
                Interval(1.0, 2.5),
            ),
            ("Åska", None, SUPPRESSED, None, None, None),
        ),
        geometries=(square.wkb, None),
        provenance=provenance(),
        marks=("Påhittade uppgifter",),
    )
