"""Granköping: an invented city of 150,000 on a river, drawn on the open water of lake Vänern."""

from datetime import date

from samhandling.synthetic.plan import (
    CategoryPlan,
    ChangePlan,
    CoverageBreak,
    HotSpotPlan,
    LevelPlan,
    ReformPlan,
    SurveyItem,
    SurveyPlan,
    Terrain,
    TownPlan,
)

_PERSON = ("person", "Brott mot person")
_THEFT = ("theft", "Stöld")
_BREAK_IN = ("break_in", "Inbrott")
_DAMAGE = ("damage", "Skadegörelse")
_FIRE = ("fire", "Brand")
_DRUGS = ("drugs", "Narkotika")
_DISORDER = ("disorder", "Ordningsstörning")

_CITY_CATEGORIES = (
    CategoryPlan("assault", "Misshandel", *_PERSON, 9, -1.0, 7, 0.15, "nightlife", 0.55),
    CategoryPlan("robbery", "Personrån", *_PERSON, 2, -4.0, 11, 0.12, "evening", 0.6),
    CategoryPlan("threat", "Olaga hot", *_PERSON, 8, 2.0, 5, 0.05, "evening", 0.2),
    CategoryPlan("shoplifting", "Butiksstöld", *_THEFT, 12, 1.5, 12, 0.08, "shopping", 0.85),
    CategoryPlan("pickpocketing", "Fickstöld", *_THEFT, 7, -6.0, 7, 0.2, "shopping", 0.9),
    CategoryPlan(
        "bicycle_theft", "Cykelstöld", *_THEFT, 14, -2.0, 8, 0.45, "commute", 0.5, 10.0, 0.75
    ),
    CategoryPlan(
        "car_break_in", "Stöld ur bil", *_THEFT, 10, -3.0, 10, 0.1, "night", 0.3, 8.0, 0.8, 0.1
    ),
    CategoryPlan(
        "burglary",
        "Bostadsinbrott",
        *_BREAK_IN,
        7,
        -5.0,
        12,
        0.3,
        "away_from_home",
        0.0,
        12.0,
        0.7,
        0.3,
    ),
    CategoryPlan(
        "shop_burglary", "Inbrott i lokal", *_BREAK_IN, 4, -2.0, 11, 0.1, "night", 0.6, 8.0, 0.85
    ),
    CategoryPlan("graffiti", "Klotter", *_DAMAGE, 9, 3.0, 5, 0.2, "night", 0.5, 6.0, 0.6),
    CategoryPlan("vandalism", "Skadegörelse", *_DAMAGE, 11, 0.0, 6, 0.15, "night", 0.35, 8.0, 0.5),
    CategoryPlan("arson", "Anlagd brand", *_FIRE, 1.5, 0.0, 5, 0.35, "night", 0.2, 4.0),
    CategoryPlan("drug_dealing", "Narkotikaförsäljning", *_DRUGS, 5, 5.0, 9, 0.1, "evening", 0.5),
    CategoryPlan("disturbance", "Ordningsstörning", *_DISORDER, 16, 1.0, 7, 0.3, "nightlife", 0.55),
    CategoryPlan("reckless_driving", "Buskörning", *_DISORDER, 6, 4.0, 6, 0.5, "evening", 0.2, 6.0),
)

_CITY_DISTRICTS = (
    "Centrum", "Åsidan", "Sjöstaden", "Ekhaga", "Höjderna", "Björkdalen", "Hammarvik",
    "Storskogen", "Kvarnbyn", "Brunnsängen",
)  # fmt: skip
_CITY_NEIGHBOURHOODS = (
    "Gamla staden", "Åbrinken", "Kvarnholmen", "Tegelhagen", "Klockarbacken", "Almhöjd",
    "Svanparken",
    "Garvaren", "Fiskartorget", "Nya hamnen", "Smedjebron", "Rosendalen", "Linnéhöjden",
    "Lövgärdet", "Hasselgården", "Vallmon", "Skrivarhagen", "Mjölnarängen", "Ugglekulla",
    "Tranmossen",
    "Lärkhöjden", "Sparvbacken", "Bofinken", "Rönnliden", "Granlunda", "Slåttervik", "Timmerhagen",
    "Kolarskogen", "Hjortnäs", "Rävlyckan", "Getberget", "Kyrkvreten", "Prästgärdet", "Sjöhagen",
    "Vassudden", "Bryggarstaden", "Järnvägshagen", "Verkstaden", "Stenbrottet", "Kalkudden",
    "Lillsjön", "Trollbacken", "Solbacka", "Månskenet", "Ängsmarken", "Humlegården",
    "Myrstacken", "Fågelsången",
)  # fmt: skip
_STREETS = (
    "Storgatan", "Drottninggatan", "Järnvägsgatan", "Kyrkogatan", "Ringvägen", "Hamngatan",
    "Fabriksgatan", "Skolgatan", "Kungsvägen", "Landsvägen", "Bruksgatan", "Åpromenaden",
)  # fmt: skip

