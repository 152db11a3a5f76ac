"""What a change of the law would cost, for whom it is better or worse: run, told, drawn and printed."""

from yibao.services.simulate.report import html
from yibao.services.simulate.result import Described, Simulated
from yibao.services.simulate.running import Asked, simulate
from yibao.services.simulate.tables import Shown, tables

__all__ = ["Asked", "Described", "Shown", "Simulated", "html", "simulate", "tables"]
