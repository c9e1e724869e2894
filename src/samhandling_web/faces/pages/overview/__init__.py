"""How the work goes, district by district: shares whose parts can be opened."""
