"""What people fill in about measures, portfolios and plans."""
