"""Files of safetensors as views into a file that is mapped into memory: the usual reader copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aligner._errors import EncoderError
from aligner._json import json_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_LENGTH = 8  # bytes that tell how long the header is
_TYPES = {
    "F32": np.float32,
    "F16": np.float16,
    "I8": np.int8,
    "U8": np.uint8,
    "I32": np.int32,
    "I64": np.int64,
}


def mapped(path: Path) -> NDArray[np.uint8]:
    """Return the bytes of the file at *path*, read as they are asked for.

    Raises:
        EncoderError: if it cannot be read, or has none.
    """
    try:
        return np.asarray(np.memmap(path, np.uint8, "r"))
    except OSError as error:
        raise EncoderError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise EncoderError(f"{path}: damaged weights: {error}") from error


def tensors(raw: NDArray[np.uint8], path: Path) -> dict[str, NDArray[Any]]:
    """Return views of the tensors in *raw*, the file of safetensors at *path*.

    Raises:
        EncoderError: if that is no such file, or damaged.
    """
    try:
        return dict(_views(raw))
    except (ValueError, LookupError, TypeError) as error:
        raise EncoderError(f"{path}: damaged weights: {error}") from error


def _views(raw: NDArray[np.uint8]) -> Iterator[tuple[str, NDArray[Any]]]:
    begin = _LENGTH + int.from_bytes(raw[:_LENGTH].tobytes(), "little")
    header = json_value(raw[_LENGTH:begin].tobytes())
    if not isinstance(header, dict):
        raise ValueError("its header is no object")
    for name, about in header.items():
        if name != "__metadata__":
            first, last = about["data_offsets"]
            values = raw[begin + first : begin + last].view(_TYPES[about["dtype"]])
            yield name, values.reshape(about["shape"])
