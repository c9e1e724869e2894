"""One page for each package of the library, with every public name's docstring."""

import pkgutil
from importlib import import_module

import samhandling
from docs.generate.platform import first_line

INTRODUCTION = """# The library

`samhandling` is a Python package without a web framework, a database, a network or a clock: arrays,
tables and dataclasses go in, results come out. It can be used in a notebook as it stands:

```python
>>> from samhandling.patterns import incident_rate
>>> rates = incident_rate([0, 12], [800, 4_000])
>>> rates.rate.tolist()
[0.0, 3.0]
>>> [round(high, 1) for high in rates.high.tolist()]
[4.6, 5.2]
```

An area without a single incident may still have a rate of 4.6 per 1,000 residents: it is small.
"""


def packages() -> dict[str, str]:
    """Return the packages with public names, and what each is for."""
    names = sorted(info.name for info in pkgutil.iter_modules(samhandling.__path__) if info.ispkg)
    modules = {name: import_module(f"samhandling.{name}") for name in names}
    return {name: first_line(m.__doc__) for name, m in modules.items() if hasattr(m, "__all__")}


def page(name: str) -> str:
    """Return one package's page."""
    return (
        f"# samhandling.{name}\n\n```{{eval-rst}}\n.. automodule:: samhandling.{name}\n"
        "   :imported-members:\n```\n"
    )


def pages() -> dict[str, str]:
    """Return the pages and their index."""
    found = packages()
    lines = [INTRODUCTION, *(f"- [{name}]({name}.md): {what}" for name, what in found.items())]
    lines += ["", "```{toctree}", ":hidden:", "", *found, "```", ""]
    return {"library/index.md": "\n".join(lines)} | {
        f"library/{name}.md": page(name) for name in found
    }
