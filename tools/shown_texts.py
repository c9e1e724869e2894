"""Find texts that people would see and that nobody marked for translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from extract_texts import KEYWORDS, PLATFORM, source_files

# Names that are the same in every language, and each language's name for itself.
SAME_EVERYWHERE = {"Samhandling", "PDF", "Word", "Excel", "CSV", "JSON", "GeoJSON", "GeoPackage"}
OWN_NAMES = {"Svenska", "På svenska", "English", "In English"}
# Official documents are in Swedish, 10 § språklagen (2009:600). The others hold what a Swedish
# municipality would have written itself: names of levels and of what is reported, the invented
# town, invented examples, and names that people bear.
SWEDISH_ONLY = (
    "base/common/person_names.py",
    "base/reports/",
    "config/demo/",
    "config/installation.py",
    "base/common/style_examples.py",
    "observe/observations/usual_categories.py",
)
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "aria-description", "placeholder", "title")
NOT_TEXT = re.compile(
    r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}"
    r"|{%\s*block (?:density|main_class)\b.*?%}.*?{%\s*endblock\b.*?%}"
    r"|{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%.*?%}|{{.*?}}|<!--.*?-->|<(script|style)\b.*?</\1>|&\w+;",
    re.DOTALL,
)
ATTRIBUTE = re.compile(rf"""\s(?:{"|".join(SPOKEN_ATTRIBUTES)})=(["'])(.*?)\1""", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
CLASS_NAME = re.compile(r"\b[a-z]+(?:-[a-z0-9_]+)+\b")
SWEDISH = re.compile(
    r"[åäöÅÄÖ]\w|\w[åäö]|\b(?:och|inte|som|eller|kunde|saknas|finns|visas)\b(?=.* )", re.IGNORECASE
)
# A literal with this comment on its first line is not shown: a pattern, a name in a file.
NOT_SHOWN = "# not shown"
# Examples of commands name a municipality's areas.
EXAMPLE = "Example: "


def unmarked_in_templates(root: Path) -> Iterator[str]:
    """List words in templates that stand outside a translate tag."""
    for path in source_files(root, (".html",)):
        for line, words in unmarked_words(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(root)}:{line}: not marked for translation: {words!r}"


def unmarked_words(template: str) -> Iterator[tuple[int, str]]:
    """Give line and text of what a reader would see and that is not translated."""
    text = NOT_TEXT.sub(_blank, template)
    spoken = [(match.start(2), match.group(2)) for match in ATTRIBUTE.finditer(text)]
    shown = TAG.sub(_blank, text)
    spoken += [(match.start(), match.group()) for match in re.finditer(r"[^\n]+", shown)]
    for place, found in sorted(spoken):
        words = CLASS_NAME.sub("", found).strip()
        if words not in OWN_NAMES and set(WORD.findall(words)) - SAME_EVERYWHERE:
            yield text.count("\n", 0, place) + 1, words


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def unmarked_in_python(root: Path) -> Iterator[str]:
    """List Swedish literals in code that are not inside a call that marks them."""
    for path in source_files(root, (".py",)):
        if str(path.relative_to(root / PLATFORM)).startswith(SWEDISH_ONLY):
            continue
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in unmarked_literals(ast.parse(source)):
            if NOT_SHOWN not in lines[node.lineno - 1]:
                name = path.relative_to(root)
                yield f"{name}:{node.lineno}: not marked for translation: {node.value!r}"


def unmarked_literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Give the Swedish string literals of a module that are neither marked nor docstrings."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Call) and _name(child.func) in KEYWORDS:
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            if SWEDISH.search(child.value) and not child.value.startswith(EXAMPLE):
                yield child
            continue
        yield from unmarked_literals(child)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
