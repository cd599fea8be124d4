"""A value of a file with its place, and how it is complained of."""

from __future__ import annotations

from engine.core.complaints import Said
from engine.core.parse.reading import Reading
from engine.core.places import Document, Mark, Path, Problem, Severity, Value, dotted

__all__ = ["Noted"]


class Noted:
    """One value of the rules or the texts, which knows its place."""

    __slots__ = ("document", "path", "reading", "value")

    def __init__(self, reading: Reading, document: Document, path: Path, value: Value) -> None:
        self.reading, self.document, self.path, self.value = reading, document, path, value

    @property
    def key(self) -> str:
        """The name this value stands under."""
        return str(self.path[-1]) if self.path else ""

    @property
    def mark(self) -> Mark:
        """Where the value begins."""
        return self.document.value_mark(self.path)

    def place(self, offset: int) -> Mark:
        """Where character `offset` of a text stands."""
        return self.document.value_mark(self.path, offset)

    def error(
        self,
        code: str,
        message: Said,
        suggestion: Said | None = None,
        *,
        on_key: bool = False,
        offset: int = 0,
    ) -> None:
        """Complains about this value, or about its key."""
        self._note("error", code, message, suggestion, on_key=on_key, offset=offset)

    def warning(self, code: str, message: Said, suggestion: Said | None = None) -> None:
        """Remarks on this key; the definition can be used all the same."""
        self._note("warning", code, message, suggestion, on_key=True, offset=0)

    def _note(
        self,
        severity: Severity,
        code: str,
        message: Said,
        suggestion: Said | None,
        *,
        on_key: bool,
        offset: int,
    ) -> None:
        if on_key:
            mark = self.document.key_mark(self.path)
        else:
            mark = self.place(offset) if isinstance(self.value, str) and self.path else self.mark
        problem = Problem(
            mark=mark,
            severity=severity,
            code=code,
            path=dotted(self.path),
            message=message,
            suggestion=suggestion,
        )
        self.reading.note(problem, self.path, self.document)
