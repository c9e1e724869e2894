"""Published numbers that the library's methods must reproduce, one module for each part of it."""

from tests.reference.published.number import Published

__all__ = ["Published"]
