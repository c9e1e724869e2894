"""Pages where data come in."""
