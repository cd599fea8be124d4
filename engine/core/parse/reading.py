"""What is noticed while one definition is read: problems, names in use, conditions to compile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.core.complaints import Said
from engine.core.complaints.kinds import TRACK_STATE
from engine.core.conditions import Kind
from engine.core.definition import Setting
from engine.core.places import Document, Path, Problem, Value


class Placed(Protocol):
    """A value that knows its place, and can be complained of."""

    value: Value

    def error(
        self,
        code: str,
        message: Said,
        suggestion: Said | None = None,
        *,
        on_key: bool = False,
        offset: int = 0,
    ) -> None:
        """Complains about the value, or about its key."""
        ...

    def warning(self, code: str, message: Said, suggestion: Said | None = None) -> None:
        """Remarks on the key."""
        ...


@dataclass(frozen=True, slots=True)
class Use:
    """A name used somewhere: one of these `kinds` must declare it."""

    name: str
    kinds: tuple[str, ...]
    node: Placed


@dataclass(frozen=True, slots=True)
class Saying:
    """A condition that waits to be checked against what it may read (None: the plain names of the case)."""

    text: str
    node: Placed
    names: Mapping[str, Kind] | None = None


class Reading:
    """One reading of one definition. Rooms add to it; `read` empties it into a Definition or into problems."""

    def __init__(self, rules: Document, texts: Document) -> None:
        self.rules, self.texts = rules, texts
        self._problems: dict[tuple[object, ...], Problem] = {}
        #: the settings' values by name, which moments and durations may name
        self.settings: dict[str, str] = {}
        #: the same settings with all that an agency may make of them
        self.allowed: dict[str, Setting] = {}
        #: the edges of each window that could be read ("calibrate.to"), which moments may name
        self.edges: set[str] = set()
        #: names by kind ("role", "form", ...) and where each is declared
        self.declared: dict[str, dict[str, Placed]] = {}
        #: kinds whose section could not be read: nothing is said about their names
        self.unreadable: set[str] = set()
        self.uses: list[Use] = []
        self.sayings: list[Saying] = []
        #: whether the ways between states are known only in part, so that nothing can be said about reaching
        self.ways_unsure = False

    def note(self, problem: Problem, path: Path, document: Document) -> None:
        """One more problem, unless its place is already known to be unreadable or it was said before."""
        spoiled = document.spoiled
        if spoiled and any(path[:length] in spoiled for length in range(1, len(path) + 1)):
            return
        self._problems.setdefault((problem.mark, problem.code, problem.message), problem)

    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong, in file order: the rules first, then the texts."""
        found = [*self.rules.problems, *self.texts.problems, *self._problems.values()]
        last = self.texts.name
        return tuple(sorted(found, key=lambda one: (one.mark.file == last, one.mark, one.severity, one.code)))

    def declare(self, kind: str, nodes: Mapping[str, Placed]) -> None:
        """These names exist, however well they may be described."""
        self.declared.setdefault(kind, {}).update(nodes)

    def use(self, name: str, kinds: Iterable[str], node: Placed) -> None:
        """A name stands here that one of the kinds must declare; looked up when all are known."""
        self.uses.append(Use(name, tuple(kinds), node))

    def use_value(self, name: str, node: Placed) -> None:
        """A value a condition or text reads: the field of a form, a figure, or a setting."""
        form, dot, _ = name.partition(".")
        self.use(form, ("form",) if dot else ("figure", "setting"), node)

    def state_kinds(self) -> tuple[str, ...]:
        """The kinds of names that states have: those of the definition, and those of each track."""
        return ("state", *(kind for kind in self.declared if kind.startswith(TRACK_STATE)))

    def names(self, kind: str) -> Mapping[str, Placed]:
        """The declared names of a kind."""
        return self.declared.get(kind, {})
