"""The review page in a real browser: by keyboard, by mouse, on two pages, in three languages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import comparison, document

import aligner
from aligner import Alignment, Bead, Comparison, Project, Signature, formats
from aligner._review import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from aligner import Review

pytest.importorskip("uvicorn", reason="the extra review is not installed")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Comparison], Review]]:
    """Serve the page of a comparison; all of them stop at the end."""
    served: list[Review] = []

    def make(made: Comparison) -> Review:
        path = tmp_path / f"review-{len(served)}.aligner"
        served.append(start(Project.create(path, made)))
        return served[-1]

    yield make
    for one in served:
        one.stop()


@pytest.fixture
def opened(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open the page of a review, and wait until it is drawn."""

    def open_review(review: Review, *args: object, **options: object) -> Page:
        page = open_page(review.url, *args, **options)
        page.wait_for_selector("body[data-ready]")
        return page

    return open_review


def press(page: Page, *keys: str) -> None:
    """Press keys one after another, each when the page has done with the one before."""
    for key in keys:
        before = page.evaluate("document.body.dataset.drawn")
        page.keyboard.press(key)
        page.locator(f"body:not([data-drawn='{before}'])").wait_for()


def sides(project: Project) -> list[tuple[tuple[int, ...], ...]]:
    return [bead.sides for bead in project.comparison.alignment.beads]


def shown(page: Page) -> list[list[list[int]]]:
    """Return the numbers of the segments of each row in sight, by version."""
    found: list[list[list[int]]] = page.evaluate(
        """[...document.querySelectorAll("#rows .r")].map(row =>
             [...row.querySelectorAll("[data-v]")].map(cell =>
               [...cell.querySelectorAll("[data-s]")].map(p => +p.dataset.s)))"""
    )
    return found


def rows(page: Page, count: int) -> None:
    """Wait until so many rows are in the page."""
    page.locator(f"#rows .r:nth-child({count}):last-child").wait_for()


def here(page: Page) -> str:
    return page.inner_text(".r.here .n")


@pytest.mark.model
def test_a_statement_is_settled_by_keyboard_alone(
    serve: Callable[[Comparison], Review],
    opened: Callable[..., Page],
    samples: Path,
    tmp_path: Path,
) -> None:
    files = {name: samples / "statement" / f"{name}.txt" for name in ("en", "de", "sv")}
    review = serve(aligner.compare(files))
    page, project = opened(review), review.project
    findings = len(project.state.findings)
    press(page, "m")
    assert page.inner_text("#progress").startswith("1 of 59 confirmed")
    press(page, "z", "ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowDown", "z")
    assert sides(project) == [b.sides for b in aligner.align(files).beads]
    press(page, "f", "a")
    for _ in range(3):
        press(page, "f")
        page.keyboard.press("d")
        page.keyboard.type("Intended")
        press(page, "Enter")
    settled = [f.status for f in project.state.findings.values()]
    assert (settled.count("accepted"), settled.count("dismissed")) == (1, 3)
    assert f"{findings - 4} findings open" in page.inner_text("#progress")
    page.keyboard.press("Home")
    for _ in range(len(project.state.order)):
        press(page, "c")
    assert page.inner_text("#progress").startswith("60 of 60 confirmed")
    page.keyboard.press("E")
    page.locator("#export a", has_text="tmx").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "out.tmx")
    held = formats.read_alignment(tmp_path / "out.tmx")
    assert [bead.sides for bead in held.beads] == sides(project)
    assert all(bead.probability == 1 for bead in held.beads)


def test_every_correction_has_a_key(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page]
) -> None:
    review = serve(comparison())
    page, project = opened(review), review.project

    def types() -> list[str]:
        return [bead.type for bead in project.comparison.alignment.beads]

    press(page, "u")
    assert types()[:2] == ["0-1-1", "1-0-0"]
    press(page, "l", "ArrowUp", "l")
    assert types()[:2] == ["1-1-1", "1-1-1"]
    press(page, "v")
    assert project.comparison.alignment.beads[0].moved
    page.keyboard.press("e")
    page.keyboard.type(" over the river")
    press(page, "Enter")
    page.get_by_text("A new bridge over the river").wait_for()
    page.keyboard.press("x")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    press(page, "Enter")
    # A finding about the new words may be there by now, with its number in the text.
    at = page.locator("p.s.at").evaluate(
        "p => [...p.querySelectorAll('sup')].forEach(s => s.remove()) || p.textContent"
    )
    assert at == "bridge over the river"
    assert types()[0] == "2-1-1"
    press(page, "s")
    assert types()[:2] == ["1-0-0", "1-1-1"]
    page.keyboard.press("t")
    page.keyboard.type("Ask the <b>author</b>.")
    press(page, "Enter")
    page.locator(".r.here .note", has_text="Ask the <b>author</b>.").wait_for()
    while project.can_undo:
        press(page, "z")
    assert sides(project) == [b.sides for b in comparison().alignment.beads]
    assert shown(page)[0] == [list(s) for s in project.state.rows[project.state.order[0]].sides]


