"""No page hinders anybody: a checker on every page in both languages, light and dark; zoom, small screens, weight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Demo
from tests.browser.scanning import scanned
from tests.browser.test_looking import DESK, brought_along, pages

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(900)]

#: a desk in the light and a phone in the dark, so that both languages and both grounds are seen
LOOKS = (("light", 1280, "id"), ("dark", 360, "en"))
#: a whole page before anything of it can be used, in bytes as they come
MOST_BYTES = 200_000
_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def window(
    chromium: Any, demo: Demo, *, scheme: str = "light", width: int = 1280, language: str = "id"
) -> Any:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        base_url=demo.address,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "language", "value": language, "url": demo.address}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def be(page: Any, demo: Demo, row: int) -> None:
    page.context.add_cookies([{"name": "persona", "value": demo.people[row].person_id, "url": demo.address}])


def every_page(demo: Demo, cases: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """A name, a path, and who looks: those that are looked at for their words, and the rest."""
    yield from pages(demo, cases)
    digest = demo.house.engine.definitions()[0].digest
    yield "matrix", f"/definitions/{digest}/matrix", DESK
    for name in ("privacy", "privacy/classes", "break-glass", "problems/not_yours", "nowhere"):
        yield name, f"/{name}", DESK


def test_the_checker_finds_nothing(chromium: Any, demo: Demo) -> None:
    """WCAG 2.2 AA and what is advised besides; each page fits 320 pixels, which is a desk at 400 %."""
    faults: list[str] = []
    cases = brought_along(demo)
    for scheme, width, language in LOOKS:
        page = window(chromium, demo, scheme=scheme, width=width, language=language)
        for name, path, row in every_page(demo, cases):
            be(page, demo, row)
            page.goto(path)
            faults += [f"{name} {scheme} {language}: {one}" for one in scanned(page)]
            page.set_viewport_size({"width": 320, "height": 640})
            over = page.evaluate(_OVER)
            faults += [f"{name} {language}: {over} pixels wider than 320"] if over > 0 else []
            page.set_viewport_size({"width": width, "height": 900})
        page.context.close()

    assert [] == faults


def test_the_checker_finds_what_is_planted(chromium: Any, demo: Demo) -> None:
    """A field without a name, and a text nobody can read: else the scan above would show nothing."""
    page = window(chromium, demo)
    be(page, demo, DESK)
    page.goto("/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p id=p>pucat</p>');"
        "document.querySelector('#p').style.color = '#ddd'"
    )
    found = {one.partition(":")[0] for one in scanned(page)}
    page.context.close()

    assert {"label", "color-contrast"} <= found


def test_a_page_is_light_to_load(chromium: Any, demo: Demo) -> None:
    """Under 200 KB with its style and its script, uncompressed and with nothing kept from before."""
    heavy: dict[str, int] = {}
    for name, path, row in every_page(demo, brought_along(demo)):
        page = window(chromium, demo)
        be(page, demo, row)
        sizes: list[int] = []
        page.on("response", lambda answer, sizes=sizes: sizes.append(len(answer.body())))
        page.goto(path, wait_until="load")
        if sum(sizes) > MOST_BYTES:
            heavy[name] = sum(sizes)
        page.context.close()

    assert {} == heavy
