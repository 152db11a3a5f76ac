"""Are the examples in the docstrings of asking true?"""

import doctest
import importlib
import pkgutil

import pytest

import yibao.services.ask

MODULES = [one.name for one in pkgutil.walk_packages(yibao.services.ask.__path__, "yibao.services.ask.")]


@pytest.mark.parametrize("module", [*MODULES, "yibao.law.areas.mentions"])
def test_examples_in_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module), verbose=False).failed == 0
