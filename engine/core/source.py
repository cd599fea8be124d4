"""Plain values out of YAML text, and where each of them stands. The one door to the YAML reader.

Scalars stay the text that was typed: `on`, `no`, `16:00`, `0123` and dates survive. What a text means is decided by
`parse`, not here. Nothing is built before the limits are checked, and hostile text gives problems, never an exception.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import yaml

from engine.core.complaints import Said, say
from engine.core.complaints.yaml_reader import reader_words
from engine.core.places import Document, Mark, Path, Problem, Severity, Spot, Value, dotted, nearest, quoted

__all__ = [
    "Document",
    "Mark",
    "Path",
    "Problem",
    "Severity",
    "Value",
    "dotted",
    "nearest",
    "quoted",
    "read_yaml",
]

MAX_BYTES = 1_048_576
MAX_NODES = 20_000
MAX_DEPTH = 60


class _Place(Protocol):
    """A place of the reader's, counted from 0."""

    line: int
    column: int
    index: int


@dataclass(slots=True)
class _Frame:
    """A mapping or list being read. `path` is None inside something that was refused."""

    items: dict[str, Value] | list[Value]
    path: Path | None
    key: str | None = None
    waits_for_value: bool = False
    first: dict[str, int] = field(default_factory=dict)


class _Halt(Exception):
    """Reading cannot go on; the problem is already noted."""


