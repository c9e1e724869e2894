"""Parsers of published files and feeds: bytes in, tables and rejected rows out."""

from samhandling.sources.codes import NOTICE_TEXTS, REASON_TEXTS, NoticeCode, Reason
from samhandling.sources.feeds import FEEDS, Feed, PageRule, feeds_of
from samhandling.sources.mapping import Mapping
from samhandling.sources.mapping_proposal import (
    Preview,
    Sample,
    preview,
    propose_mapping,
    read_sample,
)
from samhandling.sources.protocol import (
    Chunk,
    Limits,
    Notice,
    ReadOptions,
    Rejection,
    Source,
    UnreadableFile,
)
from samhandling.sources.registry import get, registry

__all__ = [
    "FEEDS",
    "NOTICE_TEXTS",
    "REASON_TEXTS",
    "Chunk",
    "Feed",
    "Limits",
    "Mapping",
    "Notice",
    "NoticeCode",
    "PageRule",
    "Preview",
    "ReadOptions",
    "Reason",
    "Rejection",
    "Sample",
    "Source",
    "UnreadableFile",
    "feeds_of",
    "get",
    "preview",
    "propose_mapping",
    "read_sample",
    "registry",
]
