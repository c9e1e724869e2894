"""Suppression of small counts before anything is shown."""