GRANKOPING = TownPlan(
    name="Granköping",
    municipality_code="9901",
    centre=(12.86, 58.80),
    residents=148_000,
    growth_percent_per_year=0.6,
    terrain=Terrain(6800.0, 1150.0, 7, 110.0, 2300.0),
    levels=(
        LevelPlan("district", "Stadsdelsområde", 8, "{municipality}-{number:02d}", _CITY_DISTRICTS),
        LevelPlan(
            "neighbourhood",
            "Stadsdel",
            38,
            "{municipality}-S{number:03d}",
            _CITY_NEIGHBOURHOODS,
        ),
        LevelPlan("deso", "DeSO", 112, "{municipality}C{number:03d}0"),
    ),
    police_areas=LevelPlan(
        "police_area",
        "Lokalpolisområde",
        3,
        "LPO-{municipality}-{number}",
        ("LPO City", "LPO Ån", "LPO Sjön"),
    ),
    listed_areas=LevelPlan("police_list", "Utsatt område", 2, "UO-{municipality}-{number}"),
    listed_redrawn=date(2021, 12, 1),
    categories=_CITY_CATEGORIES,
    hot_spots=(
        HotSpotPlan("square", ("assault", "disturbance", "drug_dealing"), 0.06),
        HotSpotPlan("square", ("pickpocketing", "shoplifting"), 0.09),
        HotSpotPlan("square", ("disturbance", "drug_dealing"), 0.04),
        HotSpotPlan("station", ("pickpocketing", "bicycle_theft", "assault"), 0.08),
        HotSpotPlan("station", ("bicycle_theft", "graffiti"), 0.04),
        HotSpotPlan("tunnel", ("robbery", "graffiti"), 0.05, 80.0),
        HotSpotPlan("tunnel", ("graffiti", "vandalism"), 0.03, 80.0),
        HotSpotPlan("school", ("vandalism", "arson"), 0.04),
        HotSpotPlan("park", ("drug_dealing", "robbery"), 0.05),
        HotSpotPlan("park", ("disturbance",), 0.03),
    ),
    change=ChangePlan(date(2021, 9, 1), ("vandalism", "graffiti"), 0.65, "neighbourhood"),
    reform=ReformPlan(date(2020, 7, 1), "Ådalen"),
    coverage_breaks=(
        CoverageBreak(
            ("graffiti",),
            date(2015, 1, 1),
            date(2016, 7, 1),
            0.5,
            "Klotter anmäldes bara per telefon före juli 2016.",
        ),
        CoverageBreak(
            tuple(category.slug for category in _CITY_CATEGORIES),
            date(2018, 11, 1),
            date(2018, 12, 1),
            0.0,
            "Ingen leverans för november 2018: byte av system.",
        ),
    ),
    survey=SurveyPlan(
        slug="trygghetsmatning",
        years=(2015, 2017, 2019, 2021, 2023),
        sample=4_200,
        design_effect=1.6,
        response_rate_percent=52.0,
        items=(
            SurveyItem(
                "unsafe_evening",
                "Hur trygg känner du dig när du går ut ensam i ditt område en sen kväll?",
                "ganska otrygg, mycket otrygg eller går inte ut",
                27.0,
                -0.5,
                7.0,
                11.0,
            ),
            SurveyItem(
                "worried_burglary",
                "Hur ofta oroar du dig för inbrott i din bostad?",
                "mycket ofta eller ganska ofta",
                19.0,
                -0.9,
                4.0,
                2.0,
            ),
            SurveyItem(
                "trust_police",
                "Hur stort förtroende har du för polisen i ditt område?",
                "mycket stort eller ganska stort",
                55.0,
                0.6,
                5.0,
            ),
        ),
    ),
    street_names=_STREETS,
    places=(("square", 11), ("station", 4), ("school", 26), ("park", 16), ("tunnel", 14)),
)
