"""The columnar copy of all current events: derived, rebuilt after imports, read by all counting."""
