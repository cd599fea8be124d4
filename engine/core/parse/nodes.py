"""A value of a file with its place: read as what it should be, or complained about where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from engine.core.complaints import Sayable, say
from engine.core.moments import Duration, Moment
from engine.core.parse.noted import Noted
from engine.core.parse.when import read_duration, read_moment
from engine.core.parse.words import NAME, WHOLE
from engine.core.places import closest, nearest, quoted

__all__ = ["Node", "section"]


class Node(Noted):
    """One value of the rules or the texts, and the questions that may be asked of it."""

    __slots__ = ()

    def entries(self, what: Sayable) -> dict[str, Node]:
        """The values of a mapping by key; {} and a complaint if it is none."""
        if not isinstance(self.value, dict):
            self.error(
                "wrong_shape",
                say("must_be_a_mapping", what=what, shape=self._shape()),
                say("write_key_value"),
            )
            return {}
        return {
            key: Node(self.reading, self.document, (*self.path, key), value)
            for key, value in self.value.items()
        }

    def fields(self, what: Sayable, known: Collection[str], needs: Iterable[str] = ()) -> dict[str, Node]:
        """The known keys of a mapping; complains of unknown ones and of missing ones."""
        found = self.entries(what)
        if not isinstance(self.value, dict):
            return {}
        strange = {key: node for key, node in found.items() if key not in known}
        guessed = {closest(key, known) for key in strange}
        for key, node in strange.items():
            hint = nearest(key, known) or say("known_here", names=", ".join(known))
            node.error("unknown_key", say("has_no_key", what=what, key=quoted(key)), hint, on_key=True)
        for key in needs:
            if key not in found and key not in guessed:
                self.error(
                    "missing_key",
                    say("does_not_say", what=what, key=key),
                    say("add_key", key=key),
                    on_key=True,
                )
        return {key: node for key, node in found.items() if key in known}

    def named(self, what: Sayable, reserved: Collection[str] = ()) -> dict[str, Node]:
        """The values of a mapping whose keys are names that its author chose."""
        found = self.entries(what)
        for key, node in found.items():
            if not NAME.fullmatch(key):
                hint = say("name_letters")
                node.error("bad_name", say("is_not_a_name", name=quoted(key)), hint, on_key=True)
            elif key in reserved:
                node.error("bad_name", say("name_taken", key=key), say("choose_another_name"), on_key=True)
        return found

    def items(self, what: Sayable) -> list[Node]:
        """The items of a list; [] and a complaint if it is none."""
        if not isinstance(self.value, list):
            self.error(
                "wrong_shape",
                say("must_be_a_list", what=what, shape=self._shape()),
                say("write_a_list"),
            )
            return []
        if not self.value:
            self.error("wrong_shape", say("nothing_stands_in", what=what), say("write_an_item"))
        return [
            Node(self.reading, self.document, (*self.path, number), value)
            for number, value in enumerate(self.value)
        ]

    def one_or_more(self, what: Sayable) -> list[Node]:
        """The value itself if it is one text, or the items of a list."""
        return [self] if isinstance(self.value, str) else self.items(what)

    def text(self, what: Sayable) -> str | None:
        """The text, or None and a complaint."""
        if isinstance(self.value, str):
            if self.value.strip():
                return self.value.strip()
            self.error("bad_value", say("is_empty", what=what), say("write_a_value"))
            return None
        self.error(
            "wrong_shape",
            say("must_be_one_value", what=what, shape=self._shape()),
            say("write_a_single_text"),
        )
        return None

    def texts(self, what: Sayable) -> tuple[str, ...]:
        """One text or several."""
        return tuple(text for item in self.one_or_more(what) if (text := item.text(what)) is not None)

    def whole(self, what: Sayable, least: int, most: int) -> int | None:
        """A whole number within bounds, or None and a complaint."""
        text = self.text(what)
        if text is None:
            return None
        if not WHOLE.fullmatch(text) or not least <= int(text) <= most:
            self.error(
                "bad_value",
                say("must_be_a_whole_number", what=what, least=least, most=most, text=quoted(text)),
            )
            return None
        return int(text)

    def one_of(self, what: Sayable, options: Iterable[str]) -> str | None:
        """One of these words, or None and a complaint."""
        text = self.text(what)
        options = tuple(options)
        if text is None or text in options:
            return text
        hint = nearest(text, options) or say("write_one_of", names=", ".join(options))
        self.error("bad_value", say("cannot_be", what=what, text=quoted(text)), hint)
        return None

    def truth(self, what: Sayable) -> bool:
        """`true` or `false`."""
        return self.one_of(what, ("true", "false")) == "true"

    def names(self, what: Sayable, *kinds: str, also: Collection[str] = ()) -> tuple[str, ...]:
        """One name or several that these kinds declare; `also` may stand here besides."""
        found = (item.name(what, *kinds, also=also) for item in self.one_or_more(what))
        names = tuple(name for name in found if name is not None)
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                self.error("bad_value", say("names_twice", what=what, name=name), say("name_it_once"))
        return tuple(dict.fromkeys(names))

    def name(self, what: Sayable, *kinds: str, also: Collection[str] = ()) -> str | None:
        """A name that one of these kinds declares; looked up when all are known."""
        text = self.text(what)
        if text is not None and text not in also:
            self.reading.use(text, kinds, self)
        return text

    def duration(self, what: Sayable) -> Duration | None:
        """A duration or a setting that holds one, or None and a complaint."""
        text = self.text(what)
        return None if text is None else read_duration(self, what, text)

    def moment(self, what: Sayable) -> Moment | None:
        """A moment or a setting that holds one, or None and a complaint."""
        text = self.text(what)
        return None if text is None else read_moment(self, what, text)

    def _shape(self) -> Sayable:
        match self.value:
            case dict():
                return say("a_mapping")
            case list():
                return say("a_list")
            case _:
                return quoted(self.value)


def section(
    fields: Mapping[str, Node], key: str, what: Sayable, reserved: Collection[str] = ()
) -> dict[str, Node]:
    """The named entries of a section that may be left out."""
    return fields[key].named(what, reserved) if key in fields else {}