def test_the_same_by_mouse(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page], tmp_path: Path
) -> None:
    review = serve(comparison())
    page, project = opened(review), review.project
    page.locator("p.s", has_text="Sie zahlen nichts.").click()
    page.locator('.actions [data-do="split"]').click()
    page.locator("#rows .r").nth(5).wait_for()
    page.locator('.tools [data-do="undo"]').click()
    rows(page, 5)
    page.locator("article", has_text="Date").click()
    page.locator("article.now [data-do=accept]").click()
    page.locator("article.accepted").wait_for()
    page.locator("article", has_text="Missing").click()
    page.locator("article.now [data-do=dismiss]").click()
    page.fill("#ask input", "Meant so")
    page.locator("#ask .main").click()
    page.locator("article.dismissed", has_text="Meant so").wait_for()
    page.locator('.tools [data-do="confirm_shown"]').click()
    page.locator("#ask .main").click()
    page.locator("#progress", has_text="5 of 5 confirmed").wait_for()
    page.locator('.tools [data-do="export"]').click()
    with page.expect_download() as download:
        page.locator("#export a", has_text="xliff").click()
    download.value.save_as(tmp_path / "out.xliff")
    assert [b.sides for b in formats.read_alignment(tmp_path / "out.xliff").beads] == sides(project)
    assert [d.code for d in project.comparison.divergences] == ["D211", "D102", "D701"]


def test_editing_can_be_off(browser: Browser, tmp_path: Path) -> None:
    review = start(Project.create(tmp_path / "fixed.aligner", comparison()), editing=False)
    page = browser.new_page()
    page.goto(review.url)
    page.wait_for_selector("body[data-ready]")
    assert page.locator('[data-do="edit"]').count() == 0
    sent = """fetch("/operations", { method: "POST", body: JSON.stringify({
        after: 0, operation: { name: "edit", segment: 0, text: "x" } }) }).then(r => r.json())"""
    assert "editing is off" in page.evaluate(sent)["error"]
    page.close()
    review.stop()


def test_two_pages_see_each_others_work(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page]
) -> None:
    review = serve(comparison())
    one, other = opened(review), opened(review)
    press(one, "m")
    other.locator("#progress", has_text="1 of 4 confirmed").wait_for()
    assert shown(other) == shown(one)
    press(other, "z")
    one.locator("#progress", has_text="0 of 5 confirmed").wait_for()
    assert shown(one) == shown(other)


def test_a_new_version_comes_in_by_the_page(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page], tmp_path: Path
) -> None:
    review = serve(comparison())
    page = opened(review)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Confirm all shown", exact=True).press("Enter")
    page.locator("#progress", has_text="5 of 5 confirmed").wait_for()
    lines = [s.text for s in comparison().alignment.documents[1].segments]
    lines[2] = "Sie kostete 13 Millionen."
    (tmp_path / "neu.txt").write_text("\n\n".join(lines), encoding="utf-8")
    page.keyboard.press("U")
    page.select_option("#update select", "de")
    page.set_input_files("#update input", tmp_path / "neu.txt")
    page.locator("#update .main").click()
    page.locator("#progress", has_text="4 of 5 confirmed").wait_for()
    page.locator("#rows .r", has_text="Sie kostete 13").wait_for()


def test_filters_and_search_show_what_was_asked_for(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page]
) -> None:
    page = opened(serve(comparison()))
    page.keyboard.press("w")
    page.fill("[name=below]", "60")
    page.locator("#shown", has_text="3 of 5 shown").wait_for()
    page.select_option("[name=status]", "open")
    page.select_option("[name=severity]", "major")
    page.locator("#shown", has_text="2 of 5 shown").wait_for()
    page.keyboard.press("Escape")
    rows(page, 5)
    page.keyboard.press("/")
    page.keyboard.type("ribbon")
    page.locator("#shown", has_text="1 of 5 shown").wait_for()
    assert here(page) == "5"
    page.keyboard.type(" of nobody")
    page.locator("#shown", has_text="No bead matches").wait_for()
    press(page, "Escape")
    page.keyboard.press("g")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.locator(".r.here .n", has_text="2").wait_for()


