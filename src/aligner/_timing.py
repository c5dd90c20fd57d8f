"""How long each stage takes, for whoever listens to the logger ``aligner``."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_logger = logging.getLogger("aligner")


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Log at level INFO how long what is inside took; a stage that fails says nothing."""
    begin = time.perf_counter()
    yield
    _logger.info("%s: %.2f s", name, time.perf_counter() - begin)
