"""Shared by all tests: no network, the gold folder, a stand-in for what is not there yet."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that is not to this machine."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family == getattr(socket, "AF_UNIX", None):
            connect(self, address)  # type: ignore[arg-type]  # whatever the caller gave
            return
        host = str(address[0]) if isinstance(address, tuple) else str(address)
        if host in {"127.0.0.1", "::1", "localhost"}:
            connect(self, address)  # type: ignore[arg-type]  # whatever the caller gave
            return
        _refuse(host)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


def _refuse(host: str) -> NoReturn:
    raise AssertionError(f"a test tried to reach {host}")


@pytest.fixture(scope="session")
def gold() -> Path:
    """Return the folder of development gold: ``$ALIGNER_GOLD``, else beside the checkout."""
    path = Path(os.environ.get("ALIGNER_GOLD", ROOT.parent / "shared" / "gold"))
    if not path.is_dir():
        pytest.skip(f"no gold in {path}; set ALIGNER_GOLD")
    return path


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of the project's own sample texts."""
    return SAMPLES
