"""Choosing among measures and where people stand: portfolios, deployment, rosters."""
