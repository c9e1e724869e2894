"""Methods for municipal crime prevention: arrays, tables and dataclasses in, results out.

The library knows nothing of the web, the database, the network or the clock. Randomness comes
in as ``numpy.random.Generator``, time as an argument.
"""

__version__ = "0.1.0"
