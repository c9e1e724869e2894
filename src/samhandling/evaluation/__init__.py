"""Did it work: comparisons, their assumptions and their power."""
