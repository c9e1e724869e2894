"""How the files of an invented town are read by the readers that real files come in through."""

from samhandling.sources.mapping import Mapping
from samhandling.sources.schema import SURVEY, Kind
from samhandling.synthetic.files import EVENT_COLUMNS
from samhandling.synthetic.plan import TownPlan


def event_mapping(plan: TownPlan) -> Mapping:
    """Return the mapping of the events file; its columns are named as the fields are."""
    return Mapping(
        kind=Kind.EVENTS,
        columns={name: name for name in EVENT_COLUMNS},
        separator=plan.delimiter,
        encoding="utf-8",
    )


def population_mapping(plan: TownPlan) -> Mapping:
    """Return the mapping of the population file; residents are those of the year's last day."""
    return Mapping(
        kind=Kind.STATISTICS,
        columns={
            "area_code": "Områdeskod",
            "area_name": "Område",
            "period_start": "År",
            "breakdown": "Uppdelning",
            "value": "Folkmängd",
        },
        constants={
            "indicator": "population",
            "indicator_label": "Folkmängd",
            "area_level": plan.levels[-1].slug,
            "unit": "personer",
        },
        separator=plan.delimiter,
        encoding="utf-8",
    )


def survey_mapping(plan: TownPlan) -> Mapping:
    """Return the mapping of the survey file; its columns are named as the fields are."""
    return Mapping(
        kind=Kind.SURVEY,
        columns={name: name for name in SURVEY.names if name != "row"},
        separator=plan.delimiter,
        encoding="utf-8",
    )
