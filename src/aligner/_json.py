"""JSON values, and text that any file can hold."""

from __future__ import annotations

import json
import re
from typing import Any

_ESCAPED = re.compile(r"\\u[dD]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def json_value(text: str | bytes) -> Any:
    """Return the JSON value in *text*; raise ``ValueError`` if it is none, or nested too deep."""
    try:
        value = json.loads(text)
        return _mended_inside(value) if _ESCAPED.search(str(text)) else value
    except RecursionError:
        raise ValueError("nested too deep") from None


def mended(text: str) -> str:
    """Return *text* with U+FFFD for each half of a surrogate pair, which no file can hold."""
    return _SURROGATE.sub("\ufffd", text)


def _mended_inside(value: Any) -> Any:
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, list):
        return [_mended_inside(one) for one in value]
    if isinstance(value, dict):
        return {mended(key): _mended_inside(one) for key, one in value.items()}
    return value
