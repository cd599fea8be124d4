"""The pages behind the codes of problems and findings: `siklus explain`, and docs/reference/findings.

One Markdown file for each code in `api/explanations`, with both languages: two titles, a section `en`, a section `id`,
and the rules `wrong` and `right`. `python -m api.explaining en > docs/reference/findings.md` makes the page of all of
them; a test compares, so it cannot grow old.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.resources import files

from engine.core.definition import Label
from engine.core.places import closest
from engine.errors import NotFound

__all__ = ["Page", "codes", "page", "reference"]

_SECTION = re.compile(r"^## (\w+)\n", re.MULTILINE)
_PARTS = ("en", "id", "wrong", "right")
_WRONG = Label(id="Keliru:", en="Wrong:")
_RIGHT = Label(id="Betul:", en="Right:")
_INTRODUCTION = Label(
    id="""\
# Masalah dan temuan

Halaman ini dibuat dari berkas di `api/explanations`: `python -m api.explaining id > docs/reference/findings.id.md`.
`siklus explain KODE --lang id` menampilkan satu di antaranya.
""",
    en="""\
# Problems and findings

This page is made from the files in `api/explanations`: `python -m api.explaining en > docs/reference/findings.md`.
`siklus explain CODE` shows one of them.
""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one code means, why it matters, and rules that show it: wrong, then right."""

    code: str
    title: Label
    text: Label
    wrong: str
    right: str

    def told(self, language: str) -> str:
        """The page for a person, in Markdown."""
        return (
            f"# {self.code}: {self.title[language]}\n\n{self.text[language]}\n\n"
            f"{_WRONG[language]}\n\n{self.wrong}\n\n{_RIGHT[language]}\n\n{self.right}"
        )

    def as_json(self) -> dict[str, object]:
        """The page for a program."""
        return {
            "code": self.code,
            "title": {"id": self.title.id, "en": self.title.en},
            "text": {"id": self.text.id, "en": self.text.en},
            "wrong": self.wrong,
            "right": self.right,
        }


def codes() -> tuple[str, ...]:
    """Every code that has a page, in the order of the alphabet."""
    folder = files("api") / "explanations"
    return tuple(sorted(one.name.removesuffix(".md") for one in folder.iterdir() if one.name.endswith(".md")))


def page(code: str) -> Page:
    """The page of a code. Raises: NotFound."""
    known = codes()
    if code not in known:
        near = closest(code, known)
        raise NotFound("code", code, [near] if near else ())
    text = (files("api") / "explanations" / f"{code}.md").read_text(encoding="utf-8")
    head, *rest = _SECTION.split(text)
    parts = {name: part.strip() for name, part in zip(rest[::2], rest[1::2], strict=True)}
    titles = [line.removeprefix("# ") for line in head.splitlines() if line.startswith("# ")]
    if len(titles) != 2 or tuple(parts) != _PARTS:  # noqa: PLR2004 - one title for each language
        raise ValueError(f"the page of {code!r} needs two titles and the sections {', '.join(_PARTS)}")
    return Page(
        code=code,
        title=Label(en=titles[0], id=titles[1]),
        text=Label(en=parts["en"], id=parts["id"]),
        wrong=parts["wrong"],
        right=parts["right"],
    )


def reference(language: str) -> str:
    """All pages as one, in Markdown."""
    parts = [_INTRODUCTION[language]]
    parts += [
        page(code).told(language).replace(f"# {code}: ", f"## `{code}`\n\n", 1) + "\n" for code in codes()
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(reference(sys.argv[1] if sys.argv[1:] else "en"))
