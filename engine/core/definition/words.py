"""Texts in both languages, conditions as written, and the words the language itself gives a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["id", "en"]

#: The name that means "whoever holds the task" wherever a role may stand.
HOLDER = "holder"
#: The target that writes an entry and leaves state, visit, clocks and fired rungs untouched.
STAY = "stay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One text in both languages."""

    id: str
    en: str

    #: `"x" in label` is a mistake: which language is meant must be said, or Python would look for an end for ever
    __iter__ = None
    __contains__ = None

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A CEL expression as written, and where it stands (`file:line:column`)."""

    text: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The sidecar: every label by section and name, e.g. `labels["states"]["running"]`."""

    title: Label
    labels: Mapping[str, Mapping[str, Label]]

    def label(self, section: str, name: str) -> Label:
        """The label, which exists: the reader refuses a definition with a missing text."""
        return self.labels[section][name]
