"""Every page that is served, by somebody whom it is for: it fits, it speaks plainly, it hinders nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from tests.browser.answers import demo_answers
from tests.browser.demo_places import demo_places, lively_demo
from tests.browser.places import Place
from tests.browser.real_places import real_house, real_places
from tests.browser.scanning import scanned
from tests.browser.seeing import LANGUAGES, seen

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

#: a small phone, which is also a desk at 400 %, another phone, and a desk
WIDTHS = (320, 360, 1280)
SCHEMES = ("light", "dark")
#: what answers with a file, or sends on to somewhere else
NO_PAGES = {"/checkpoint.pdf", "/definitions/{digest}/picture.svg", "/sign-in/provider", "/sign-in/back"}
#: what something is sent to that answers with a file, or only by sending on to pages that are seen by themselves
SENDS_ON = {
    "/account/sessions/end", "/account/sessions/end-others", "/account/tokens/revoke", "/account/refuse",
    "/accounts/{account_id}/change", "/accounts/{account_id}/requests/{request_id}/{decision}",
    "/accounts/{account_id}/{act}", "/break-glass/{name}/{decision}", "/calendars/apply",
    "/cases/{case_id}/document", "/cases/{case_id}/promises/{number}", "/cases/{case_id}/superior",
    "/cases/{case_id}/superior/answer", "/cases/{case_id}/undo", "/cycles/{cycle}/cancel/{decision}",
    "/definitions/{digest}/{verb}", "/delegations/{name}/end", "/demo/clock", "/demo/persona", "/language",
    "/messages/read", "/outages/{name}/end", "/parked/{case_id}", "/people/import",
    "/privacy/erasures/{name}/{decision}",
    "/privacy/export", "/privacy/holds", "/privacy/holds/{name}/lift", "/privacy/propose", "/sign-out",
    # the page by which a request is refused is told by a letter, and once
    "/refuse/{token}",
}  # fmt: skip
#: a whole page before anything of it can be used, in bytes as they come; the documentation of the API is no task
MOST_BYTES = 200_000
HEAVY = {"docs"}
#: headings and landmarks that are ours: what shows the API's documentation is another's, and brings its own
_HEADS = """() => {
  const ours = (name) => [...document.querySelectorAll(name)].filter(one => !one.closest('#swagger-ui')).length;
  return [ours('h1'), document.title, ours('main')];
}"""


@dataclass
class Hung:
    """All places, and the routes that are served."""

    places: tuple[Place, ...]
    routes: frozenset[str]
    #: where something is sent to
    sent_to: frozenset[str]


@pytest.fixture(scope="module")
def hung(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hung]:
    """A demo and a real agency, served together."""
    folder = tmp_path_factory.mktemp("places")
    with lively_demo(folder / "demo.db") as demo, real_house(folder / "real.db") as (house, address):
        apps = (demo.app, house.app)
        routes = {
            (method, one.path)
            for app in apps
            for one in iter_route_contexts(app.routes)
            if isinstance(one.original_route, APIRoute) and not one.path.startswith("/api/")
            for method in one.methods or ()
        }
        yield Hung(
            places=(*demo_places(demo), *demo_answers(demo), *real_places(house, address)),
            routes=frozenset(path for method, path in routes if method == "GET"),
            sent_to=frozenset(path for method, path in routes if method == "POST"),
        )


class Visit:
    """One window in one language that goes from place to place; `faults` is what was wrong there."""

    def __init__(self, chromium: Any, language: str) -> None:
        self.faults: list[str] = []
        self._language = language
        self._context = chromium.new_context(reduced_motion="reduce")
        self.page = self._context.new_page()
        self.page.set_default_timeout(30_000)

    def to(self, place: Place) -> None:
        """Go there as whoever the page is for."""
        self._context.clear_cookies()
        cookies = {**place.cookies, "language": self._language}
        told = [{"name": name, "value": value, "url": place.root} for name, value in cookies.items()]
        self._context.add_cookies(told)
        answer = self.page.goto(place.address)
        self._expect(place, "answer", place.status, answer and answer.status)
        if place.sent is not None:
            with self.page.expect_navigation() as sent:
                place.sent(self.page)
            self._expect(place, "answer to what was sent", place.answers, sent.value and sent.value.status)
        heads, title, mains = self.page.evaluate(_HEADS)
        self._expect(place, "h1, main", (1, 1), (heads, mains))
        self._expect(place, "title", expected=True, got=bool(title.removesuffix("– Siklus").strip()))

    def look(self, place: Place, width: int, scheme: str, *, scan: bool) -> None:
        """At what is open, as wide as this and on this ground."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        found = [one for one in seen(self.page, self._language) if not (place.raw and one.startswith("raw:"))]
        found += scanned(self.page) if scan else []
        self.faults += [f"{place.name} {self._language} {width} {scheme}: {one}" for one in found]

    def _expect(self, place: Place, what: str, expected: object, got: object) -> None:
        if expected != got:
            self.faults.append(f"{place.name} {self._language}: {what} {got}, not {expected}")

    def close(self) -> None:
        self._context.close()


