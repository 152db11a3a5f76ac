"""Explaining a figure: the rule's own lines, each followed by one line that writes down what it did."""

from yibao.law.explanation.explain import Explained, Step, explain
from yibao.law.explanation.plain import plain
from yibao.law.explanation.reader import Reading, read

__all__ = ["Explained", "Reading", "Step", "explain", "plain", "read"]
