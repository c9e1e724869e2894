"""Every text is marked, translated, and keeps its placeholders."""

import importlib
from types import ModuleType

import pytest

from tests.architecture.documents import ROOT


@pytest.fixture
def check_texts(monkeypatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("check_texts")


@pytest.fixture
def extract_texts(check_texts) -> ModuleType:
    return importlib.import_module("extract_texts")


@pytest.fixture
def shown_texts(check_texts) -> ModuleType:
    return importlib.import_module("shown_texts")


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_is_translated_to_english(check_texts, domain):
    assert list(check_texts.faults_of(ROOT, "en", domain)) == []


def test_every_text_in_templates_is_marked(shown_texts):
    assert list(shown_texts.unmarked_in_templates(ROOT)) == []


def test_every_swedish_text_in_code_is_marked(shown_texts):
    assert list(shown_texts.unmarked_in_python(ROOT)) == []


def made(root, name, content):
    path = root / "src" / "samhandling_web" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_texts_are_found_in_every_way_they_are_marked(extract_texts, tmp_path):
    made(tmp_path, "rules.py", 'A = _("Ett läge")\nB = ngettext("{n} rad", "{n} rader", n)\n')
    made(tmp_path, "tests/test_rules.py", 'A = _("Inte denna")\n')
    made(
        tmp_path,
        "page.html",
        '{% translate "Spara" %} {% translate "Val" context "röst" %} {% card title=_("Rubrik") %}'
        "{% blocktranslate count n=n trimmed %}\n {{ n }} dag\n{% plural %}\n {{ n }} dagar\n"
        "{% endblocktranslate %}",
    )
    made(tmp_path, "page.js", 'show(gettext("Laddar"));\n')
    found = {(t.context, t.singular, t.plural) for t in extract_texts.marked_texts(tmp_path)}
    assert found == {
        ("", "Ett läge", ""),
        ("", "{n} rad", "{n} rader"),
        ("", "Spara", ""),
        ("röst", "Val", ""),
        ("", "Rubrik", ""),
        ("", "%(n)s dag", "%(n)s dagar"),
    }
    scripts = extract_texts.marked_texts(tmp_path, "djangojs")
    assert [text.singular for text in scripts] == ["Laddar"]


def test_missing_wrong_and_obsolete_translations_are_named(check_texts, tmp_path):
    made(tmp_path, "rules.py", 'A = _("Spara {name}")\nB = _("Ta bort")\nC = _("Ny")\n')
    path = check_texts.catalogue_path(tmp_path, "en", "django")
    path.parent.mkdir(parents=True)
    path.write_text(
        check_texts.HEADER.format(language="en")
        + 'msgid "Spara {name}"\nmsgstr "Save {nam}"\n\nmsgid "Ta bort"\nmsgstr ""\n\n'
        + 'msgid "Gammal"\nmsgstr "Old"\n',
        encoding="utf-8",
    )
    faults = list(check_texts.faults_of(tmp_path, "en", "django"))
    assert [fault.split(": ")[1] for fault in faults] == [
        "missing",
        "a placeholder that the text does not have",
        "not translated",
        "obsolete",
    ]


def test_updating_keeps_translations_and_changes_nothing_the_second_time(check_texts, tmp_path):
    made(tmp_path, "rules.py", 'A = _("Spara")\nB = _("Öppna")\n')
    path = check_texts.catalogue_path(tmp_path, "en", "django")
    assert check_texts.update(tmp_path, "en", "django") == 2
    written = path.read_text(encoding="utf-8").replace(
        'msgid "Spara"\nmsgstr ""', 'msgid "Spara"\nmsgstr "Save"'
    )
    path.write_text(written, encoding="utf-8")
    assert check_texts.update(tmp_path, "en", "django") == 0
    assert path.read_text(encoding="utf-8") == written
    assert str(tmp_path) not in written


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Spara nu</p>", ["Spara nu"]),
        ('<img alt="En karta">', ["En karta"]),
        ('<p class="ds-card" data-size="sm">{% translate "Spara" %}</p>', []),
        ("<p>{# en kommentar #}{{ name }} – 5 %</p>", []),
        ("{% blocktranslate %}Spara {{ name }}{% endblocktranslate %}", []),
    ],
)
def test_words_outside_translate_tags_are_seen(shown_texts, template, words):
    assert [found for _line, found in shown_texts.unmarked_words(template)] == words
