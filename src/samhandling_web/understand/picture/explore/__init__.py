"""Exploring events: a question in the address, one answer for map, table and chart."""
