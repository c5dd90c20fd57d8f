"""Running the server: for the command line until it is stopped, for a notebook in a thread."""

from __future__ import annotations

import gc
import socket
import sys
import threading
import webbrowser
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from aligner._errors import AlignerError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable

    import uvicorn

    from aligner._review._project import Project

HOST = "127.0.0.1"
_PAINTED = 2.0  # seconds until a browser has drawn the page


@dataclass(frozen=True, slots=True)
class Review:
    """A review page that is being served; in a notebook it shows itself as a link.

    Attributes:
        project: what is reviewed; its ``comparison`` is what the page holds at the moment.
        url: the link with the token; whoever has it may read and change the project.
    """

    project: Project
    url: str
    _stop: Callable[[], None]

    def __repr__(self) -> str:
        return f"<Review of {self.project.path.name}: {self.url}>"

    def _repr_html_(self) -> str:
        name, url = escape(self.project.path.name), escape(self.url)
        return f'<p><a href="{url}" target="_blank" rel="noreferrer">Review {name}</a></p>'

    def stop(self) -> None:
        """Stop the server and close the project; everything is saved already."""
        self._stop()


def serve(
    project: Project,
    *,
    port: int = 0,
    editing: bool = True,
    show: Callable[[str], None] | None = None,
) -> None:
    """Serve the page of *project* on this machine until interrupted.

    Args:
        port: any free one if 0.
        editing: whether texts may be changed on the page.
        show: called with the link once the page can be opened; a browser is opened if not given.

    Raises:
        MissingExtraError: if the web server is not installed.
        AlignerError: if the port is taken.
        OutputError: if nothing can be saved in the project.
    """
    server, listener, url = _server(project, port, editing)
    gc.freeze()  # the project's many small values are no garbage; looking at them takes long
    sys.setswitchinterval(0.001)  # a page does not wait for what is aligned again behind it
    _warm_up_soon(project)
    (show or webbrowser.open)(url)
    server.run(sockets=[listener])


def start(project: Project, *, port: int = 0, editing: bool = True) -> Review:
    """Serve the page of *project* in a thread and return at once."""
    server, listener, url = _server(project, port, editing)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    _warm_up_soon(project)

    def stop() -> None:
        server.should_exit = True
        thread.join()
        project.close()

    return Review(project, url, stop)


def _warm_up_soon(project: Project) -> None:
    """Load what corrections need, once the page has been drawn."""
    timer = threading.Timer(_PAINTED, project.warm_up)
    timer.daemon = True
    timer.start()


def _server(
    project: Project, port: int, editing: bool
) -> tuple[uvicorn.Server, socket.socket, str]:
    try:
        import uvicorn

        from aligner._review._safety import Key
        from aligner._review._server import Server
    except ModuleNotFoundError as error:
        raise MissingExtraError("the review page", error.name or "starlette", "review") from None
    project.check_writable()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise AlignerError(f"port {port} cannot be used ({error}); leave --port out") from None
    key = Key(listener.getsockname()[1])
    server = Server(project, key, editing=editing)
    server.rehearse()
    config = uvicorn.Config(
        server.app(),
        log_level="critical",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config), listener, key.link


Review.__module__ = "aligner"
