"""Pages of measures, portfolios and plans."""
