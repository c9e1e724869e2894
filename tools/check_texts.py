"""Hold the translations complete: every marked text translated, every shown text marked.

Usage: python tools/check_texts.py [--update]

`--update` adds new texts to the catalogues, keeps the translations there are, and removes texts
that no longer occur.
"""

import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from extract_texts import DOMAINS, PLATFORM, ROOT, Marked, marked_texts
from shown_texts import unmarked_in_python, unmarked_in_templates

LANGUAGES = ("en",)
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Samhandling\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def catalogue_path(root: Path, language: str, domain: str) -> Path:
    """Return where a language's translations of a domain are kept."""
    return root / PLATFORM / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def catalogue_read(path: Path, language: str) -> Catalog:
    """Read a catalogue; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def key_of(message: Message) -> tuple[str, str]:
    """Return context and singular, as a marked text names itself."""
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", singular)


def translations_in(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    """Return the catalogue's texts by key, without its header."""
    return {key_of(message): message for message in catalogue if message.id}


def translated(message: Message) -> tuple[str, ...]:
    """Return every form of a translation."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    """Return the named places of a text, in both of the ways that they are written."""
    named = set(re.findall(r"%\((\w+)\)[sd]", text))
    if named:
        return named
    try:
        return {name for _t, name, _f, _c in string.Formatter().parse(text) if name}
    except ValueError:
        return set()


def fault_in(message: Message, text: Marked) -> str:
    """Say what is wrong with a translation; nothing when it is right."""
    forms = translated(message)
    if message.fuzzy:
        return "fuzzy"
    if not forms or not all(forms):
        return "not translated"
    if bool(text.plural) != (len(forms) > 1):
        return "plural forms differ"
    expected = placeholders(text.singular) | placeholders(text.plural)
    if any(not placeholders(form) <= expected for form in forms):
        return "a placeholder that the text does not have"
    # A singular may say "one" where the plural counts, so only the last form must name all.
    if placeholders(forms[-1]) != expected:
        return "a placeholder is missing"
    return ""


def faults_of(root: Path, language: str, domain: str) -> Iterator[str]:
    """List what one catalogue lacks, doubts or no longer needs."""
    marked = marked_texts(root, domain)
    known = translations_in(catalogue_read(catalogue_path(root, language, domain), language))
    for text, path in sorted(marked.items()):
        message = known.get(text.key)
        fault = fault_in(message, text) if message else "missing"
        if fault:
            yield f"{language} {domain}: {fault}: {text.singular!r} ({path})"
    for context, singular in sorted(set(known) - {text.key for text in marked}):
        yield f"{language} {domain}: obsolete: {singular!r} {context}".rstrip()


def update(root: Path, language: str, domain: str) -> int:
    """Write the catalogue anew, sorted and without line numbers; return how many are new."""
    path = catalogue_path(root, language, domain)
    known = translations_in(catalogue_read(path, language))
    marked = {text.key: text for text in sorted(marked_texts(root, domain), reverse=True)}
    if not marked:
        return 0
    catalogue, new = Catalog(locale=language), 0
    for key, text in sorted(marked.items(), key=lambda item: item[0][::-1]):
        old = known.get(key)
        new += old is None
        name: str | tuple[str, str] = (text.singular, text.plural) if text.plural else text.singular
        written = old.string if old else ("", "") if text.plural else ""
        catalogue.add(name, written, context=text.context or None)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(HEADER.format(language=language).encode())
        write_po(stream, catalogue, width=100, no_location=True, omit_header=True)
    return new


def main(arguments: list[str]) -> int:
    """Update the catalogues when asked; print every fault and answer 1 when there is one."""
    if "--update" in arguments:
        for language in LANGUAGES:
            for domain in DOMAINS:
                print(f"{language} {domain}: {update(ROOT, language, domain)} new")
    faults = [
        fault
        for language in LANGUAGES
        for domain in DOMAINS
        for fault in faults_of(ROOT, language, domain)
    ]
    faults += [*unmarked_in_templates(ROOT), *unmarked_in_python(ROOT)]
    print("\n".join(faults) or "Texts: every text is marked and translated.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
