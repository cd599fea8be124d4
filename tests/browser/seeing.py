"""Somebody who looks at pages, as wide as a phone and as a desk, in both languages, and says what is wrong there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDTHS = (360, 1280)
LANGUAGES = ("id", "en")
LOOKS = tuple((width, language) for width in WIDTHS for language in LANGUAGES)
#: enough to see both widths and both languages once
TWO_LOOKS = ((360, "id"), (1280, "en"))

#: names of the code and holes of a template; file names, addresses and digests are told apart by what surrounds them
_RAW = re.compile(r"(?<![\w./:@-])[a-z]+(?:_[a-z]+)+(?![\w./:-])|<[a-z_.]+>|\{\{|\}\}|\bNone\b|\bundefined\b")
#: a day as machines write it; people read a month by its name
_ISO = re.compile(r"(?<![\w@-])20\d\d-[01]\d-[0-3]\d\b")

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: texts that are wider than the box they are cut off by
_CUT = """() => [...document.querySelectorAll('main *, header *, nav *, section.demo *')].filter(one => {
  if (one.scrollWidth <= one.clientWidth + 1) return false;  // asked first: what follows costs far more
  const style = getComputedStyle(one);
  if (one.closest('.unseen') || one.tagName === 'SELECT' || one.tagName === 'OPTION' || !one.innerText) return false;
  const hides = ['hidden', 'clip'].includes(style.overflowX) || style.textOverflow === 'ellipsis';
  const seen = one.clientWidth > 2;  // what is there for screen readers only is one pixel wide
  return seen && hides;
}).map(one => one.tagName + ': ' + one.innerText.slice(0, 60))"""


class Eyes:
    """Windows of both widths in both languages on one address; `faults` is what was wrong so far."""

    def __init__(self, chromium: Any, address: str, album: Path | None) -> None:
        self.faults: list[str] = []
        self._album = album
        self._address = address
        self._windows = {look: self._window(chromium, *look) for look in LOOKS}

    def _window(self, chromium: Any, width: int, language: str) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=self._address)
        context.add_cookies([{"name": "language", "value": language, "url": self._address}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        return page

    def look(
        self, name: str, path: str, who: str = "", looks: Sequence[tuple[int, str]] = LOOKS, status: int = 200
    ) -> None:
        """Open a page as the person with this number (nobody, if "")."""
        for width, language in looks:
            page = self.window(width, language, who)
            answer = page.goto(path)
            if answer is None or answer.status != status:
                self.faults.append(f"{name}: {path} answers {answer and answer.status}")
            self.see(name, width, language)

    def window(self, width: int, language: str, who: str = "") -> Any:
        """One of the windows, with somebody sitting at it."""
        page = self._windows[width, language]
        if who:
            page.context.add_cookies([{"name": "persona", "value": who, "url": self._address}])
        else:
            page.context.clear_cookies(name="persona")
        return page

    def see(self, name: str, width: int, language: str) -> None:
        """Look at what a window shows now."""
        page = self._windows[width, language]
        if self._album is not None:
            page.screenshot(path=self._album / f"{name}-{width}-{language}.png", full_page=True)
        self.faults += [f"{name} {width} {language}: {fault}" for fault in seen(page, language)]

    def close(self) -> None:
        """Shut all windows."""
        for page in self._windows.values():
            page.context.close()


@contextmanager
def eyes(chromium: Any, address: str) -> Iterator[Eyes]:
    """Windows that are shut again; what they saw is kept in SIKLUS_SCREENSHOTS, if that names a folder."""
    place = os.environ.get("SIKLUS_SCREENSHOTS")
    album = Path(place) if place else None
    if album is not None:
        album.mkdir(parents=True, exist_ok=True)
    made = Eyes(chromium, address, album)
    try:
        yield made
    finally:
        made.close()


def seen(page: Any, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = []
    over = page.evaluate(_OVERFLOW)
    if over > 0:
        found.append(f"{over} pixels wider than the window")
    found += [f"cut: {text}" for text in page.evaluate(_CUT)]
    text = page.inner_text("body")
    found += [f"raw: {match}" for match in sorted({*_RAW.findall(text), *_ISO.findall(text)})]
    if page.get_attribute("html", "lang") != language:
        found.append("says another language than it is in")
    return found
