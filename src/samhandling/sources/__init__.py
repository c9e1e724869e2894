"""Parsers of published files and feeds: bytes in, tables and rejected rows out."""
