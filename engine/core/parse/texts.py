"""The sidecar of texts: every label in both languages, none missing, none left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from engine.core.case_names import figure_kind
from engine.core.complaints import Said, Sayable, say
from engine.core.conditions import Kind
from engine.core.definition import By, Field, Figure, Form, Label, Phase, State, Texts, Transition
from engine.core.labels import SECTIONS, TRACK_SECTIONS
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Reading
from engine.core.places import nearest, quoted

#: What may stand between < and > in a refusal.
_PLACEHOLDER = re.compile(r"<([^<>\s]+)>")
_LANGUAGES = ("id", "en")
_SHOWN = 6

#: Section to key to what the key names, in words.
Wanted = dict[str, dict[str, Said]]
#: Section, what it is in words, whole name, bare name, whether it can do without a text.
SharedText = tuple[str, Said, str, str, bool]

#: Sections whose entries have one text each: what such an entry is called.
_NAMED = {
    "roles": say("role"),
    "settings": say("setting"),
    "reads": say("read"),
    "linked": say("link"),
    "windows": say("window"),
    "pauses": say("pause"),
    "gatherings": say("gathering"),
    "journals": say("journal"),
}


def wanted_texts(
    *,
    phases: Mapping[str, Phase],
    states: Mapping[str, State],
    forms: Mapping[str, Form],
    figures: Mapping[str, Figure],
    named: Mapping[str, Iterable[str]],
    undelegated: Iterable[str] = (),
) -> Wanted:
    """Every text a definition needs, except those of transitions, which may share one.

    `named` are the names of all sections whose entries have one text each, by section; `undelegated` the roles whose
    work nobody does for another, which as with states is told with its reason.
    """
    fields: dict[str, Said] = {}
    for form in forms.values():
        fields.update((key, say("field")) for key, _ in _fields(form.name, form.fields))
    refusals = {one.rule: say("condition") for one in _transitions(states) if one.when is not None}
    return {
        "phases": dict.fromkeys(phases, say("phase")),
        "states": dict.fromkeys(states, say("state")),
        "forms": dict.fromkeys(forms, say("form")),
        "fields": fields,
        "figures": dict.fromkeys(figures, say("figure")),
        "refusals": refusals,
        "delegations": {
            **dict.fromkeys(undelegated, say("reason_against_delegation")),
            **{
                name: say("reason_against_delegation")
                for name, state in states.items()
                if not state.delegable
            },
        },
        **{section: dict.fromkeys(names, _NAMED[section]) for section, names in named.items()},
    }


def _values(forms: Mapping[str, Form], figures: Mapping[str, Figure]) -> Iterable[tuple[str, str, bool]]:
    """Every value of every choice, scale, checklist, grid and table: whose it is, what it is, whether it is a number.

    A step of a scale stands for itself, if badly: nobody is told which end is good. Rules in force may have been
    published before steps had words, and go on holding.
    """
    for form in forms.values():
        for key, field in _fields(form.name, form.fields):
            for value in field.worded:
                yield key, value, field.kind == "scale"
    for figure in figures.values():
        for value in figure_kind(figure).values:
            yield figure.name, value, False


def shared_texts(
    states: Mapping[str, State], forms: Mapping[str, Form], figures: Mapping[str, Figure]
) -> Iterable[SharedText]:
    """What may share a text under its bare name: section, what it is, whole name, bare name."""
    for transition in _transitions(states):
        section = "buttons" if isinstance(transition.trigger, By) else "automatic"
        what = say("button") if section == "buttons" else say("automatic_move")
        yield section, what, transition.rule, transition.name, False
    for owner, value, is_number in _values(forms, figures):
        yield "values", say("value"), f"{owner}.{value}", value, is_number


def _fields(prefix: str, fields: Iterable[Field]) -> Iterable[tuple[str, Field]]:
    """Fields by key; those of items described by another form belong to that form."""
    for field in fields:
        key = f"{prefix}.{field.name}"
        yield key, field
        if field.kind == "list" and not field.item_form:
            yield from _fields(key, field.item)


def _transitions(states: Mapping[str, State]) -> Iterable[Transition]:
    """Every transition once, however many states offer it."""
    seen: set[str] = set()
    for state in states.values():
        for transition in state.transitions:
            if transition.rule not in seen:
                seen.add(transition.rule)
                yield transition


@dataclass(frozen=True, slots=True)
class TrackTexts:
    """The texts of a whole definition, and those of each of its tracks."""

    whole: Texts
    tracks: Mapping[str, Texts]


def read_texts(
    reading: Reading,
    wanted: Wanted,
    shared: Iterable[SharedText],
    names: Mapping[str, Kind],
    tracks: Mapping[str, Mapping[str, State]],
) -> TrackTexts:
    """All labels; complains of missing and unused ones, and of placeholders that stand for nothing.

    The states, buttons, automatic moves and refusals of a track have their texts under its own name.
    """
    # What is left over can be told only if everything that may use it was read.
    sure = not any(one.severity == "error" for one in reading.problems())
    top = Node(reading, reading.texts, (), reading.texts.values)
    fields = top.fields(say("the_file_of_texts"), ("title", *SECTIONS, "tracks"), ("title",))
    given = fields.pop("tracks").entries("`tracks`") if "tracks" in fields else {}
    whole = _read_sections(top, fields, SECTIONS, wanted, shared, names, sure=sure)
    for key, node in given.items():
        if key not in tracks and sure:
            _unused(node, "tracks", tracks)
    found = {}
    for name, states in tracks.items():
        if name not in given:
            hint = say("add_track_title", name=name)
            place = fields.get("tracks", top)
            place.error("missing_text", say("has_no_text", what=say("track"), key=name), hint, on_key=True)
            continue
        one = given[name]
        inner = one.fields(say("the_texts_of_a_track"), ("title", *TRACK_SECTIONS), ("title",))
        own = wanted_texts(phases={}, states=states, forms={}, figures={}, named={})
        texts = _read_sections(
            one,
            inner,
            TRACK_SECTIONS,
            {section: own[section] for section in ("states", "refusals", "delegations")},
            shared_texts(states, {}, {}),
            names,
            sure=sure,
        )
        labels = {**whole.labels, **texts.labels, "phases": {name: texts.title}}
        labels["delegations"] = {**whole.labels["delegations"], **texts.labels["delegations"]}
        found[name] = Texts(title=texts.title, labels=labels)
    return TrackTexts(whole, found)


def _read_sections(
    top: Node,
    sections: Mapping[str, Node],
    known: Collection[str],
    wanted: Wanted,
    shared: Iterable[SharedText],
    names: Mapping[str, Kind],
    *,
    sure: bool,
) -> Texts:
    labels: dict[str, dict[str, Label]] = {section: {} for section in known}
    nodes: dict[str, dict[str, Node]] = {section: {} for section in SECTIONS}
    for section in known:
        nodes[section] = sections[section].entries(f"`{section}`") if section in sections else {}
        for key, node in nodes[section].items():
            labels[section][key] = _read_label(node)
    for section, keys in wanted.items():
        place = sections.get(section, top)
        for key, what in keys.items():
            # A condition without a text of its own explains itself.
            if key not in nodes[section] and section != "refusals":
                _missing(place, section, key, what)
        for key, node in nodes[section].items():
            if key not in keys and sure:
                _unused(node, section, keys)
    _check_shared(shared, lambda section: sections.get(section, top), nodes, sure=sure)
    for node in nodes["refusals"].values():
        _check_placeholders(node, names)
    title = _read_label(sections["title"]) if "title" in sections else Label(id="", en="")
    return Texts(title=title, labels=labels)


def _check_shared(
    shared: Iterable[SharedText],
    place: Callable[[str], Node],
    nodes: Mapping[str, Mapping[str, Node]],
    *,
    sure: bool,
) -> None:
    """Each act, automatic move and value has a text: under its whole name, or under a bare one several share."""
    used: set[tuple[str, str]] = set()
    possible: dict[str, set[str]] = {"buttons": set(), "automatic": set(), "values": set()}
    for section, what, whole, bare, can_do_without in shared:
        possible[section].update((whole, bare))
        key = next((one for one in (whole, bare) if one in nodes[section]), None)
        if key is None:
            wanted = bare if section != "values" else whole
            _missing(place(section), section, wanted, what, can_do_without=can_do_without)
        else:
            used.add((section, key))
    for section, keys in possible.items():
        for key, node in nodes[section].items():
            if (section, key) not in used and sure:
                _unused(node, section, sorted(keys))


def _missing(place: Node, section: str, key: str, what: Sayable, *, can_do_without: bool = False) -> None:
    # A section that is there says where it stands; one that is not belongs beside the others of its file or track.
    under = ".".join(map(str, place.path if section in place.path else (*place.path, section)))
    hint = say("add_text", key=key, section=under)
    message = say("has_no_text", what=what, key=key)
    if can_do_without:
        place.warning("missing_text", message, hint)
    else:
        place.error("missing_text", message, hint, on_key=True)


def _unused(node: Node, section: str, known: Collection[str]) -> None:
    if node.key in known:
        message = say("text_not_needed", key=node.key)
        node.error("unused_text", message, say("remove_this_one"), on_key=True)
        return
    hint = nearest(node.key, known) or say("remove_it")
    node.error("unused_text", say("nothing_called", key=quoted(node.key), section=section), hint, on_key=True)


def _read_label(node: Node) -> Label:
    fields = node.fields(say("a_text"), _LANGUAGES, _LANGUAGES)
    said = {
        language: fields[language].text(say("a_text")) or "" for language in _LANGUAGES if language in fields
    }
    return Label(id=said.get("id", ""), en=said.get("en", ""))


def _check_placeholders(node: Node, names: Mapping[str, Kind]) -> None:
    if not isinstance(node.value, dict):
        return
    for language, one in node.entries(say("a_text")).items():
        if language not in _LANGUAGES or not isinstance(one.value, str):
            continue
        for match in _PLACEHOLDER.finditer(one.value):
            if match[1] not in names:
                hint = nearest(match[1], names) or say("known", known=", ".join(sorted(names)[:_SHOWN]))
                message = say("stands_for_nothing", match=match[1])
                one.error("unknown_name", message, hint, offset=match.start())
            else:
                node.reading.use_value(match[1], one)
