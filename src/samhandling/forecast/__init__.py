"""Place-and-hour forecasts and their scoring against naive ones."""