def visited(chromium: Any, places: Sequence[Place], looks: Sequence[tuple[str, int, str, bool]]) -> list[str]:
    """What is wrong at these places for each look: a language, a width, a ground, and whether it is scanned."""
    faults = []
    for language in dict.fromkeys(one[0] for one in looks):
        visit = Visit(chromium, language)
        for place in places:
            visit.to(place)
            for _, width, scheme, scan in (one for one in looks if one[0] == language):
                visit.look(place, width, scheme, scan=scan)
        faults += visit.faults
        visit.close()
    return faults


def test_no_page_is_forgotten(hung: Hung) -> None:
    """Whatever answers a GET outside the API has its place here, or is known to be no page."""
    assert hung.routes - NO_PAGES == {one.route for one in hung.places if one.route}


def test_no_answer_is_forgotten(hung: Hung) -> None:
    """Whatever something can be sent to has an answer here, or is known to have no page of its own."""
    assert hung.sent_to - SENDS_ON == {one.to for one in hung.places if one.to}


def test_every_page_is_seen_once(chromium: Any, hung: Hung) -> None:
    """One half as a small phone in Indonesian, the other as a desk in English in the dark; the checker on all."""
    halves = (hung.places[::2], hung.places[1::2])
    looks = ([("id", 320, "light", True)], [("en", 1280, "dark", True)])

    assert [] == [
        fault for half, look in zip(halves, looks, strict=True) for fault in visited(chromium, half, look)
    ]


@pytest.mark.long
def test_every_page_in_every_look(chromium: Any, hung: Hung) -> None:
    """Both languages, three widths, light and dark; the checker on each ground in each language."""
    looks = [
        (language, width, scheme, (width, scheme) in {(320, "dark"), (1280, "light")})
        for language, width, scheme in product(LANGUAGES, WIDTHS, SCHEMES)
    ]

    assert [] == visited(chromium, hung.places, looks)


def test_the_checker_finds_what_is_planted(chromium: Any, hung: Hung) -> None:
    """A field without a name, and a text nobody can read: else the scans above would show nothing."""
    visit = Visit(chromium, "id")
    visit.to(hung.places[0])
    visit.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p id=p>pucat</p>');"
        "document.querySelector('#p').style.color = '#ddd'"
    )
    visit.look(hung.places[0], 360, "light", scan=True)
    visit.close()

    told = " ".join(visit.faults)
    assert "label:" in told
    assert "color-contrast:" in told


@pytest.mark.long
def test_a_page_is_light_to_load(chromium: Any, hung: Hung) -> None:
    """Under 200 KB with its style and its script, uncompressed and with nothing kept from before."""
    heavy: dict[str, int] = {}
    for place in (one for one in hung.places if one.name not in HEAVY):
        visit = Visit(chromium, "en")
        sizes: list[int] = []
        visit.page.on("response", lambda answer, sizes=sizes: sizes.append(len(answer.body())))
        visit.to(place)
        if sum(sizes) > MOST_BYTES:
            heavy[place.name] = sum(sizes)
        visit.close()

    assert {} == heavy
