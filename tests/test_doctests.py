"""The examples in docstrings run and print what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import aligner

MODULES = [
    module.name
    for module in pkgutil.walk_packages(aligner.__path__, "aligner.")
    if not module.name.endswith("__main__")
]


@pytest.mark.model
@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.testmod(importlib.import_module(name), optionflags=options)
    assert result.failed == 0
