"""The figures of a picture: computed from the data, explained, drawn, frozen."""
