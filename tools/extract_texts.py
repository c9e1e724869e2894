"""Find every text that is marked for translation: in Python, in templates, in JavaScript."""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
PLATFORM = Path("src/samhandling_web")
SKIPPED = {"migrations", "tests", "locale"}
# Which arguments of a call are the message, its plural and its context ("c").
KEYWORDS = {
    "_": None,
    "_gettext": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
DOMAINS = {"django": (".py", ".html", ".txt"), "djangojs": (".js",)}


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """A text marked for translation, known by its context, singular and plural."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue tells texts apart by."""
        return (self.context, self.singular)


def source_files(root: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """Give the platform's own files with these endings, in a stable order."""
    for folder, folders, names in os.walk(root / PLATFORM):
        folders[:] = sorted(set(folders) - SKIPPED - {"__pycache__"})
        yield from (Path(folder) / name for name in sorted(names) if name.endswith(endings))


def marked_in(path: Path) -> Iterator[Marked]:
    """Give the marked texts of one file."""
    content = path.read_text(encoding="utf-8")
    method = "python"
    if path.suffix == ".js":
        method = "javascript"
    elif path.suffix != ".py":
        content = as_python(content, str(path))
    stream = io.BytesIO(content.encode())
    for _line, message, _comments, context in extract(
        method, stream, KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield Marked(singular, plural, context or "")


def as_python(template: str, name: str) -> str:
    """Turn a template into lines that Python's tokenizer reads: its texts as calls."""
    lines = templatize(template, origin=name).splitlines()
    return "\n".join(line.strip() for line in lines)


def marked_texts(root: Path, domain: str = "django") -> dict[Marked, Path]:
    """Return every marked text of a domain with the first file that holds it."""
    found: dict[Marked, Path] = {}
    for path in source_files(root, DOMAINS[domain]):
        for text in marked_in(path):
            found.setdefault(text, path.relative_to(root))
    return found
