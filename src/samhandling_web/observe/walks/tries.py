"""How often a page without login may be asked for, so that nobody guesses keys or fills it."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from samhandling_web.observe.walks.rules import TooManyTries

READINGS, ANSWERS = "readings", "answers"
MOST = {READINGS: 60, ANSWERS: 10}
WITHIN_SECONDS = 600


def check_tries(request: HttpRequest, what: str) -> None:
    """Count one more try from where the request comes.

    Raises
    ------
    TooManyTries
        If there have been more than a person makes in the last minutes.
    """
    where = get_adapter().get_client_ip(request)
    key = f"walks.{what}.{where}"
    if cache.add(key, 1, WITHIN_SECONDS):
        return
    try:
        count = cache.incr(key)
    except ValueError:
        # It ran out between the two.
        return
    if count > MOST[what]:
        raise TooManyTries
