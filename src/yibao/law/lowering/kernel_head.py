"""What every printed kernel begins with: this file itself, so that a change of it is another text and compiled anew."""

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic


@numba.njit(nogil=True)
def fitted(column: Any, low: Any, high: Any) -> Any:
    """A copy of a column in which nothing lies out of range."""
    found = np.empty_like(column)
    for i in range(len(column)):
        found[i] = min(max(np.int64(column[i]), low), high)
    return found


@numba.njit(nogil=True)
def outside(column: Any, low: Any, high: Any) -> Any:
    """Below 0 if a value of a column lies out of range; its least and greatest, found in the column's own type."""
    if len(column) == 0:
        return np.int64(0)
    least = most = column[0]
    for i in range(len(column)):
        x = column[i]
        least = x if x < least else least
        most = x if x > most else most
    return (np.int64(least) - low) | (high - np.int64(most))


@intrinsic
def choose(typing: Any, test: Any, yes: Any, no: Any) -> Any:
    """`yes if test else no` without a jump: what may be guessed was made a branch before (see `branches`)."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        made = builder.select(*args)
        made.set_metadata("unpredictable", builder.module.add_metadata([]))
        return made

    return types.int64(types.boolean, types.int64, types.int64), code


@intrinsic
def quotient(typing: Any, number: Any, factor: Any, shift: Any) -> Any:
    """`number // divisor` by the divisor's factor and shift (see `reciprocals`): a product instead of a division."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        wide, narrow = ir.IntType(128), ir.IntType(64)
        number, factor, shift = args
        fourfold = builder.zext(builder.shl(number, ir.Constant(narrow, 2)), wide)
        product = builder.mul(fourfold, builder.zext(factor, wide))
        return builder.lshr(builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), narrow), shift)

    return types.int64(types.int64, types.int64, types.int64), code
