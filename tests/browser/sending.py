"""Filling in a form of a page and sending it, whatever the browser would have held back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["sending"]

#: browsers hold back what is not filled in; what comes of it is seen where they do not, so all is opened and let go
_OPENED = """() => {
  document.querySelectorAll('form').forEach(one => one.noValidate = true);
  document.querySelectorAll('details').forEach(one => one.open = true);
}"""


def sending(
    action: str, button: str = "button:not(.unseen)", typed: Mapping[str, Any] | None = None
) -> Callable[[Any], None]:
    """Fill in the form that is sent there (or to what begins so, with a star at its end), and press a button of it."""

    def send(page: Any) -> None:
        page.evaluate(_OPENED)
        there = (
            f"form[action^='{action[:-1]}']"
            if action.endswith("*")
            else f"form[action='{action}'], form[action^='{action}#']"
        )
        form = page.locator(there).filter(has=page.locator(button)).first
        for name, value in (typed or {}).items():
            box = form.locator(f"[name='{name}']").first
            match box.get_attribute("type"), value:
                case "hidden", _:
                    box.evaluate("(one, value) => one.value = value", value)
                case "radio" | "checkbox", _:
                    box.check()
                case "file", (called, content):
                    kept = {"name": called, "mimeType": "application/octet-stream", "buffer": content}
                    box.set_input_files(kept)
                case _:
                    box.fill(value)
        form.locator(button).first.click()

    return send
