"""The report in a real browser: filters, keys, widths, schemes, print, and without JavaScript."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from _comparisons import comparison

from aligner.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture
def opened(open_page: Callable[..., Page], tmp_path: Path) -> Callable[..., Page]:
    """Open the report of the small comparison."""
    path = tmp_path / "report.html"
    Report(comparison()).write_html(path)
    return partial(open_page, path.as_uri())


def visible(page: Page, selector: str) -> list[str]:
    return [e.inner_text() for e in page.query_selector_all(selector) if e.is_visible()]


def test_next_and_previous_walk_the_findings(opened: Callable[..., Page]) -> None:
    page = opened()
    assert page.inner_text("#status") == "4 findings"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "f1"
    assert page.inner_text("#status") == "finding 1 of 4"
    assert visible(page, "mark.lit") == ["3 May1", "5. Mai1", "3 maj1"]
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "f2"
    page.click("#previous")
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == "f4"


def test_keys_can_be_switched_off(opened: Callable[..., Page]) -> None:
    page = opened()
    page.keyboard.press("f")
    page.uncheck("#keys")
    page.keyboard.press("n")
    assert page.inner_text("#status") == "4 findings"


@pytest.mark.parametrize(
    ("control", "value", "shown"),
    [
        ("#severity", "3", ["f1"]),
        ("#severity", "2", ["f1", "f2", "f4"]),
        ("#type", "omission", ["f2"]),
        ("#version", "de", ["f1", "f2", "f3", "f4"]),
        ("#version", "sv", []),
    ],
)
def test_filters_leave_what_was_asked_for(
    opened: Callable[..., Page], control: str, value: str, shown: list[str]
) -> None:
    page = opened()
    page.click("#more")
    page.select_option(control, value)
    articles = page.query_selector_all("article")
    assert [a.get_attribute("id") for a in articles if a.is_visible()] == shown
    page.click("button[type=reset]")
    page.locator("#status", has_text="4 findings").wait_for()
    assert len(visible(page, "article")) == 4


def test_a_finding_that_is_filtered_out_is_not_lit_any_more(opened: Callable[..., Page]) -> None:
    page = opened()
    page.keyboard.press("n")
    page.click("#more")
    page.select_option("#type", "omission")
    assert visible(page, "mark.lit") == []


def test_rows_and_certainty_are_filters_too(opened: Callable[..., Page]) -> None:
    page = opened()
    page.click("#more")
    page.select_option("#rows", "found")
    assert len(visible(page, ".g .r")) == 4
    page.fill("#sure", "70")
    assert len(visible(page, ".g .r")) == 2
    assert page.inner_text("#status") == "2 of 4 findings"
    page.fill("#sure", "0")
    page.select_option("#rows", "gap")
    assert len(visible(page, ".g .r")) == 1
    page.select_option("#rows", "doubtful")
    assert len(visible(page, ".g .r")) == 2


def test_a_tick_on_the_map_leads_to_its_finding(opened: Callable[..., Page]) -> None:
    page = opened()
    page.dispatch_event(".tick.critical", "click")
    assert page.url.endswith("#f1")


def test_pointing_at_a_word_shows_its_counterparts(opened: Callable[..., Page]) -> None:
    page = opened()
    page.locator("#b2 [data-w]", has_text="million").first.hover()
    assert visible(page, ".word") == ["million", "Millionen", "miljoner"]
    page.mouse.move(5, 5)
    assert visible(page, ".word") == []


def test_words_are_walked_by_keyboard_and_read_out(opened: Callable[..., Page]) -> None:
    page = opened()
    page.locator("#b2 .h a").focus()
    page.keyboard.press("w")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == first
    assert page.locator("#status").inner_text().startswith(f"{first}: ")


@pytest.mark.parametrize("width", [360, 768, 1024, 1920])
def test_nothing_runs_over_the_edge(opened: Callable[..., Page], width: int) -> None:
    page = opened(width)
    page.keyboard.press("f")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    headings = visible(page, "[role=columnheader]")
    assert bool(headings) == (width > 672)


def test_dark_and_light_follow_the_reader(opened: Callable[..., Page]) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    light = opened(color_scheme="light").evaluate(colour)
    dark = opened(color_scheme="dark").evaluate(colour)
    assert light != dark


def test_it_reads_without_javascript(opened: Callable[..., Page]) -> None:
    page = opened(java_script_enabled=False)
    assert len(visible(page, "article")) == 4
    assert visible(page, ".tools") == []
    assert "Radfahrer <dürfen> sie benutzen." in page.inner_text("#b3")


def test_print_shows_every_passage_and_no_controls(opened: Callable[..., Page]) -> None:
    page = opened()
    page.emulate_media(media="print")
    assert visible(page, ".tools") == []
    assert len(visible(page, ".g .r")) == 5
    assert page.pdf()[:5] == b"%PDF-"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screen_readers_find_no_serious_fault(opened: Callable[..., Page], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core")
    page = opened(color_scheme=scheme, bypass_csp=True)
    page.keyboard.press("f")
    found = axe.Axe().run(page).response["violations"]
    assert [(v["impact"], v["id"], v["nodes"][0]["html"]) for v in found] == []


def test_a_notebook_view_moves_into_a_shadow_root(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(f"<style>p {{ color: red }}</style>{comparison()._repr_html_()}")
    assert page.evaluate("document.querySelector('body > div').shadowRoot !== null")
    assert page.evaluate("document.querySelector('mark') === null")
    page.close()
