"""Arrays that have been checked: what a function may rely on, and the error that says where not."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def _first(mask: NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(mask.ravel())[0])


def finite(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return `values` as a flat float array without missing or infinite entries.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        The numbers to check.
    name : str
        What they are called in the error.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or an entry is NaN or infinite.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        msg = f"{name} has {array.ndim} dimensions; give one number per entry, in one list."
        raise ValueError(msg)
    bad = ~np.isfinite(array)
    if bad.any():
        at = _first(bad)
        msg = f"{name}[{at}] is {array[at]}; remove the entry or give a number."
        raise ValueError(msg)
    return array


def counts(values: ArrayLike, name: str = "counts") -> NDArray[np.int64]:
    """Return `values` as whole numbers of at least zero.

    Raises
    ------
    ValueError
        If an entry is missing, negative or not whole.
    """
    array = finite(values, name)
    bad = (array < 0) | (array != np.floor(array))
    if bad.any():
        at = _first(bad)
        msg = f"{name}[{at}] is {array[at]:g}; a count is a whole number of at least zero."
        raise ValueError(msg)
    return array.astype(np.int64)


def positive(values: ArrayLike, name: str, remedy: str) -> NDArray[np.float64]:
    """Return `values` as numbers above zero; `remedy` ends the error.

    Raises
    ------
    ValueError
        If an entry is missing, zero or negative.
    """
    array = finite(values, name)
    bad = array <= 0
    if bad.any():
        at = _first(bad)
        msg = f"{name}[{at}] is {array[at]:g}; {remedy}."
        raise ValueError(msg)
    return array


def same_length(**arrays: NDArray[Any]) -> int:
    """Return the common length of the named arrays.

    Raises
    ------
    ValueError
        If they differ in length or are empty.
    """
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} has {n}" for name, n in lengths.items())
        msg = f"The entries do not match: {said}. Give one of each per entry."
        raise ValueError(msg)
    length = next(iter(lengths.values()))
    if length == 0:
        msg = f"{' and '.join(lengths)} are empty; give at least one entry."
        raise ValueError(msg)
    return length


def probability(value: float, name: str = "confidence") -> float:
    """Return `value` if it lies strictly between 0 and 1.

    Raises
    ------
    ValueError
        If it does not.
    """
    if not 0 < value < 1:
        msg = f"{name} is {value}; it must lie between 0 and 1, for instance 0.95."
        raise ValueError(msg)
    return value
