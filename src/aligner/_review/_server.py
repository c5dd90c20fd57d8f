"""The web server of a review: one project, one browser, this machine only."""

from __future__ import annotations

import asyncio
import json
import os
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from aligner._errors import AlignerError
from aligner._review._corrections import Edit
from aligner._review._export import FORMATS, render
from aligner._review._filter import Filter
from aligner._review._operations import operation_of
from aligner._review._requests import body_of, number_of, refused, too_large, uploaded, words_of
from aligner._review._safety import Door, Key, TooLarge
from aligner._review._views import MOST_ROWS, View, templates
from aligner._review._wording import LANGUAGES, preferred, wording
from aligner.report.html import asset

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from aligner._review._history import Step
    from aligner._review._project import Project
    from aligner._review._wording import Wording

    Endpoint = Callable[[Request], Awaitable[Response]]

_FIRST_ROWS = 30  # in the page itself; the others are asked for
_LONGEST_OPERATION = 1024 * 1024  # bytes
_WAIT, _LOOK, _PAUSE = 20.0, 1.0, 0.2  # seconds: for news, for those of others, after a correction
_SCRIPTS = ("main", "api", "commands", "cursor", "dialogs", "list", "map", "model")
_MEDIA = {"css": "text/css", "js": "text/javascript"}
_SUFFIXES = {"markdown": "md", "text": "txt", "training": "jsonl", "gold": "zip"}


