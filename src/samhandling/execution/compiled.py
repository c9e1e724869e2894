"""Hot loops compiled to machine code."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop over arrays at its first call; the compiled code is kept on disk.

    The arithmetic is IEEE's, in the order written: answers do not depend on the machine's vector
    registers. The interpreter's lock is let go, so that threads may run it side by side.
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(function))
