"""Where figures find their inputs: a dotted path, what it leads to, and the values there.

The first name of a path is a form (`plan.goals.weight`), a gathering (`views.marks`), a journal (`public_views`), what
is read of other cases (`members.predicate`), a figure, or a setting. After a gathering or a journal the name of its
form may stand and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.core.command import Contents
from engine.core.complaints import Said, say
from engine.core.definition import Definition, Field, Figure, Form, Gather, Journal, Read, Setting, State
from engine.core.places import nearest, quoted

__all__ = [
    "MISSING",
    "Lost",
    "Sources",
    "Way",
    "answers_in",
    "find",
    "gatherings",
    "published_at",
    "reach",
    "sources_of",
]

#: stands for each value that is not there
MISSING = object()

Root = Literal["form", "gathering", "journal", "read", "figure", "setting"]
NUMERIC = ("number", "scale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that paths of one definition may begin with."""

    forms: Mapping[str, Form]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    journals: Mapping[str, Journal] = field(default_factory=dict)
    gatherings: Mapping[str, Gather] = field(default_factory=dict)
    reads: Mapping[str, Read] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A path that leads somewhere: to `fields` of one kind of thing, through a list or not.

    `steps` are the names behind the root. `whole` is a form as such, and `fields` then all of it. What other cases
    publish has no fields known here.
    """

    path: str
    root: Root
    name: str
    steps: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    #: whether there may be more than one value
    listed: bool = False
    whole: bool = False
    #: fewer answers, or cases of a set, than this give no value
    fewest: int = 0

    @property
    def field(self) -> Field | None:
        """The one field it leads to, if it leads to one."""
        return self.fields[0] if len(self.fields) == 1 and not self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A path that leads nowhere: why, and what would. `step` is the name where it breaks off."""

    message: Said
    hint: Said
    step: str


def sources_of(definition: Definition) -> Sources:
    """What paths in this definition may begin with."""
    return Sources(
        forms=definition.forms,
        figures=definition.figures,
        settings=definition.settings,
        journals=definition.journals,
        gatherings=gatherings(definition),
        reads=definition.reads,
    )


def gatherings(definition: Definition) -> dict[str, Gather]:
    """Every gathering of answers by what they are known by, those of tracks included; signatures are no answers."""
    tracks = (state for track in definition.tracks.values() for state in track.states.values())
    return answers_in([*definition.states.values(), *tracks])


def answers_in(states: Iterable[State]) -> dict[str, Gather]:
    """The gatherings of answers in these states by what the answers are known by."""
    return {one.gather.name: one.gather for one in states if one.gather is not None and one.gather.form}


def find(sources: Sources, path: str) -> Way | Lost:
    """What a path leads to."""
    head, *steps = path.split(".")
    if not steps and head in sources.figures:
        return Way(path=path, root="figure", name=head)
    if not steps and head in sources.settings:
        return Way(path=path, root="setting", name=head)
    if head in sources.forms:
        return _within(sources.forms[head], path, "form", steps)
    if head in sources.journals:
        journal = sources.journals[head]
        return _answers(sources, path, "journal", journal.form, journal.anonymous)
    if head in sources.gatherings:
        gather = sources.gatherings[head]
        return _answers(sources, path, "gathering", gather.form or "", max(gather.least, gather.anonymous))
    if head in sources.reads:
        if not steps:
            message = say("read_says_nothing", path=quoted(path))
            return Lost(message=message, hint=say("write_published_name", head=head), step=head)
        read = sources.reads[head]
        return Way(path=path, root="read", name=head, steps=tuple(steps), listed=read.many, fewest=read.least)
    known = [*sources.forms, *sources.journals, *sources.gatherings, *sources.reads, *sources.figures]
    hint = nearest(head, known) or say("write_form_field")
    what = say("form") if steps else say("figure_journal_or_gathering")
    return Lost(message=say("there_is_no", kind=what, name=quoted(head)), hint=hint, step=head)


