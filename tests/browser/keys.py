"""Somebody who has a keyboard and nothing else; at every stop they look where they are."""

from __future__ import annotations

from typing import Any

#: how often somebody presses Tab before they give up
PATIENCE = 150
#: what has the focus: its name, whether its outline is seen, where it stands after the stop before, and how large it is
_STOP = """(before) => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const label = one.labels && one.labels.length ? [...one.labels].map(each => each.innerText).join(' ') : '';
  const group = one.type === 'radio' ? one.closest('fieldset')?.querySelector('legend')?.innerText + ': ' : '';
  const name = group + (label || one.getAttribute('aria-label') || one.innerText || one.id || one.name || '');
  const last = document.querySelector('[data-last-stop]');
  const after = !last || last === one || (last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  last?.removeAttribute('data-last-stop');
  one.setAttribute('data-last-stop', '');
  return {
    name: name.replace(/\\s+/g, ' ').trim(), tag: one.tagName,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    shown: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    after, high: box.height, wide: box.width,
    inline: one.tagName === 'A' && style.display === 'inline',
  };
}"""
_LEAST = 24


class Keys:
    """A keyboard on a page; `faults` is what was wrong at the stops so far."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[str] = []

    def tab_to(self, name: str, *, tag: str = "") -> None:
        """Press Tab until what is called so has the focus. Fails if it is not on the way, as in a trap."""
        seen: list[str] = []
        for _ in range(PATIENCE):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(_STOP)
            if stop is None:  # through the page and out of it
                break
            seen.append(stop["name"][:40])
            self._judge(stop)
            if name in stop["name"] and tag in {"", stop["tag"]}:
                return
        raise AssertionError(f"{self.page.url}: no {name!r} on the way: {seen}")

    def press(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    @property
    def focused(self) -> str:
        """The id of what has the focus, or its tag."""
        told: str = self.page.evaluate("document.activeElement.id || document.activeElement.tagName")
        return told

    def described(self) -> str:
        """What is read out with the field that has the focus, if it is told to be wrong."""
        told: str = self.page.evaluate(
            "() => { const one = document.activeElement; if (one.getAttribute('aria-invalid') !== 'true') return '';"
            " return (one.getAttribute('aria-describedby') || '').split(' ')"
            ".map(id => document.getElementById(id)?.innerText || '').join(' ').trim(); }"
        )
        return told

    def _judge(self, stop: dict[str, Any]) -> None:
        at = f"{self.page.url}: {stop['tag']} {stop['name'][:60]!r}"
        if not stop["outlined"]:
            self.faults.append(f"{at} has the focus, and nobody sees it")
        if not stop["shown"]:
            self.faults.append(f"{at} has the focus out of sight")
        if not stop["after"]:
            self.faults.append(f"{at} comes before what had the focus last")
        if not stop["inline"] and min(stop["high"], stop["wide"]) < _LEAST and stop["tag"] != "INPUT":
            self.faults.append(f"{at} is {stop['wide']:.0f} x {stop['high']:.0f}, too small to be met")
