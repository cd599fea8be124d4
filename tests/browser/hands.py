"""Somebody at a browser: chooses who to be, opens pages, fills fields by their names, clicks buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.browser.conftest import Demo


class Hands:
    """One browser window on a demo."""

    def __init__(
        self, chromium: Any, demo: Demo, *, width: int = 1280, language: str = "id", script: bool = True
    ) -> None:
        self.demo = demo
        self._context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=demo.address
        )
        self._context.add_cookies([{"name": "language", "value": language, "url": demo.address}])
        self.page = self._context.new_page()
        self.page.set_default_timeout(20_000)
        self._known: dict[str, Any] = {}

    def be(self, person_id: str) -> None:
        """Choose who to be; whoever was chosen before comes back with the cookies they had."""
        if person_id in self._known:
            self._context.add_cookies(self._known[person_id])
            return
        self.go("/")
        self.page.select_option("#persona", person_id)
        self.page.click("form.persona button")
        self._known[person_id] = self._context.cookies()

    def go(self, path: str) -> None:
        """Open a page."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def pass_time(self, kind: str) -> None:
        """Press one of the clock's buttons on the first page: day, week or next."""
        if self.page.url.removeprefix(self.demo.address) != "/":
            self.go("/")
        self.page.click(f"form[action='/demo/clock'] button[value='{kind}']")

    def act(self, case_id: str, trigger: str, forms: Mapping[str, Any], reason: str = "") -> None:
        """Fill the act's form on the case page and press its button."""
        self.go(f"/cases/{case_id}")
        button = self.page.locator(f"button[name='trigger'][value='{trigger}']").first
        # A reason is asked for only where the act needs one, in a part of the page that may be folded.
        for name, values in forms.items():
            self._rows(name, values)
        form = button.locator("xpath=ancestor::form")
        for details in form.locator("xpath=ancestor::details[not(@open)]").all():
            details.locator("summary").first.click()
        for name, values in forms.items():
            for path, value in flat(name, values):
                self._fill(form, path, value)
        if reason:
            form.locator("[name='reason']").first.fill(reason)
        button.click()

    def _rows(self, path: str, values: Any) -> None:
        """Press "add a row" until every list has as many rows as are needed."""
        if isinstance(values, Mapping):
            for name, value in values.items():
                self._rows(f"{path}.{name}", value)
        elif isinstance(values, list) and not _links(values):
            while self.page.locator(f"[name='{path}[{len(values) - 1}]']").count() == 0 and values:
                add = self.page.locator(f"button[value='add:{path}']")
                assert add.count(), f"no way to add to {path}"
                add.first.click()
            for number, value in enumerate(values):
                self._rows(f"{path}[{number}]", value)

    def _fill(self, form: Any, path: str, value: str) -> None:
        field = form.locator(f"[name='{path}']")
        assert field.count(), f"no field {path}"
        kind = field.first.get_attribute("type")
        if kind == "radio":
            form.locator(f"[name='{path}'][value='{value}']").check()
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            field.first.select_option(value)
        else:
            field.first.fill(value)

    def close(self) -> None:
        """Shut the window."""
        self._context.close()


def flat(path: str, values: Any) -> Iterator[tuple[str, str]]:
    """Field names and what to type, from nested values."""
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield from flat(f"{path}.{name}", value)
    elif isinstance(values, list) and values and _links(values):
        yield path, "\n".join(values)
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from flat(f"{path}[{number}]", value)
    else:
        yield path, str(values)


def _links(values: list[Any]) -> bool:
    """Whether a list is one of links, which are typed one to a line in one box."""
    return all(isinstance(value, str) for value in values)