def _answers(sources: Sources, path: str, root: Root, form: str, fewest: int) -> Way | Lost:
    head, *steps = path.split(".")
    if steps[:1] == [form]:
        steps = steps[1:]
    if form not in sources.forms:
        return Lost(message=say("there_is_no_form", form=quoted(form)), hint=say("declare_it"), step=form)
    found = _within(sources.forms[form], path, root, steps)
    if isinstance(found, Lost):
        return found
    return Way(
        path=path, root=root, name=head, steps=found.steps, fields=found.fields, listed=True, whole=found.whole,
        fewest=fewest,
    )  # fmt: skip


def _within(form: Form, path: str, root: Root, steps: Sequence[str]) -> Way | Lost:
    fields, reached, listed = form.fields, None, False
    for step in steps:
        if reached is not None:
            fields, listed = reached.item, listed or reached.kind == "list"
        reached = next((one for one in fields if one.name == step), None)
        if reached is None:
            names = [one.name for one in fields]
            hint = nearest(step, names) or say("fields_there", fields=", ".join(names) or say("none_there"))
            message = say("leads_nowhere", path=quoted(path), step=quoted(step))
            return Lost(message=message, hint=hint, step=step)
    if reached is None:
        return Way(path=path, root=root, name=form.name, fields=form.fields, whole=True)
    return Way(
        path=path, root=root, name=form.name, steps=tuple(steps), fields=(reached,), listed=listed
    )  # fmt: skip


def reach(way: Way, contents: Contents) -> list[object] | None:
    """Every value a path leads to, `MISSING` for each that is not there; None if where it begins is not there."""
    match way.root:
        case "form":
            form = contents.forms.get(way.name)
            if form is None or (way.steps and way.steps[0] not in form):
                return None
            return list(_inside(form, way.steps))
        case "gathering" | "journal":
            kept = (contents.gathered if way.root == "gathering" else contents.journals).get(way.name)
            if kept is None or len(kept) < way.fewest:
                return None
            return [value for answer in kept for value in _inside(answer, way.steps)]
        case "read":
            return _read(way, contents.reads.get(way.name))
        case _:
            return None


def _read(way: Way, published: Mapping[str, object] | None) -> list[object] | None:
    """What another case publishes under the longest name that begins this path."""
    for length in range(len(way.steps), 0, -1):
        name = ".".join(way.steps[:length])
        if published is not None and name in published:
            value, rest = published[name], way.steps[length:]
            if way.listed:
                found = value if isinstance(value, Sequence) and not isinstance(value, str) else (MISSING,)
                if len(found) < way.fewest:
                    return None
                return [one for each in found for one in _inside(each, rest)]
            return list(_inside(value, rest))
    return None


def published_at(
    published: Mapping[str, object], path: str, *, many: bool, fewest: int = 0
) -> dict[str, object]:
    """What other cases publish at a path, under it, or around it, by path; all of it for "".

    What fewer than `fewest` cases of a set publish is not among it.
    """
    under = {
        name: value
        for name, value in published.items()
        if not path or name == path or name.startswith(f"{path}.")
    }
    if under:
        return {
            name: value
            for name, value in under.items()
            if not fewest or (isinstance(value, Sequence) and len(value) >= fewest)
        }
    steps = tuple(path.split("."))
    found = _read(Way(path=path, root="read", name="", steps=steps, listed=many, fewest=fewest), published)
    there = [one for one in found or () if one is not MISSING]
    if not there:
        return {}
    return {path: there if many or len(there) > 1 else there[0]}


def _inside(value: object, steps: Sequence[str]) -> Iterator[object]:
    if not steps:
        yield MISSING if value is None else value
    elif isinstance(value, Mapping):
        yield from _inside(value.get(steps[0], MISSING), steps[1:])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _inside(item, steps)
    else:
        yield MISSING
