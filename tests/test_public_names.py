"""What the package shows the world."""

from __future__ import annotations

import copy
import importlib
import inspect
import pkgutil
import types

import pytest

import aligner
from aligner import _errors, _types

TOPICS = [name for name in aligner.__all__ if isinstance(getattr(aligner, name), types.ModuleType)]


def test_all_is_sorted_and_equals_the_public_names() -> None:
    public = {
        name
        for name in dir(aligner)
        if not name.startswith("_") and not isinstance(getattr(aligner, name), types.ModuleType)
    }
    assert public | set(TOPICS) == set(aligner.__all__)
    assert aligner.__all__ == sorted(aligner.__all__, key=lambda n: (not n[0].isupper(), n))


def test_every_error_is_exported() -> None:
    errors = {
        value.__name__
        for value in vars(_errors).values()
        if isinstance(value, type) and issubclass(value, _errors.AlignerError)
    }
    assert errors <= set(aligner.__all__)


def test_users_see_the_public_path_of_values_and_errors() -> None:
    for name in aligner.__all__:
        value = getattr(aligner, name)
        if isinstance(value, type):
            assert value.__module__ == "aligner", name


@pytest.mark.parametrize("topic", TOPICS)
def test_users_see_the_public_path_of_the_values_of_a_topic(topic: str) -> None:
    module = getattr(aligner, topic)
    values = {name: getattr(module, name) for name in module.__all__}
    classes = {name: value for name, value in values.items() if inspect.isclass(value)}
    hidden = {name for name, value in classes.items() if "._" in value.__module__}
    assert hidden == set()


def test_every_class_that_says_it_is_public_can_be_pickled() -> None:
    for module in pkgutil.walk_packages(aligner.__path__, "aligner."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(value) and value.__module__ == "aligner":
                assert getattr(aligner, value.__name__) is value


def test_functions_are_not_hidden_by_modules_of_their_name() -> None:
    import aligner.cli.align
    import aligner.cli.evaluate

    assert callable(aligner.align)
    assert callable(aligner.segment)
    assert isinstance(aligner.evaluate, types.ModuleType)


def test_values_are_frozen() -> None:
    for value in vars(_types).values():
        parameters = getattr(value, "__dataclass_params__", None)
        assert parameters is None or parameters.frozen, value


def test_results_can_be_put_into_sets() -> None:
    made = aligner.compare({"en": ["He owes me 12 euros."], "de": ["Er schuldet mir 21 Euro."]})
    alignment = made.alignment
    values = (made, alignment, alignment[0], alignment.documents[0], alignment.signature)
    found = (*made.divergences, made.report(), made.report().summary, *alignment.explain(0))
    for value in (*values, *found):
        assert len({value, copy.deepcopy(value)}) == 1, value
