"""How the documentation is built. Nothing is fetched from the network."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from samhandling import __version__  # noqa: E402

project = "Samhandling"
author = "The Samhandling project"
copyright = "The Samhandling project, EUPL-1.2"  # noqa: A001
release = version = __version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "docs.executed_cells",
]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "generate"]
# Two classes may have a field of the same name; a docstring's bare word then points at neither.
suppress_warnings = ["ref.python"]

napoleon_numpy_docstring = True
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}

html_theme = "furo"
html_title = "Samhandling"
html_static_path = ["_static"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": "Inter, 'Segoe UI', system-ui, sans-serif",
        "color-brand-primary": "#1d5b79",
        "color-brand-content": "#1d5b79",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8fc7e4",
        "color-brand-content": "#8fc7e4",
    },
}
