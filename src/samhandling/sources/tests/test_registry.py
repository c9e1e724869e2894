import ast
from pathlib import Path

import pytest

from samhandling.sources import (
    FEEDS,
    NOTICE_TEXTS,
    REASON_TEXTS,
    Chunk,
    Feed,
    NoticeCode,
    PageRule,
    ReadOptions,
    Reason,
    feeds_of,
    get,
    registry,
)
from samhandling.sources.schema import EVENT, SCHEMAS
from samhandling.sources.tests.readings import NOW, read_bytes
from samhandling.sources.tests.test_any_bytes import GIVEN, TEXTS


def test_every_source_says_what_a_person_needs_to_know():
    for slug, source in registry().items():
        assert slug == source.slug
        assert source.kind in SCHEMAS
        assert all((source.name, source.publisher, source.licence, source.caveats))
        assert source.example.endswith(source.file_endings)


def test_an_unknown_source_is_answered_with_those_there_are():
    with pytest.raises(KeyError, match="police_events"):
        get("horoscopes")


@pytest.mark.parametrize("slug", TEXTS)
def test_a_source_gives_the_table_of_its_kind(slug):
    found = read_bytes(get(slug).read, TEXTS[slug], **GIVEN)
    assert found.table.schema == SCHEMAS[get(slug).kind]


def test_every_code_has_a_text():
    assert set(REASON_TEXTS) == set(Reason)
    assert set(NOTICE_TEXTS) == set(NoticeCode)


def test_a_chunk_that_loses_a_row_cannot_be_made():
    with pytest.raises(ValueError, match="3 rows were read but 0"):
        Chunk(EVENT.empty_table(), (), rows_read=3)


def test_chunks_are_as_large_as_asked_for():
    text = TEXTS["mapped_table"] + "Bråk;2024-05-01;18;59\n" * 24
    found = read_bytes(get("mapped_table").read, text, **GIVEN, chunk_rows=10)
    assert [chunk.rows_read for chunk in found.chunks] == [10, 10, 5]


def test_options_refuse_a_naive_time_and_an_empty_chunk():
    with pytest.raises(ValueError, match="without a time zone"):
        ReadOptions(now=NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="at least 1"):
        ReadOptions(now=NOW, chunk_rows=0)


def test_feeds_belong_to_sources_and_keep_the_publishers_pace():
    assert {feed.source for feed in FEEDS} <= set(registry())
    feed = feeds_of("police_events")[0]
    assert feed.page_rule is PageRule.WHOLE
    assert feed.min_interval_s >= 10
    assert (feed.most_per_hour, feed.most_per_day) == (60, 1440)


@pytest.mark.parametrize(
    ("url", "pause", "rule"),
    [
        ("http://example.se", 10.0, PageRule.WHOLE),
        ("https://example.se", 0.0, PageRule.WHOLE),
        ("https://example.se", 10.0, PageRule.BY_MONTH),
    ],
)
def test_a_feed_that_would_be_rude_or_endless_cannot_be_made(url, pause, rule):
    with pytest.raises(ValueError, match=r"https|pause|month"):
        Feed("police_events", url, pause, "x", rule, "x.json")


def test_the_library_of_sources_does_not_reach_the_network():
    reaching = {"aiohttp", "ftplib", "http", "httpx", "requests", "socket", "urllib", "urllib3"}
    paths = list(Path(__file__).parent.parent.rglob("*.py"))
    assert len(paths) > 40
    for path in paths:
        imported = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
        assert not imported & reaching, path.name
