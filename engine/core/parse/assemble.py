"""The rooms of a definition, read in the order in which they need each other, and put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.core.case_names import case_names
from engine.core.complaints import say
from engine.core.definition import (
    Definition,
    Gather,
    PeriodRule,
    Setting,
    Texts,
)
from engine.core.parse import graph, head, names
from engine.core.parse.catching_up import check_extended, read_catch_up
from engine.core.parse.choices import read_choice
from engine.core.parse.corrections import check_corrections
from engine.core.parse.dues import read_due, read_ladder
from engine.core.parse.figures import FigureReader
from engine.core.parse.forms import FormReader
from engine.core.parse.gathers import check_gathers
from engine.core.parse.journals import check_fields, check_journals, read_journal
from engine.core.parse.links import read_link, read_publishes, read_read
from engine.core.parse.nodes import Node, section
from engine.core.parse.notices import check_notified
from engine.core.parse.parts import Parts, filled_forms, gathered_names, settle_forms, unread_names
from engine.core.parse.parts_opened import check_parts
from engine.core.parse.pauses import BUILT_IN, read_pauses
from engine.core.parse.phases import PhaseReader
from engine.core.parse.promises import read_promises
from engine.core.parse.public import read_public
from engine.core.parse.reading import Reading
from engine.core.parse.restoring import check_restores
from engine.core.parse.roles import check_circles, check_named, check_outside, read_role
from engine.core.parse.sight import read_grants
from engine.core.parse.texts import TrackTexts, read_texts, shared_texts, wanted_texts
from engine.core.parse.timetable import RESERVED_WINDOWS, edges, read_timetable
from engine.core.parse.tracks import TrackReader
from engine.core.parse.undoing import Around, check_undo, refuse_undo
from engine.core.parse.words import RESERVED_PLACES, RESERVED_ROLES, TOP_KEYS, TOP_NEEDS
from engine.core.paths import Sources, answers_in

#: Kind of name to the section that declares it.
_SECTIONS = {
    "setting": "settings",
    "role": "roles",
    "form": "forms",
    "figure": "figures",
    "choice": "choices",
    "ladder": "ladders",
    "read": "reads",
    "link": "linked",
    "journal": "journals",
    "phase": "phases",
    "track": "tracks",
    "window": "timetable",
    "pause": "pauses",
}
#: Kinds whose names may stand in one place and so must differ.
_APART = (("phase", "state", "choice"), ("form", "figure", "gathering", "journal"), ("figure", "setting"))


def assemble(reading: Reading, source: bytes, digest: str) -> Definition | None:
    """The definition, or None if the reading has errors; warnings alone do not stop it."""
    top = Node(reading, reading.rules, (), reading.rules.values)
    fields = top.fields(say("a_definition"), TOP_KEYS, TOP_NEEDS)
    sections = _declare(reading, fields)
    parts = Parts(settings=_read_settings(reading, sections["setting"]))
    above = head.read_head(fields)
    day_off = above.calendar.day_off if above.calendar is not None else "next"
    phases, tracks = PhaseReader(day_off), TrackReader(sections["track"], day_off)
    parts.timetable = read_timetable(sections["window"], above.period)
    reading.edges.update(edges(parts.timetable))
    phases.declare(sections["phase"])
    tracks.declare()
    _read_parts(parts, sections)
    _read_others(parts, sections, above)
    phases.read(sections["phase"], fields.get("anytime"))
    tracks.read()
    states = [
        *phases.states.values(),
        *(one for reader in tracks.readers.values() for one in reader.states.values()),
    ]
    parts.journals = {
        name: journal
        for name, node in sections["journal"].items()
        if (journal := read_journal(name, node, phases.day_off, parts.forms))
    }
    _read_figures(parts, answers_in(states), sections["figure"])
    if "publishes" in fields:
        parts.publishes = read_publishes(fields["publishes"], parts.forms, phases.states, parts.figures)
    if "due" in fields:
        parts.due = read_due(fields["due"], phases.day_off, phases.ladder_uses)
    if "catch_up" in fields:
        parts.ladders = read_catch_up(fields["catch_up"], parts.ladders)
        uses = (*phases.ladder_uses, *(use for one in tracks.readers.values() for use in one.ladder_uses))
        check_extended(fields["catch_up"], parts.ladders, uses)
    if "promises" in fields:
        beside = {name: one.states for name, one in tracks.readers.items()}
        parts.promises = read_promises(fields["promises"], phases.states, beside)
    if "visibility" in fields:
        parts.grants = read_grants(fields["visibility"])
    if "public" in fields:
        parts.public = read_public(fields["public"], above.subject, parts, phases.states)
    check_journals(parts.journals, sections["journal"], parts.roles, phases.states, phases.rules)
    check_fields(parts.journals, parts.forms, sections["journal"])
    parts.choices.update(phases.transitions.inline)
    places = {**phases.nodes, **phases.rules}
    check_corrections(parts.linked, sections["link"], phases.states, parts.choices, places)
    check_parts(parts.linked, phases.states, parts.choices, places)
    head.check_calendar(fields, parts.roles)
    texts = _check(reading, parts, phases, tracks, above.period)
    if any(problem.severity == "error" for problem in reading.problems()):
        return None
    whole = _complete(above, parts, phases, texts.whole, source, digest)
    return replace(whole, tracks=tracks.definitions(whole, texts.tracks))


def _complete(
    above: head.Head, parts: Parts, phases: PhaseReader, texts: Texts, source: bytes, digest: str
) -> Definition:
    """All of it as one value, once nothing is wrong with any of it."""
    assert above.workflow is not None
    assert above.version is not None
    assert above.period is not None
    assert above.calendar is not None
    return Definition(
        workflow=above.workflow,
        version=above.version,
        digest=digest,
        basis=above.basis,
        agency=above.agency,
        period=above.period,
        covers=above.covers,
        calendar=above.calendar,
        settings=parts.settings,
        roles=parts.roles,
        forms=parts.forms,
        figures=parts.figures,
        choices=parts.choices,
        ladders=parts.ladders,
        journals=parts.journals,
        phases=phases.phases,
        states=phases.states,
        initial=phases.initial,
        due=parts.due,
        grants=parts.grants,
        texts=texts,
        source=source,
        subject=above.subject,
        reads=parts.reads,
        linked=parts.linked,
        publishes=parts.publishes,
        timetable=parts.timetable,
        pauses=parts.pauses,
        promises=parts.promises,
        public=parts.public,
    )


def _declare(reading: Reading, fields: Mapping[str, Node]) -> dict[str, dict[str, Node]]:
    """All names of all sections, before anything is read that may use them."""
    reserved = {"role": RESERVED_ROLES, "choice": RESERVED_PLACES, "phase": RESERVED_PLACES}
    reserved |= {"window": RESERVED_WINDOWS, "pause": BUILT_IN}
    found: dict[str, dict[str, Node]] = {}
    for kind, key in _SECTIONS.items():
        found[kind] = section(fields, key, f"`{key}`", reserved.get(kind, ()))
        reading.declare(kind, found[kind])
        if key in fields and not isinstance(fields[key].value, dict):
            reading.unreadable.add(kind)
    if "phase" in reading.unreadable or not found["phase"]:
        reading.unreadable.add("state")
        reading.ways_unsure = True
    return found


def _read_settings(reading: Reading, nodes: Mapping[str, Node]) -> dict[str, Setting]:
    settings = {
        name: one for name, node in nodes.items() if (one := head.read_setting(name, node)) is not None
    }
    reading.settings.update({name: one.value for name, one in settings.items()})
    reading.allowed.update(settings)
    return settings


def _read_parts(parts: Parts, sections: Mapping[str, Mapping[str, Node]]) -> None:
    parts.roles = {name: role for name, node in sections["role"].items() if (role := read_role(name, node))}
    check_circles(parts.roles, sections["role"])
    forms = FormReader(sections["form"])
    parts.forms = forms.read()
    parts.form_reader = forms
    for name in forms.items & parts.forms.keys():
        parts.forms[name] = replace(parts.forms[name], item_only=True)
    check_named(parts.roles, sections["role"], parts.forms)
    parts.choices = {
        name: choice for name, node in sections["choice"].items() if (choice := read_choice(name, node))
    }
    parts.ladders = {
        name: ladder for name, node in sections["ladder"].items() if (ladder := read_ladder(name, node))
    }


def _read_others(parts: Parts, sections: Mapping[str, Mapping[str, Node]], above: head.Head) -> None:
    """The other cases, those that are read and those that are opened; and the pauses that wait for them."""
    parts.pauses = read_pauses(sections["pause"])
    parts.reads = {
        name: one for name, node in sections["read"].items() if (one := read_read(name, node, above.workflow))
    }
    parts.linked = {
        name: link
        for name, node in sections["link"].items()
        if (link := read_link(name, node, above.period, above.workflow))
    }


def _read_figures(parts: Parts, gatherings: Mapping[str, Gather], nodes: Mapping[str, Node]) -> None:
    """Figures and picked lists stand on everything else that is written or read, so they come last."""
    assert parts.form_reader is not None
    sources = Sources(
        forms=parts.forms,
        settings=parts.settings,
        journals=parts.journals,
        gatherings=gatherings,
        reads=parts.reads,
    )
    parts.figures = FigureReader(nodes, sources).read()
    parts.form_reader.check_picks(sources)


def _check(
    reading: Reading, parts: Parts, phases: PhaseReader, tracks: TrackReader, period: PeriodRule | None
) -> TrackTexts:
    """What can only be said once everything is read: names, conditions, texts, ways."""
    settle_forms(parts, phases, tracks)
    known = case_names(Sources(forms=parts.forms, figures=parts.figures, settings=parts.settings))
    phases.check_moves()
    check_outside(parts.roles, phases.states, phases.nodes, phases.rules)
    namesakes = [journal.name for journal in parts.journals.values() if journal.form == journal.name]
    names.check_clashes(reading, _APART, namesakes)
    names.check_conditions(reading, known, unread_names(reading, parts))
    tracks.check_forms(phases.states.values())
    wanted = wanted_texts(
        phases=phases.phases,
        states=phases.states,
        forms=parts.forms,
        figures=parts.figures,
        named={
            "roles": parts.roles,
            "settings": parts.settings,
            "reads": parts.reads,
            "linked": parts.linked,
            "windows": parts.timetable,
            "pauses": parts.pauses,
            "gatherings": gathered_names(parts, phases, tracks),
            "journals": parts.journals,
        },
        undelegated=[name for name, role in parts.roles.items() if not role.delegable],
    )
    shared = shared_texts(phases.states, parts.forms, parts.figures)
    own = {name: one.states for name, one in tracks.readers.items()}
    texts = read_texts(reading, wanted, shared, known, own)
    names.check_uses(reading)
    names.check_unused(reading, filled_forms(parts, phases, tracks))
    tracks.check(parts.ladders, period, ways_unsure=reading.ways_unsure)
    graph.check_ladders(phases.ladder_uses, parts.ladders, phases.states)
    graph.check_beside(phases.states, phases.nodes, phases.rules, period)
    check_notified(phases.states, parts.choices, phases.initial, phases.rules)
    _check_undo(parts, phases, tracks)
    for reader in (phases, *tracks.readers.values()):
        check_gathers(reader.states, reader.nodes, reader.rules, parts.roles, parts.forms)
    if not reading.ways_unsure:
        graph.check_reach(phases.states, parts.choices, phases.initial, phases.nodes)
    return texts


def _check_undo(parts: Parts, phases: PhaseReader, tracks: TrackReader) -> None:
    around = Around(
        choices=parts.choices,
        roles=parts.roles,
        grants=parts.grants,
        figures=parts.figures,
        settings=parts.settings,
        publishes=parts.publishes,
        initial=phases.initial,
    )
    check_undo(phases.states, phases.rules, around)
    check_restores(phases.states, phases.rules)
    for track in tracks.readers.values():
        refuse_undo(track.states, track.rules)
        check_restores(track.states, track.rules)
