"""The server of the review page: who is let in, what is refused, and that nothing breaks it."""

from __future__ import annotations

import http.client
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from _comparisons import comparison
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="the extra review is not installed")
pytest.importorskip("uvicorn", reason="the extra review is not installed")

from aligner import Project, Review, formats
from aligner._review import OPERATIONS, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Client:
    """A browser without a page: it keeps the cookie, and sends what it is told."""

    review: Review
    cookie: str = ""

    @property
    def port(self) -> int:
        return int(self.review.url.split(":")[2].split("/")[0])

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self, method: str, path: str, body: bytes | None = None, /, **changed: str | None
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        headers = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie, "Origin": self.origin}
        headers |= {k.replace("_", "-"): v for k, v in changed.items() if v is not None}
        for key, value in changed.items():
            if value is None:
                headers.pop(key)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True)
        for key, value in headers.items():
            connection.putheader(key, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content, answer.msg

    def get(self, path: str) -> Any:
        status, content, _ = self.send("GET", path)
        assert status == 200, content
        return json.loads(content)

    def operate(self, after: int = 0, **operation: object) -> tuple[int, Any]:
        body = json.dumps({"operation": operation, "after": after}).encode()
        status, content, _ = self.send("POST", "/operations", body)
        return status, json.loads(content)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    path = tmp_path_factory.mktemp("review") / "bridge.aligner"
    review = start(Project.create(path, comparison()))
    made = Client(review)
    _, _, headers = made.send("GET", review.url.removeprefix(made.origin), Origin=None)
    cookies = headers.get_all("set-cookie") or []
    (own,) = (c for c in cookies if c.startswith("aligner-"))
    assert own.endswith("HttpOnly; SameSite=Strict")
    made.cookie = own.partition(";")[0]
    yield made
    review.stop()


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": ""},
        {"Cookie": "aligner=guess"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/index"),
        ("GET", "/static/review.css"),
        ("GET", "/no/such/page"),
        ("GET", "/?token=guess"),
        ("POST", "/operations"),
        ("PUT", "/versions?version=de"),
        ("DELETE", "/"),
    ],
)
def test_strangers_get_the_same_empty_answer(
    client: Client, method: str, path: str, headers: dict[str, str | None]
) -> None:
    status, content, answer = client.send(method, path, None, **headers)
    assert (status, content) == (403, b"")
    assert "set-cookie" not in answer
    assert "server" not in answer


def test_a_write_without_an_origin_is_refused(client: Client) -> None:
    assert client.send("POST", "/operations", b"{}", Origin=None)[0] == 403


def test_the_token_opens_the_page_only_with_the_right_host(client: Client) -> None:
    path = client.review.url.removeprefix(client.origin)
    assert client.send("GET", path, Cookie="", Origin=None)[0] == 200
    assert client.send("GET", path, Cookie="", Origin=None, Host="evil.example:80")[0] == 403
    assert client.send("GET", path, Cookie="", Origin="http://evil.example")[0] == 403


def test_every_answer_forbids_what_the_page_does_not_need(client: Client) -> None:
    for path in ("/", "/index", "/static/main.js", "/export?format=html"):
        status, _, headers = client.send("GET", path)
        assert status == 200
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_text_is_never_markup(client: Client) -> None:
    attack = '</p><script>alert(1)</script><img src=x onerror="alert(1)">'
    index = client.get("/index")
    segment = client.review.project.state.rows[index["order"][0]].sides[0][0]
    status, packet = client.operate(index["number"], name="edit", segment=segment, text=attack)
    assert status == 200
    status, _ = client.operate(0, name="comment", row=index["order"][0], text=attack)
    shown = packet["html"][str(index["order"][0])] + client.send("GET", "/")[1].decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    client.operate(0, name="undo")
    client.operate(0, name="undo")


def test_an_operation_is_on_disk_when_the_page_hears_of_it(client: Client) -> None:
    index = client.get("/index")
    status, packet = client.operate(index["number"], name="confirm", rows=index["order"][:1])
    assert (status, packet["number"]) == (200, index["number"] + 1)
    assert packet["counts"]["done"] == index["counts"]["done"] + 1
    with Project.open(client.review.project.path) as other:
        assert other.number == packet["number"]
    missed = client.get(f"/changes?after={index['number']}")
    assert missed["facts"] == packet["facts"]
    assert client.operate(packet["number"], name="undo")[0] == 200


def test_another_page_hears_of_it_at_once(client: Client) -> None:
    index = client.get("/index")
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=20)
    headers = {"Cookie": client.cookie}
    connection.request("GET", f"/changes?after={index['number']}&wait=1", headers=headers)
    client.operate(index["number"], name="comment", row=index["order"][1], text="Look here.")
    news = json.loads(connection.getresponse().read())
    connection.close()
    assert "Look here." in news["html"][str(index["order"][1])]
    client.operate(0, name="undo")


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("below=60", [2, 3, 4]),
        ("status=open&severity=major", [1, 2, 4]),
        ("odd=de&type=date", [1]),
        ("show=gap", [4]),
        ("show=confirmed", []),
        ("search=BR%C3%9CCKE", [0, 1]),
        ("search=ribbon&below=10", []),
    ],
)
def test_filters_choose_beads(client: Client, query: str, places: list[int]) -> None:
    order = client.get("/index")["order"]
    assert client.get(f"/filter?{query}")["rows"] == [order[k] for k in places]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/filter?show=secret", "no beads are 'secret'"),
        ("/filter?below=-1", "no per cent: '-1'"),
        ("/rows?numbers=1,x", "no number: 'x'"),
        ("/changes?after=1e3", "no number: '1e3'"),
        ("/export?format=exe", "no format 'exe'"),
        ("/export?format=../../etc", "no format"),
    ],
)
def test_what_makes_no_sense_is_an_error_in_one_line(
    client: Client, path: str, message: str
) -> None:
    status, content, _ = client.send("GET", path)
    assert status == 400
    assert message in json.loads(content)["error"]


