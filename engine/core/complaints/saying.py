"""A sentence or a part of one, by its key and its values; worded in a language when it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from engine.core.complaints.table import SENTENCES

_LANGUAGES = ("en", "id")
_VALUE = re.compile(r"\{([a-z]\w*)\}")


class InBoth(Protocol):
    """Whatever is told in either language: `thing["id"]`, `thing["en"]`."""

    def __getitem__(self, language: str, /) -> str:
        """The words in a language."""
        ...


#: what a sentence may speak of: names and numbers stay what they are, the rest has words in both languages
Sayable = str | int | InBoth


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the table with the values it speaks of, sorted by name."""

    key: str
    values: tuple[tuple[str, Sayable], ...] = ()

    #: as of a Label: words are looked for in one of the languages
    __iter__ = None
    __contains__ = None

    def __getitem__(self, language: str, /) -> str:
        sentence = SENTENCES[self.key][_LANGUAGES.index(language)]
        words = {name: _worded(value, language) for name, value in self.values}
        return _VALUE.sub(lambda found: words[found[1]], sentence)


@dataclass(frozen=True, slots=True)
class Lines:
    """Several sentences, each on a line of its own."""

    lines: tuple[InBoth, ...]

    __iter__ = None
    __contains__ = None

    def __getitem__(self, language: str, /) -> str:
        return "\n".join(one[language] for one in self.lines)


def say(key: str, /, **values: Sayable) -> Said:
    """The sentence of this key about these values."""
    return Said(key, tuple(sorted(values.items())))


def _worded(value: Sayable, language: str) -> str:
    return str(value) if isinstance(value, str | int) else value[language]
