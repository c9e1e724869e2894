"""Situational pictures, and views of the figures that people keep."""

from samhandling_web.understand.picture.models.picture import Picture
from samhandling_web.understand.picture.models.saved_view import SavedView

__all__ = ["Picture", "SavedView"]
