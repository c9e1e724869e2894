"""Hour and weekday of what is asked for, with intervals spread over the time they cover."""

from dataclasses import replace

from samhandling_web.understand.picture.explore.answer import selection_of
from samhandling_web.understand.picture.explore.page import Asked
from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.hours import week_of


def week_figure(asked: Asked) -> Figure | None:
    """Return the week of the question's events; None when too few of them tell their hour.

    The whole week is drawn whatever hours and weekdays are chosen: those are what it is for.
    """
    question = replace(asked.question, hours=None, weekdays=())
    selection = selection_of(question, asked.border_day())
    return week_of(asked.snapshot, selection, question.source)