class _Composer:
    """Builds values from the reader's events, without recursion, and notes problems."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.problems: list[Problem] = []
        self.keys: dict[Path, Spot] = {}
        self.values: dict[Path, Spot] = {}
        self.spoiled: set[Path] = set()
        self.stack: list[_Frame] = []
        self.root: dict[str, Value] | None = None
        self.nodes = 0
        self.documents = 0

    def note(
        self, mark: _Place | None, code: str, message: Said, suggestion: Said | None = None, path: Path = ()
    ) -> None:
        """One more problem, at a place of the reader's."""
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        self.problems.append(
            Problem(
                mark=Mark(self.name, line, column),
                severity="error",
                code=code,
                path=dotted(path),
                message=message,
                suggestion=suggestion,
            )
        )

    def run(self) -> None:
        """Reads to the end, or to the first thing after which nothing can be trusted."""
        try:
            for event in yaml.parse(self.text, Loader=yaml.CBaseLoader):
                self.take(event)
        except _Halt:
            self.root = None
        except yaml.MarkedYAMLError as error:
            self.root = None
            what = reader_words(error.context, error.problem)
            hint = say("indent_with_spaces") if "\t" in self.text else say("look_for_missing_quote")
            self.note(error.problem_mark or error.context_mark, "syntax", say("not_yaml", what=what), hint)
        except yaml.YAMLError as error:
            self.root = None
            hint = say("save_as_plain_text")
            self.note(None, "syntax", say("not_yaml", what=reader_words(None, str(error))), hint)

    def take(self, event: yaml.Event) -> None:
        """One event of the reader."""
        if isinstance(event, yaml.NodeEvent):
            self.nodes += 1
            if self.nodes > MAX_NODES:
                self.note(
                    _start(event),
                    "too_large",
                    say("too_many_values", most=MAX_NODES),
                    say("split_the_definition"),
                )
                raise _Halt
            self.refuse_decoration(event)
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self.place("", event, readable=False)
        elif isinstance(event, yaml.MappingStartEvent):
            self.open({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.open([], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.note(
                    _start(event),
                    "several_documents",
                    say("a_second_document_begins_here"),
                    say("one_file_one_definition"),
                )
                raise _Halt

    def refuse_decoration(self, event: yaml.NodeEvent) -> None:
        """Anchors, aliases and tags: a reader must see what is meant where it is meant."""
        if isinstance(event, yaml.AliasEvent):
            self.note(
                _start(event),
                "alias",
                say("alias_stands_for", anchor=str(event.anchor)),
                say("write_it_out"),
            )
            return
        if event.anchor is not None:
            self.note(
                _start(event),
                "anchor",
                say("anchor_names_value", anchor=str(event.anchor)),
                say("remove_anchor"),
            )
        if getattr(event, "tag", None) is not None:
            self.note(
                _start(event),
                "tag",
                say("tag_gives_type", tag=getattr(event, "tag", "")),
                say("remove_tag"),
            )

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """A key or a plain value."""
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.items, dict) and not frame.waits_for_value:
            self.key(frame, event)
            return
        empty = event.value == "" and not event.style
        if empty and frame is not None:
            where = say("the_key", key=frame.key) if frame.key is not None else say("this_item")
            hint = say("write_value_or_remove")
            self.note(
                _start(event),
                "no_value",
                say("has_no_value", where=where),
                hint,
                self.child_path(frame) or (),
            )
        self.place(event.value, event, readable=not empty)

    def key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        """A key: kept, unless it is a merge key, empty, or already there."""
        key, mark = event.value, _start(event)
        frame.waits_for_value, frame.key = True, None
        if not event.style and key == "<<":
            self.note(mark, "merge_key", say("merges_mapping"), say("write_the_keys_out"))
        elif key == "":
            self.note(mark, "no_key", say("a_value_without_a_key"), say("give_it_a_name"))
        elif key in frame.first:
            hint = say("keep_one_of_the_two")
            self.note(
                mark,
                "duplicate_key",
                say("key_twice", key=quoted(key), first=frame.first[key]),
                hint,
            )
        else:
            frame.key = key
            frame.first[key] = mark.line + 1
            path = self.child_path(frame)
            if path is not None:
                self.keys[path] = Spot(mark.line + 1, mark.column + 1)

    def open(self, items: dict[str, Value] | list[Value], event: yaml.NodeEvent) -> None:
        """A mapping or list begins."""
        if len(self.stack) >= MAX_DEPTH:
            hint = say("too_much_nesting")
            self.note(_start(event), "too_deep", say("too_many_levels", most=MAX_DEPTH), hint)
            raise _Halt
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.items, dict) and not frame.waits_for_value:
            if frame.path is not None:
                message = say("key_is_a_word")
                self.note(_start(event), "no_key", message, say("quote_brackets"))
            frame.waits_for_value, frame.key = True, None
            self.stack.append(_Frame(items, None))
            return
        path = self.place(items, event)
        self.stack.append(_Frame(items, path))

    def child_path(self, frame: _Frame) -> Path | None:
        """The path of the value that comes next in this frame; None inside something refused."""
        if frame.path is None:
            return None
        if isinstance(frame.items, list):
            return (*frame.path, len(frame.items))
        return None if frame.key is None else (*frame.path, frame.key)

    def place(self, value: Value, event: yaml.NodeEvent, *, readable: bool = True) -> Path | None:
        """Puts a value where it belongs and notes where it stands; its path, or None if it is dropped."""
        if not self.stack:
            if isinstance(value, dict):
                self.root = value
                return ()
            self.note(
                _start(event),
                "not_a_mapping",
                say("definition_is_lines"),
                say("begin_with_workflow"),
            )
            raise _Halt
        frame = self.stack[-1]
        path = self.child_path(frame)
        if isinstance(frame.items, list):
            frame.items.append(value)
        else:
            if frame.key is not None:
                frame.items[frame.key] = value
            frame.waits_for_value = False
        if path is not None:
            style = (event.style or "") if isinstance(event, yaml.ScalarEvent) else ""
            mark = _start(event)
            self.values[path] = Spot(mark.line + 1, mark.column + 1, mark.index, style)
            if not readable:
                self.spoiled.add(path)
        return path


def read_yaml(text: str | bytes, name: str) -> Document:
    """The values of a YAML text, with every problem of its form."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    composer = _Composer(name, "")
    if len(raw) > MAX_BYTES:
        composer.note(
            None,
            "too_large",
            say("file_too_large", count=len(raw), most=MAX_BYTES),
            say("split_the_definition"),
        )
        return Document(name=name, values={}, problems=tuple(composer.problems), broken=True)
    try:
        composer.text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        message = say("not_utf8", start=error.start)
        composer.note(None, "encoding", message, say("save_as_utf8"))
        return Document(name=name, values={}, problems=tuple(composer.problems), broken=True)
    composer.run()
    if composer.root is None and not composer.problems:
        composer.note(None, "empty", say("the_file_says_nothing"), say("begin_with_workflow"))
    return Document(
        name=name,
        values=composer.root or {},
        problems=tuple(composer.problems),
        broken=composer.root is None,
        spoiled=frozenset(composer.spoiled),
        text=composer.text,
        _keys=composer.keys,
        _values=composer.values,
    )


def _start(event: yaml.Event) -> _Place:
    """Where an event begins; the reader always knows."""
    assert event.start_mark is not None
    return event.start_mark
