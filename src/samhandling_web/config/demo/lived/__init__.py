"""Half a year of work in the invented town, lived day by day by calling the services.

Nothing is inserted: what a service would refuse does not happen here either. Two districts work
as the method asks; in the third much is begun and little is finished.
"""
