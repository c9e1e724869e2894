"""Every published number, gathered from the modules beside this one."""

from importlib import import_module
from pkgutil import iter_modules

import tests.reference.published as package
from tests.reference.published.number import Published

OWN = {"every", "number", "page", "test_published"}


def every_published() -> tuple[Published, ...]:
    """Return the `NUMBERS` of every module, in the order of method and quantity."""
    names = sorted(info.name for info in iter_modules(package.__path__) if info.name not in OWN)
    modules = [import_module(f"{package.__name__}.{name}") for name in names]
    return tuple(number for module in modules for number in module.NUMBERS)
