"""Pages of places, proposed places, problems and causes."""
