"""The door of the page: who may come in, and what a page may load.

The page holds unpublished text and writes to disk, and any web site open in the same browser can
send requests to this machine. So a request must name this server as its host (no DNS rebinding),
come from the page itself, and carry the cookie that the link with the token has set. Everything
else gets the same empty 403, whatever it asked for.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
LONGEST_BODY = 64 * 1024 * 1024  # bytes


class TooLarge(Exception):
    """Raise for a request whose body is longer than it may be."""


class Key:
    """The token of the link and the secret of the cookie, random for each run of the server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.token = secrets.token_urlsafe(32)
        self._secret = secrets.token_urlsafe(32)
        self._name = f"aligner-{port}"

    @property
    def hosts(self) -> set[str]:
        """What a request may call this server."""
        return {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost")}

    @property
    def link(self) -> str:
        """The address that lets somebody in."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The header that sets the cookie; no script and no other site can use it."""
        return f"{self._name}={self._secret}; Path=/; HttpOnly; SameSite=Strict"

    def opens(self, token: str) -> bool:
        """Whether *token* is that of the link."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def admits(self, header: str) -> bool:
        """Whether a ``Cookie`` header holds the secret."""
        try:
            morsel = SimpleCookie(header).get(self._name)
        except CookieError:
            return False
        return morsel is not None and secrets.compare_digest(
            morsel.value.encode(), self._secret.encode()
        )


class Door:
    """Let in only what comes from the page, and keep request bodies short."""

    def __init__(self, app: ASGIApp, key: Key) -> None:
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to strangers; pass everybody else on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                message["headers"] += [
                    (name.encode(), value.encode())
                    for name, value in _HEADERS.items()
                    if name.encode() not in known
                ]
            await send(message)

        if not self._may(scope):
            await _refuse(guarded)
            return
        await self._app(scope, _short(receive), guarded)

    def _may(self, scope: Scope) -> bool:
        """Whether a request may be answered: it comes from the page, or opens it with the key."""
        headers = _headers(scope)
        if headers.get("host") not in self._key.hosts:
            return False
        origin = headers.get("origin")
        own = {f"http://{host}" for host in self._key.hosts}
        if origin is not None and origin not in own:
            return False
        if scope["method"] not in ("GET", "HEAD") and origin is None:
            return False
        is_link = scope["path"] == "/" and scope["method"] == "GET"
        if is_link and self._key.opens(_token(scope)):
            return True
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        return self._key.admits(headers.get("cookie", ""))


def _headers(scope: Scope) -> Mapping[str, str]:
    """Return the headers; one that is given twice, where one is expected, counts as none."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = "" if key in found and key != "cookie" else value.decode("latin-1")
    return found


def _token(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("token", [""])[0]


def _short(receive: Receive) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LONGEST_BODY:
            raise TooLarge
        return message

    return counted


async def _refuse(send: Send) -> None:
    headers = [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
