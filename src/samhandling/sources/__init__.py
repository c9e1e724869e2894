"""Parsers of published files and feeds: bytes in, tables and rejected rows out."""

from samhandling.sources.codes import NOTICE_TEXTS, REASON_TEXTS, NoticeCode, Reason
from samhandling.sources.mapping import Mapping
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
    "NOTICE_TEXTS",
    "REASON_TEXTS",
    "Chunk",
    "Limits",
    "Mapping",
    "Notice",
    "NoticeCode",
    "ReadOptions",
    "Reason",
    "Rejection",
    "Source",
    "UnreadableFile",
    "get",
    "registry",
]