def test_a_page_says_what_to_do_when_its_server_is_gone_or_another(
    browser: Browser, tmp_path: Path
) -> None:
    Project.create(tmp_path / "lost.aligner", comparison()).close()

    def served(port: int = 0) -> Review:
        return start(Project.open(tmp_path / "lost.aligner"), port=port)

    context = browser.new_context()
    page = context.new_page()
    first = served()
    page.goto(first.url)
    page.wait_for_selector("body[data-ready]")
    status = page.locator("#status")
    first.stop()
    press(page, "c")
    status.filter(has_text="The connection to aligner is lost").wait_for()
    second = served(int(first.url.split(":")[2].split("/")[0]))
    status.filter(has_text="aligner was started again: open the link").wait_for()
    context.new_page().goto(second.url)
    page.locator("#status:empty").wait_for(state="attached")
    press(page, "c")
    page.locator("#progress", has_text="1 of 5 confirmed").wait_for()
    context.close()
    second.stop()


def test_a_narrow_screen_is_mostly_text(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page]
) -> None:
    page = opened(serve(comparison()), 360)
    share = page.evaluate("document.querySelector('main').clientHeight / innerHeight")
    assert share > 2 / 3
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog", name="Keys").wait_for()


def test_only_rows_in_sight_are_in_the_page(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page]
) -> None:
    names, count = ("en", "de"), 3000
    made = tuple(document(n, [f"Sentence {k} in {n}." for k in range(count)]) for n in names)
    beads = tuple(Bead(names, ((k,), (k,)), 0.95) for k in range(count))
    review = serve(Comparison(Alignment(made, beads, Signature("0", "none", "lines")), ()))
    page = opened(review)
    press(page, "End")
    page.get_by_text("Sentence 2999 in de.").wait_for()
    assert here(page) == "3000"
    assert page.evaluate("document.querySelectorAll('#rows .r').length") < 120
    page.locator("#map").click(position={"x": 10, "y": 300})
    page.locator(".r.here .n", has_text=re.compile("^1[0-9]{3}$")).wait_for()
    number = int(here(page))
    page.get_by_text(f"Sentence {number - 1} in en.").wait_for()
    press(page, "m")
    assert len(project_rows := review.project.state.order) == count - 1
    assert len(review.project.state.rows[project_rows[number - 1]].sides[0]) == 2


@pytest.mark.parametrize(
    ("language", "scheme"), [("en-GB", "light"), ("de-AT", "dark"), ("sv", "light")]
)
def test_screen_readers_find_no_serious_fault(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page], language: str, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core")
    page = opened(serve(comparison()), color_scheme=scheme, bypass_csp=True, locale=language)
    assert page.evaluate("document.documentElement.lang") == language[:2]
    press(page, "f", "w")
    assert axe.Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#help dt").count() == page.locator("#help dd").count() > 30
    assert axe.Axe().run(page).response["violations"] == []


def test_the_language_can_be_chosen(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page]
) -> None:
    page = opened(serve(comparison()))
    page.select_option("#language", "sv")
    page.locator("#progress", has_text="0 av 5 bekräftade").wait_for()
    assert page.inner_text("#f0, article h3 >> nth=0").endswith("Datum, tyska avviker")


@pytest.mark.parametrize(("width", "versions"), [(1280, 3), (1920, 6)])
def test_nothing_runs_over_the_edge(
    serve: Callable[[Comparison], Review], opened: Callable[..., Page], width: int, versions: int
) -> None:
    made = comparison()
    names = ("en", "de", "sv", "en-2", "de-2", "sv-2")[:versions]
    documents = made.alignment.documents * 2
    named = tuple(replace(d, name=n) for d, n in zip(documents, names, strict=False))
    beads = tuple(
        Bead(names, (bead.sides * 2)[:versions], bead.probability) for bead in made.alignment.beads
    )
    alignment = replace(made.alignment, documents=named, beads=beads)
    page = opened(serve(Comparison(alignment, made.divergences)), width)
    press(page, "f")
    wide = "element => element.scrollWidth - element.clientWidth"
    assert page.locator("#grid").evaluate(wide) <= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("[role=columnheader]").count() == versions + 2
