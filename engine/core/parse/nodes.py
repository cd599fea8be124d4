"""A value of a file with its place: read as what it should be, or complained about where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from engine.core.calendar import FIRST_YEAR, LAST_YEAR
from engine.core.moments import (
    Duration,
    FixedDate,
    Moment,
    MomentUnknown,
    Offset,
    WindowEdge,
    parse_duration,
    parse_moment,
)
from engine.core.parse.allowing import check_allowed
from engine.core.parse.reading import Reading
from engine.core.parse.words import LONGEST, NAME, WHOLE
from engine.core.places import (
    Document,
    Mark,
    Path,
    Problem,
    Severity,
    Value,
    closest,
    dotted,
    nearest,
    quoted,
)

__all__ = ["Node"]

_SETTING_WORD = re.compile(r"[a-z][a-z0-9_]*")


class Node:
    """One value of the rules or the texts, and the questions that may be asked of it."""

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
        self, code: str, message: str, suggestion: str = "", *, on_key: bool = False, offset: int = 0
    ) -> None:
        """Complains about this value, or about its key."""
        self._note("error", code, message, suggestion, on_key=on_key, offset=offset)

    def warning(self, code: str, message: str, suggestion: str = "") -> None:
        """Remarks on this key; the definition can be used all the same."""
        self._note("warning", code, message, suggestion, on_key=True, offset=0)

    def _note(
        self, severity: Severity, code: str, message: str, suggestion: str, *, on_key: bool, offset: int
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

    def entries(self, what: str) -> dict[str, Node]:
        """The values of a mapping by key; {} and a complaint if it is none."""
        if not isinstance(self.value, dict):
            self.error(
                "wrong_shape",
                f"{what} must be a mapping of keys and values, not {self._shape()}",
                "write `key: value`",
            )
            return {}
        return {
            key: Node(self.reading, self.document, (*self.path, key), value)
            for key, value in self.value.items()
        }

    def fields(self, what: str, known: Collection[str], needs: Iterable[str] = ()) -> dict[str, Node]:
        """The known keys of a mapping; complains of unknown ones and of missing ones."""
        found = self.entries(what)
        if not isinstance(self.value, dict):
            return {}
        strange = {key: node for key, node in found.items() if key not in known}
        guessed = {closest(key, known) for key in strange}
        for key, node in strange.items():
            hint = nearest(key, known) or f"known here: {', '.join(known)}"
            node.error("unknown_key", f"{what} has no key {quoted(key)}", hint, on_key=True)
        for key in needs:
            if key not in found and key not in guessed:
                self.error("missing_key", f"{what} does not say `{key}`", f"add `{key}:`", on_key=True)
        return {key: node for key, node in found.items() if key in known}

    def named(self, what: str, reserved: Collection[str] = ()) -> dict[str, Node]:
        """The values of a mapping whose keys are names that its author chose."""
        found = self.entries(what)
        for key, node in found.items():
            if not NAME.fullmatch(key):
                hint = "use lower-case letters, digits and _, beginning with a letter"
                node.error("bad_name", f"{quoted(key)} is not a name", hint, on_key=True)
            elif key in reserved:
                node.error(
                    "bad_name", f"'{key}' already has a meaning here", "choose another name", on_key=True
                )
        return found

    def items(self, what: str) -> list[Node]:
        """The items of a list; [] and a complaint if it is none."""
        if not isinstance(self.value, list):
            self.error(
                "wrong_shape",
                f"{what} must be a list, not {self._shape()}",
                "put it in [ ] or begin lines with `- `",
            )
            return []
        if not self.value:
            self.error(
                "wrong_shape", f"nothing stands in {what}", "write at least one item, or leave the key out"
            )
        return [
            Node(self.reading, self.document, (*self.path, number), value)
            for number, value in enumerate(self.value)
        ]

    def one_or_more(self, what: str) -> list[Node]:
        """The value itself if it is one text, or the items of a list."""
        return [self] if isinstance(self.value, str) else self.items(what)

    def text(self, what: str = "this") -> str | None:
        """The text, or None and a complaint."""
        if isinstance(self.value, str):
            if self.value.strip():
                return self.value.strip()
            self.error("bad_value", f"{what} is empty", "write a value, or leave the key out")
            return None
        self.error("wrong_shape", f"{what} must be one value, not {self._shape()}", "write a single text")
        return None

    def texts(self, what: str) -> tuple[str, ...]:
        """One text or several."""
        return tuple(text for item in self.one_or_more(what) if (text := item.text(what)) is not None)

    def whole(self, what: str, least: int, most: int) -> int | None:
        """A whole number within bounds, or None and a complaint."""
        text = self.text(what)
        if text is None:
            return None
        if not WHOLE.fullmatch(text) or not least <= int(text) <= most:
            self.error(
                "bad_value", f"{what} must be a whole number from {least} to {most}, not {quoted(text)}"
            )
            return None
        return int(text)

    def one_of(self, what: str, options: Iterable[str]) -> str | None:
        """One of these words, or None and a complaint."""
        text = self.text(what)
        options = tuple(options)
        if text is None or text in options:
            return text
        hint = nearest(text, options) or f"write one of: {', '.join(options)}"
        self.error("bad_value", f"{what} cannot be {quoted(text)}", hint)
        return None

    def truth(self, what: str) -> bool:
        """`true` or `false`."""
        return self.one_of(what, ("true", "false")) == "true"

    def names(self, what: str, *kinds: str, also: Collection[str] = ()) -> tuple[str, ...]:
        """One name or several that these kinds declare; `also` may stand here besides."""
        found = (item.name(what, *kinds, also=also) for item in self.one_or_more(what))
        names = tuple(name for name in found if name is not None)
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                self.error("bad_value", f"{what} names '{name}' twice", "name it once")
        return tuple(dict.fromkeys(names))

    def name(self, what: str, *kinds: str, also: Collection[str] = ()) -> str | None:
        """A name that one of these kinds declares; looked up when all are known."""
        text = self.text(what)
        if text is not None and text not in also:
            self.reading.use(text, kinds, self)
        return text

    def duration(self, what: str) -> Duration | None:
        """A duration or a setting that holds one, or None and a complaint."""
        text = self.text(what)
        if text is None:
            return None
        self._uses_settings(text)
        found = parse_duration(text, self.reading.settings)
        if found is None and self._sure(text):
            hint = (
                nearest(text, self.reading.settings)
                or "write one such as `5 working days`, `14 days`, `6 months`"
            )
            self.error("bad_value", f"{what} is not a duration: {quoted(text)}", hint)
        if found is None or self._too_long(what, found):
            return None
        check_allowed(self.reading, self, what, text, lambda settings: parse_duration(text, settings))
        return found

    def moment(self, what: str) -> Moment | None:
        """A moment or a setting that holds one, or None and a complaint."""
        text = self.text(what)
        if text is None:
            return None
        self._uses_settings(text)
        windows = self.reading.names("window")
        try:
            found = parse_moment(text, self.reading.settings, windows)
        except MomentUnknown as unknown:
            if self._sure(text):
                self.error(
                    "bad_value", f"{what} is no moment: {quoted(text)}: {unknown.why}", unknown.suggestion
                )
            return None
        if self._out_of_reach(what, found) or self._edgeless(what, found):
            return None
        check_allowed(self.reading, self, what, text, lambda settings: parse_moment(text, settings, windows))
        return found

    def _too_long(self, what: str, duration: Duration) -> bool:
        """Whether a duration leads further than calendars do; complains of it."""
        if duration.amount <= LONGEST[duration.unit]:
            return False
        hint = f"at most {LONGEST[duration.unit]} {duration.unit}"
        self.error("bad_value", f"{what} is longer than ten years: {duration.amount} {duration.unit}", hint)
        return True

    def _out_of_reach(self, what: str, moment: Moment) -> bool:
        if isinstance(moment, Offset):
            return self._too_long(what, moment.duration)
        if isinstance(moment, FixedDate) and not FIRST_YEAR <= moment.date.year <= LAST_YEAR:
            message = f"{what} lies in {moment.date.year}, where no calendar counts days"
            self.error("bad_value", message, f"write a year from {FIRST_YEAR} to {LAST_YEAR}")
            return True
        return False

    def _edgeless(self, what: str, moment: Moment) -> bool:
        """Whether a moment hangs on the edge of a window that has none; the window counts as used."""
        edge = (
            str(moment)
            if isinstance(moment, WindowEdge)
            else moment.anchor
            if isinstance(moment, Offset)
            else ""
        )
        window = edge.partition(".")[0]
        if window not in self.reading.names("window"):
            return False
        self.reading.use(window, ("window",), self)
        if edge in self.reading.edges or f"{window}.to" not in self.reading.edges:
            return False  # what could not be read was complained of
        hint = f"add `from:` to every group of `timetable: {window}`, or count from {window}.to"
        self.error("bad_value", f"{what} hangs on {edge}, and that window is open from the start", hint)
        return True

    def _sure(self, text: str) -> bool:
        """Whether a complaint about a text is fair: it names no setting that could not be read."""
        words = _SETTING_WORD.findall(text)
        if "window" in self.reading.unreadable and "." in text:
            return False
        broken = self.reading.names("setting").keys() - self.reading.settings.keys()
        return not any(word in broken for word in words)

    def _uses_settings(self, text: str) -> None:
        for word in _SETTING_WORD.findall(text):
            if word in self.reading.names("setting"):
                self.reading.use(word, ("setting",), self)

    def _shape(self) -> str:
        match self.value:
            case dict():
                return "a mapping"
            case list():
                return "a list"
            case _:
                return quoted(self.value)


def section(
    fields: Mapping[str, Node], key: str, what: str, reserved: Collection[str] = ()
) -> dict[str, Node]:
    """The named entries of a section that may be left out."""
    return fields[key].named(what, reserved) if key in fields else {}
