"""Reading measures, what was done of them, portfolios and plans."""
