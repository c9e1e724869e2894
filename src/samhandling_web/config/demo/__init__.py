"""The demonstration: an invented town brought in through the same doors as a real city."""
