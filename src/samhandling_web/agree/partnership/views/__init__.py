"""The room's screens: one file for each kind of work."""