@pytest.mark.parametrize(
    "path", ["/static/../_server.py", "/static/%2e%2e%2fsecret.js", "/static/x.js"]
)
def test_no_other_file_is_served(client: Client, path: str) -> None:
    assert client.send("GET", path)[0] == 404


def test_exports_are_what_the_project_holds(client: Client, tmp_path: Path) -> None:
    status, content, headers = client.send("GET", "/export?format=tmx")
    assert status == 200
    assert headers["content-disposition"] == 'attachment; filename="review.tmx"'
    (tmp_path / "out.tmx").write_bytes(content)
    held = formats.read_alignment(tmp_path / "out.tmx")
    assert [b.sides for b in held.beads] == [b.sides for b in comparison().alignment.beads]
    gold = client.send("GET", "/export?format=gold")[1]
    assert "gold.tsv" in zipfile.ZipFile(io.BytesIO(gold)).namelist()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return file.getvalue()


def test_a_zip_bomb_is_refused_as_a_new_version(client: Client) -> None:
    status, content, _ = client.send("PUT", "/versions?version=de&file=de.docx", bomb())
    assert status == 400
    assert "which is refused" in json.loads(content)["error"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("version=fr&file=x.txt", "no version 'fr'; there are en, de, sv"),
        ("version=de&file=x.tmx", "tmx files are not read as one text"),
        ("version=de&file=x.docx", "x.docx: is not a"),
    ],
)
def test_a_bad_upload_is_refused_by_name(client: Client, query: str, message: str) -> None:
    status, content, _ = client.send("PUT", f"/versions?{query}", b"PK nothing")
    assert status == 400
    assert message in json.loads(content)["error"]


def test_an_upload_writes_to_no_path_but_the_project(client: Client, tmp_path: Path) -> None:
    text = "\n\n".join(s.text for s in comparison().alignment.documents[1].segments).encode()
    before = sorted(client.review.project.path.parent.iterdir())
    status, content, _ = client.send("PUT", "/versions?version=de&file=..%2F..%2Fde.txt", text)
    assert (status, json.loads(content)) == (200, {"changed": False, "notes": []})
    assert sorted(client.review.project.path.parent.iterdir()) == before


def test_bodies_have_a_limit(client: Client) -> None:
    status, _, _ = client.send("POST", "/operations", b" " * 1_100_000)
    assert status == 413


NUMBERS = st.one_of(st.integers(-2, 40), st.integers())
VALUES = st.recursive(
    st.one_of(NUMBERS, st.text(max_size=20), st.booleans(), st.none(), st.floats()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
FIELDS = ["row", "rows", "segment", "at", "down", "version", "moved", "text", "findings", "status"]
OPERATION = st.dictionaries(
    st.sampled_from(FIELDS), VALUES | st.lists(NUMBERS), max_size=4
).flatmap(
    lambda fields: st.sampled_from([*OPERATIONS, "x"]).map(lambda name: fields | {"name": name})
)
PATHS = ["/", "/index", "/filter", "/rows", "/changes", "/export", "/static/a.js", "/x"]
QUERIES = [
    "show",
    "below",
    "status",
    "severity",
    "search",
    "numbers",
    "after",
    "format",
    "language",
]
PRINTABLE = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"))


@settings(max_examples=60)
@given(value=OPERATION | VALUES, after=VALUES)
def test_no_operation_breaks_the_server(client: Client, value: object, after: object) -> None:
    body = json.dumps({"operation": value, "after": after}).encode()
    status, content, _ = client.send("POST", "/operations", body)
    assert status in (200, 400)
    assert json.loads(content)


@settings(max_examples=60)
@given(
    path=st.sampled_from(PATHS),
    query=st.lists(st.tuples(st.sampled_from(QUERIES), PRINTABLE), max_size=3),
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]),
    body=st.binary(max_size=60),
)
def test_no_request_breaks_the_server(
    client: Client, path: str, query: list[tuple[str, str]], method: str, body: bytes
) -> None:
    asked = "&".join(f"{key}={value}" for key, value in query)
    status, _, _ = client.send(method, f"{path}?{asked}", body)
    assert status in (200, 400, 404, 405)


@settings(max_examples=15)
@given(st.binary(max_size=200), st.sampled_from(["txt", "docx", "html", "srt", "epub", "pdf", ""]))
def test_no_upload_breaks_the_server(client: Client, data: bytes, ending: str) -> None:
    status, content, _ = client.send("PUT", f"/versions?version=sv&file=x.{ending}", data)
    assert status in (200, 400)
    assert json.loads(content)
