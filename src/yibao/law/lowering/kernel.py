"""A program as a function from columns to columns: compiled once for each text, kept in the user's cache folder.

Tables are arguments: when a parameter changes, numbers change and not the text. Threads share the rows; the compiled
function holds no lock of the interpreter.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from yibao.law.lowering.kernel_text import kernel_text
from yibao.law.lowering.packing import arrays
from yibao.law.lowering.program import Program
from yibao.law.lowering.reciprocals import with_reciprocals
from yibao.law.parameters.loading import cache_folder
from yibao.law.registry import RuleError

Columns = Mapping[str, npt.NDArray[Any]]
Figures = dict[str, npt.NDArray[Any]]
ALONE = 1 << 16
"""Rows below which a second thread is not worth its start."""
KEPT_S = 90 * 24 * 3600
"""How long a compiled text is kept after its last use."""
_LOCK = threading.Lock()


class Kernel:
    """A compiled program; called with columns it gives figures and reasons."""

    def __init__(self, program: Program, threads: int, carried: Mapping[str, str] | None = None) -> None:
        self.program, self.threads, self.carried = with_reciprocals(program), threads, dict(carried or {})
        self.tables = list(arrays(self.program).values())
        self.text = kernel_text(self.program, self.carried)
        self.block: Callable[..., None] = module_of(self.text).block

    def __call__(
        self, columns: Columns, out: Figures | None = None, starts: npt.NDArray[np.int64] | None = None
    ) -> Figures:
        """The figures of some rows.

        columns: arrays of whole numbers or truth values, one for each of `program.columns()`, of equal length, and
        `NAME__missing` (bool) for each of `program.missing`; out: arrays to be filled, as an earlier call gave them.
        Gives int64 by figure, and int16 `reason` and `reason_FIGURE`; where a reason is not 0 the figure is 0.
        """
        wanted = [name for name in self.program.columns() if name not in self.carried]
        given = [_plain(columns, name) for name in wanted]
        masks = [_plain(columns, f"{name}__missing") for name in self.program.missing if name not in self.carried]
        rows = len(given[0]) if given else len(next(iter(columns.values()), ()))
        for name, column in zip(wanted, given, strict=True):
            if len(column) != rows:
                raise RuleError(f"{name}：有 {len(column)} 行，别的列有 {rows} 行")
        out = out if out is not None else self.empty(rows)
        filled = [out[name] for name in (*self.program.figures, *self.program.reason_columns())]
        every = [*given, *masks, *self.tables, *filled]
        if starts is not None:
            every.insert(0, np.ascontiguousarray(starts, np.int64))
        self._run(len(starts) - 1 if starts is not None else rows, rows, every)
        return out

    def empty(self, rows: int) -> Figures:
        """Arrays that a call can fill."""
        found: Figures = {name: np.empty(rows, np.int64) for name in self.program.figures}
        return found | {name: np.empty(rows, np.int16) for name in self.program.reason_columns()}

    def _run(self, count: int, rows: int, every: list[npt.NDArray[Any]]) -> None:
        threads = self.threads if rows > ALONE else 1
        if threads == 1:
            self.block(0, count, *every)
            return
        parts = min(threads * 16, max(threads * 4, rows >> 17))  # small, so that no thread waits long for a slow one
        step = -(-count // parts) + 1
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(self.block, at, min(at + step, count), *every) for at in range(0, count, step)]:
                done.result()


def kernel(program: Program, parallel: bool = False) -> Kernel:
    """The compiled program; with `parallel` on every processor.

    >>> from yibao.law.lowering.lower import lower
    >>> from yibao.law.parameters import Keyed
    >>> from yibao.law.rules.withdrawal import WithdrawalLaw, withdrawal
    >>> run = kernel(lower([withdrawal], [{WithdrawalLaw: WithdrawalLaw(pays_out=Keyed.same(1))}]))
    >>> found = run({"scheme": np.array([0, 1, 7], np.int8)})
    >>> found["allowed"].tolist(), found["reason"].tolist()
    ([1, 0, 0], [0, 16, 2])
    """
    return Kernel(program, (os.cpu_count() or 1) if parallel else 1)


def _plain(columns: Columns, name: str) -> npt.NDArray[Any]:
    """A column as numba takes it: whole numbers, one after the other, of one type whether it may be written or not."""
    if name not in columns:
        raise RuleError(f"缺少这一列：{name}")
    column = np.asarray(columns[name])
    if np.ma.isMaskedArray(columns[name]) or column.ndim != 1 or column.dtype.kind not in "iub":
        raise RuleError(f"{name}：要一列整数，没有空值；缺的另用 {name}__missing 标出来")
    if column.dtype == bool:
        column = column.view(np.int8)
    if column.dtype == np.uint64:
        column = np.minimum(column, np.iinfo(np.int64).max).astype(np.int64)
    column = np.ascontiguousarray(column, column.dtype.newbyteorder("="))
    return column if column.flags.writeable else _View.of(column)


class _View:
    """A read-only column seen as one that could be written, which it never is: one text, one compilation."""

    def __init__(self, column: npt.NDArray[Any]) -> None:
        self.column = column
        self.__array_interface__ = {**column.__array_interface__, "data": (column.ctypes.data, False)}

    @classmethod
    def of(cls, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The view of a column."""
        return np.asarray(cls(column))


def folder() -> Path:
    """Where the texts are kept; numba keeps what it compiled beside them."""
    return cache_folder() / "kernels"


def module_of(text: str) -> Any:
    """The module of a text. Its file is written whole or not at all, and several processes may write the same."""
    stamp = hashlib.sha256("\0".join([text, numba.__version__, np.__version__, sys.version]).encode()).hexdigest()[:24]
    name = f"yibao_kernel_{stamp}"
    with _LOCK:
        if name not in sys.modules:
            path = _written(folder(), name, text)
            spec = importlib.util.spec_from_file_location(name, path)
            assert spec is not None  # noqa: S101
            assert spec.loader is not None  # noqa: S101
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module  # without it numba could not read its own cache again
            spec.loader.exec_module(module)
        return sys.modules[name]


def _written(place: Path, name: str, text: str) -> Path:
    path = place / f"{name}.py"
    if path.exists():
        for compiled in _compiled(path):
            with suppress(OSError):
                compiled.touch()  # in use: see `_clear`; a text that is touched would be compiled again
        return path
    try:
        place.mkdir(parents=True, exist_ok=True)
        _clear(place)
        beside = place / f".{name}.{os.getpid()}.{threading.get_ident()}"
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:  # a read-only home is no reason to give no figure
        path = Path(tempfile.mkdtemp(prefix="yibao-kernel-")) / f"{name}.py"
        path.write_text(text, encoding="utf-8")
    return path


def _compiled(path: Path) -> list[Path]:
    """What numba keeps of a text."""
    return list((path.parent / "__pycache__").glob(f"{path.stem}.*"))


def _clear(place: Path) -> None:
    """Takes away the texts that nobody has used for months, of laws and versions long gone, with what was compiled."""
    for path in place.glob("yibao_kernel_*.py"):
        with suppress(OSError):  # another process may be at it too
            files = [path, *_compiled(path)]
            if time.time() - max(file.stat().st_mtime for file in files) > KEPT_S:
                for file in reversed(files):
                    file.unlink(missing_ok=True)
