"""Which type a document is set in: only what travels with the program or the city's templates."""

from pathlib import Path

from django.conf import settings
from typst import Fonts


def templates_folder() -> Path | None:
    """The folder with the city's own templates, where there is one."""
    folder = Path(settings.TEMPLATE_FOLDER)
    return folder if folder.is_dir() else None


def document_fonts() -> Fonts:
    """The embedded type, and what lies in the folder `fonts` of the city's templates.

    Fonts of the machine are left out: the same document must look, and be, the same everywhere.
    """
    folder = templates_folder()
    own = [folder / "fonts"] if folder and (folder / "fonts").is_dir() else []
    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=own)
