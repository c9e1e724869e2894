"""What is known of each row, made into a matrix: numbers as they are, labels as differences."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked

Floats = NDArray[np.float64]
Columns = Sequence[tuple[str, ArrayLike]]


def design_matrix(columns: Columns, rows: int) -> tuple[tuple[str, ...], Floats]:
    """Return the coefficients' names and a matrix with an intercept, shape (rows, n_coefficients).

    Raises
    ------
    ValueError
        If a column has another length, lacks a value, or says what other columns already say.
    """
    names, made = ["intercept"], [np.ones(rows)]
    for name, values in columns:
        for label, column in _coded(name, values, rows):
            names.append(label)
            made.append(column)
    matrix = np.stack(made, axis=1)
    if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        message = (
            f"The columns {', '.join(n for n, _ in columns)} say the same thing; leave one out."
        )
        raise ValueError(message)
    return tuple(names), matrix


def labels_of(values: ArrayLike, rows: int, name: str) -> NDArray[np.str_]:
    """Return labels as text, one a row; an empty or missing label is an error."""
    array = np.asarray(values)
    if array.shape != (rows,):
        message = f"{name} has shape {array.shape}; give one label for each of {rows} rows."
        raise ValueError(message)
    text = array.astype(np.str_)
    missing = np.flatnonzero(np.isin(text, ("", "nan", "None")))
    if missing.size:
        message = f"{name}[{missing[0]}] is missing; give a label, for instance 'unknown'."
        raise ValueError(message)
    return text


def in_order_of_appearance(labels: NDArray[np.str_]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the different labels as they first appear, and the number of each row's label."""
    found, first, code = np.unique(labels, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.argsort(order)
    return tuple(str(label) for label in found[order]), place[code].astype(np.int64)


def _coded(name: str, values: ArrayLike, rows: int) -> list[tuple[str, Floats]]:
    array = np.asarray(values)
    if array.ndim != 1 or len(array) != rows:
        message = f"{name} has shape {array.shape}; give one value for each of {rows} rows."
        raise ValueError(message)
    if array.dtype.kind in "biuf":
        return [(name, checked.finite(array, name))]
    text = labels_of(array, rows, name)
    return [(f"{name} {label}", (text == label).astype(float)) for label in np.unique(text)[1:]]
