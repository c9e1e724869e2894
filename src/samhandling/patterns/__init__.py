"""Rates with intervals, smoothing, trends, hot spots, aoristic time."""
