"""Shared by all tests: no network, a real browser, the gold folder, the samples."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"

# A busy machine is no fault: nothing here is judged by the clock.
settings.register_profile("clockless", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("clockless")


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a real browser: ``$ALIGNER_CHROMIUM``, else the Chromium that is installed."""
    chromium = os.environ.get("ALIGNER_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium: install Debian's chromium, or set ALIGNER_CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
        launched = started.chromium.launch(executable_path=chromium, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open addresses in pages of their own; any message on the console fails the test."""
    messages: list[str] = []
    pages: list[Page] = []

    def opened(url: str, width: int = 1280, **options: object) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]  # passed through
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(url)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert messages == []


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
