"""An invented town with known truth, for demonstrations and for tests that recover the truth."""
