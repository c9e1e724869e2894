"""Measurements of our work beside that of peers: the same question, the same data, one run."""
