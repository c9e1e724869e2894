"""Tests of the invented towns: the truth put in is the truth that comes out."""