class Server:
    """The endpoints over one project.

    Args:
        editing: whether the page may change texts.
    """

    def __init__(self, project: Project, key: Key, *, editing: bool = True) -> None:
        self._project = project
        self._key = key
        self._editing = editing
        self._view = View(project.state)
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def app(self) -> Starlette:
        """Return the application."""
        routes = [
            Route("/", self.page),
            Route("/static/{name}", self.static),
            Route("/index", self.index),
            Route("/filter", self.filter),
            Route("/rows", self.rows),
            Route("/changes", self.changes),
            Route("/operations", self.operate, methods=["POST"]),
            Route("/export", self.export),
            Route("/versions", self.update, methods=["PUT"]),
        ]
        handlers = {
            AlignerError: refused,
            ValueError: refused,
            RecursionError: refused,
            TooLarge: too_large,
        }
        return Starlette(
            routes=routes,
            middleware=[Middleware(Door, key=self._key)],
            exception_handlers=handlers,
        )

    async def page(self, request: Request) -> Response:
        """Answer with the page and its first rows; who came by the link gets the cookie."""
        chosen = request.query_params.get("language") or request.cookies.get("language", "")
        if chosen not in LANGUAGES:
            chosen = preferred(request.headers.get("accept-language", ""))
        content = await run_in_threadpool(self._page, wording(chosen))
        response = HTMLResponse(content)
        response.headers.append("set-cookie", f"language={chosen}; Path=/; SameSite=Strict")
        if "token" in request.query_params:
            response.headers.append("set-cookie", self._key.cookie)
        return response

    def rehearse(self) -> None:
        """Draw the page once, so that the first visitor does not wait for what is read then."""
        self._page(wording("en"))

    def _page(self, words: Wording) -> str:
        view = self._seen()
        state = view.state
        first = view.html(state.order[:_FIRST_ROWS], words)
        template = templates().get_template("page.html.j2")
        return template.render(
            words=words,
            languages=LANGUAGES,
            versions=[
                (v.name, v.language, words.version(v.name, v.language), v.path or "")
                for v in state.versions
            ],
            name=self._project.path.name,
            types=sorted({f.type for f in state.findings.values()}),
            rows=list(first.values()),
            counts=view.counts,
            editing=self._editing,
            formats=[name for name in FORMATS if name not in ("gold", "training")],
        )

    async def static(self, request: Request) -> Response:
        """Answer with a script or style sheet of the page."""
        name, _, ending = request.path_params["name"].rpartition(".")
        if ending == "js" and name in _SCRIPTS:
            content = files("aligner._review").joinpath("static", f"{name}.js").read_text("utf-8")
        elif (name, ending) == ("review", "css"):
            own = files("aligner._review").joinpath("static", "review.css").read_text("utf-8")
            content = asset("passages.css") + own
        else:
            return Response(status_code=404)
        return Response(content, media_type=_MEDIA[ending])

    async def index(self, request: Request) -> Response:
        """Answer with the order of all rows and what the list needs to know of each."""

        def made() -> dict[str, object]:
            number, view = self._project.number, self._seen()
            return {"number": number, **view.index(), **self._possible()}

        return JSONResponse(await run_in_threadpool(made))

    async def filter(self, request: Request) -> Response:
        """Answer with the rows that pass a filter."""
        chosen = Filter.of(request.query_params)

        def made() -> list[int]:
            view = self._seen()
            return chosen.rows(view.state, view.findings)

        return JSONResponse({"rows": await run_in_threadpool(made)})

    async def rows(self, request: Request) -> Response:
        """Answer with some rows as HTML."""
        given = request.query_params.get("numbers", "")
        numbers = [number_of(n) for n in given.split(",")[:MOST_ROWS] if n]
        words = words_of(request)
        return JSONResponse(await run_in_threadpool(lambda: self._seen().html(numbers, words)))

    async def changes(self, request: Request) -> Response:
        """Answer with what was done since an operation, as soon as there is something."""
        after = number_of(request.query_params.get("after", "0"))
        end = asyncio.get_running_loop().time() + _WAIT * ("wait" in request.query_params)
        while True:
            news = self._news
            steps = await run_in_threadpool(self._project.steps, after)
            if steps or asyncio.get_running_loop().time() >= end:
                return JSONResponse(await run_in_threadpool(self._packet, after, words_of(request)))
            if await request.is_disconnected():
                return Response(status_code=204)
            # Other processes may work on the project too; they ring no bell.
            try:
                await asyncio.wait_for(news.wait(), _LOOK)
            except TimeoutError:
                continue

    async def operate(self, request: Request) -> Response:
        """Do an operation; it is on disk when the answer goes out."""
        body = await body_of(request, _LONGEST_OPERATION)
        value = json.loads(body)
        if not isinstance(value, dict):
            raise ValueError("an operation is an object")
        operation = operation_of(value.get("operation"))
        if operation.name == Edit.name and not self._editing:
            raise ValueError("editing is off: texts are not changed on this page")
        after, page = value.get("after"), str(value.get("page", ""))[:40]
        if type(after) is not int:
            raise ValueError("after is the number of the last operation that the page knows")
        await run_in_threadpool(partial(self._project.perform, operation, page=page))
        self._ring()
        if operation.corrects:
            task = asyncio.create_task(self._follow_up())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return JSONResponse(await run_in_threadpool(self._packet, after, words_of(request)))

    async def export(self, request: Request) -> Response:
        """Answer with the review as a file."""
        format = request.query_params.get("format", "")
        if format not in FORMATS:
            raise ValueError(f"no format {format[:20]!r}; there are {', '.join(FORMATS)}")
        state = await run_in_threadpool(lambda: self._project.state)
        content = await run_in_threadpool(render, state, format)
        name = f"review.{_SUFFIXES.get(format, format)}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type="application/octet-stream", headers=headers)

    async def update(self, request: Request) -> Response:
        """Take in a changed text of one version."""
        version = request.query_params.get("version", "")
        name = os.path.basename(request.query_params.get("file", "").replace("\\", "/"))[:200]
        body = await request.body()
        state = await run_in_threadpool(lambda: self._project.state)
        known = {v.name: v.language for v in state.versions}
        if version not in known:
            raise ValueError(f"no version {version[:20]!r}; there are {', '.join(known)}")
        document, notes = await run_in_threadpool(uploaded, body, name, known[version])
        step = await run_in_threadpool(self._project.update, version, document)
        self._ring()
        return JSONResponse({"changed": step is not None, "notes": notes})

    def _packet(self, after: int, words: Wording) -> dict[str, object]:
        """Return what a page has to show anew that knows the operations up to *after*."""
        steps: list[Step] = list(self._project.steps(after))
        packet = self._seen().packet(steps, after, words)
        follows = sum(
            row is not None and not row.confirmed
            for step in steps
            if step.follows
            for row in step.change.rows.values()
        )
        return packet | self._possible() | {"again": follows}

    def _possible(self) -> dict[str, bool]:
        """Return whether there is something to take back, and to do again."""
        return {"undo": self._project.can_undo, "redo": self._project.can_redo}

    def _seen(self) -> View:
        """Return the view of the state as it is now."""
        state = self._project.state
        if self._view.state is not state:
            self._view = View(state)
        return self._view

    async def _follow_up(self) -> None:
        await asyncio.sleep(_PAUSE)  # several corrections in a row are looked at together
        if await run_in_threadpool(self._project.follow_up):
            self._ring()

    def _ring(self) -> None:
        """Wake the pages that wait for news."""
        news, self._news = self._news, asyncio.Event()
        news.set()
