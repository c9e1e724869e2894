"""Coordinate systems, areas and neighbours, cells, crosswalks between boundary years."""
