"""One person's data as a file to be handed to them: a zip of JSON for programs, pages to read, and tables.

Cases are told as the person themselves sees them, by the very functions of their pages: what others wrote is in it as
far as it was disclosed to them, and not otherwise.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api import case_shapes, shapes
from api.pages.case_parts import history, readable_figures, readable_forms
from api.pages.rendering import page_text
from api.pages.words import Words
from engine.core.audit import stamp
from engine.core.chart import Person
from engine.core.csv_writing import write_csv
from engine.core.definition import Language
from engine.core.privacy.classes import CLASSES
from engine.core.privacy.erasing import GROUNDS
from engine.core.privacy.looks import UNNAMED, Look
from engine.core.privacy.official import Official
from engine.core.telling import say_name
from engine.errors import NotFound
from engine.runtime import CaseView, Engine
from engine.runtime.attaching import readable_files
from engine.runtime.privacy.exporting import Gathered
from engine.store import queries

__all__ = ["export_of"]

#: the newest a file in a zip may be without saying when it was made, so that the same data give the same bytes
_UNDATED = (1980, 1, 1, 0, 0, 0)
#: bytes of attached files in one export; those beyond are named in it, and can be had from their case
_MOST_BYTES = 100_000_000
_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def export_of(engine: Engine, person: str, *, who: Official, reason: str, language: Language) -> bytes:
    """The zip of everything about a person (a key). Raises: NotFound, NotYours, ReasonMissing."""
    found = engine.privacy.exports.gather(person, who=who, reason=reason)
    views = [engine.case(one.id, person) for one in found.cases]
    for view in views:
        if who.person != person:
            engine.privacy.reads.note(who.key, view.case.id, ["forms", "answers", "journals", "files", "log"])
    if who.person != person:
        engine.privacy.reads.note(who.key, person, ["chart", "letters"])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(engine, found, views, Words(language)):
            archive.writestr(zipfile.ZipInfo(name, _UNDATED), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _files(
    engine: Engine, found: Gathered, views: list[CaseView], word: Words
) -> Iterator[tuple[str, bytes]]:
    attached, left = _attached(engine, views)
    told = _told(engine, found, views, [name for name, _ in attached], left)
    yield "data.json", json.dumps(told, ensure_ascii=False, indent=2, default=str).encode()
    yield "index.html", _page(engine, found, views, word).encode()
    for name, columns, rows in _tables(engine, found, word):
        yield f"{name}.csv", _table(columns, rows)
    yield from attached


def _told(
    engine: Engine, found: Gathered, views: list[CaseView], attached: list[str], left: list[str]
) -> dict[str, Any]:
    """Everything as values, for programs."""
    own = {case.id for case in found.cases}
    return {
        "person": found.person,
        "made_at": stamp(found.at),
        "classes": {name: {"purpose": one.purpose.en, "ground": one.ground.en} for name, one in CLASSES.items()},
        "chart": [_segment(one) for one in found.segments],
        "cases": [
            case_shapes.case(view, engine.latest_end(view.case), found.person).model_dump(mode="json")
            for view in views
        ],
        "wrote": [
            {"case": one.case, "of": one.of, "entry": one.seq, "at": stamp(one.at), "name": one.name or "reason",
             "class": one.data, "value": one.value}
            for one in found.wrote
        ],
        "letters": [shapes.message(engine.chart, one).model_dump(mode="json") for one in found.letters],
        "delegations": [
            {"id": one.id, "giver": one.giver, "taker": one.taker, "from": one.first, "to": one.last,
             "ended_at": stamp(one.ended_at) if one.ended_at else None}
            for one in found.delegations
        ],
        "looks": [_look(one) for one in found.looks],
        "erasures": [
            {"id": one.id, "state": one.state, "ground": one.ground, "asked_at": stamp(one.asked_at),
             "reason": one.reason}
            for one in found.erasures
        ],
        "holds": [
            {"id": one.id, "of": one.object, "put_at": stamp(one.put_at), "lifted": bool(one.lifted_at)}
            for one in found.holds
        ],
        "break_glass": [
            {"id": one.id, "state": one.state, "rights": list(one.rights), "reason": one.reason,
             "cases": [name for name in one.cases if one.to.person == found.person or name in own]}
            for one in found.glass
        ],
        "files": attached,
        "files_left_out": left,
    }  # fmt: skip


def _segment(one: Person) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _look(one: Look) -> dict[str, str]:
    told = {"of": one.object, "hour": stamp(one.hour), "by": one.actor, "class": one.data}
    return told | ({"break_glass": one.under} if one.under else {})


def _attached(engine: Engine, views: Iterable[CaseView]) -> tuple[list[tuple[str, bytes]], list[str]]:
    """The files their cases show them, and the names of those left out."""
    kept: list[tuple[str, bytes]] = []
    left: list[str] = []
    size = 0
    for view in views:
        for told in readable_files(view):
            name = f"files/{view.case.id}/{told['sha256'][:12]}-{_PLAIN.sub('_', str(told['name']))[-80:]}"
            if any(name == other for other, _ in kept):
                continue
            try:
                data = engine.attached(view, told["sha256"]).data
            except NotFound:
                left.append(name)
                continue
            if size + len(data) > _MOST_BYTES:
                left.append(name)
                continue
            size += len(data)
            kept.append((name, data))
    return kept, left


def _tables(
    engine: Engine, found: Gathered, word: Words
) -> Iterator[tuple[str, tuple[str, ...], list[dict[str, object]]]]:
    segments = [_segment(one) for one in found.segments]
    yield "chart", tuple(found.segments[0].__slots__), segments
    wrote: list[dict[str, object]] = [
        {"at": stamp(one.at), "case": one.case or one.of, "entry": one.seq, "name": one.name or "reason",
         "text": one.value if isinstance(one.value, str) else json.dumps(one.value, ensure_ascii=False)}
        for one in found.wrote
    ]  # fmt: skip
    yield "wrote", ("at", "case", "entry", "name", "text"), wrote
    yield (
        "looks",
        ("hour", "by", "name", "of", "class", "break_glass"),
        [{**_look(one), "name": _name(engine, one.actor, word)} for one in found.looks],
    )
    letters: list[dict[str, object]] = [
        {"at": stamp(one.created_at), "kind": one.kind, "case": one.case_id,
         "read_at": stamp(one.read_at) if one.read_at else ""}
        for one in found.letters
    ]  # fmt: skip
    yield "letters", ("at", "kind", "case", "read_at"), letters


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> bytes:
    file = io.StringIO(newline="")
    write_csv(file, columns, rows)
    return file.getvalue().encode("utf-8-sig")  # the mark tells spreadsheet programs that it is UTF-8


def _page(engine: Engine, found: Gathered, views: list[CaseView], word: Words) -> str:
    """Everything to be read, as one page that needs nothing else."""
    cases = []
    for view in views:
        with engine.database.read() as snapshot:
            written = queries.written(snapshot, view.case.id)
        cases.append(
            {
                "id": view.case.id,
                "title": view.definition.texts.title[word.language],
                "period": f"{view.case.period_from} – {view.case.period_to}",
                "state": view.definition.texts.label("states", view.case.state)[word.language],
                "forms": [form for form, _ in readable_forms(view, word)],
                "figures": readable_figures(view, word),
                "events": history(view, written, found.person, word),
            }
        )
    return page_text(
        "export.html",
        word=word,
        language=word.language,
        name=found.segments[-1].name,
        person=found.person,
        made_at=stamp(found.at),
        segments=found.segments,
        cases=cases,
        wrote=[one for one in found.wrote if isinstance(one.value, str)],
        looks=[(stamp(one.hour), _name(engine, one.actor, word), one.object, _label(one, word), one.under)
               for one in found.looks],
        erasures=[(one.id, GROUNDS[one.ground][word.language], one.state) for one in found.erasures],
    )  # fmt: skip


def _label(one: Look, word: Words) -> str:
    known = next((known for known in CLASSES.values() if known.name == one.data), None)
    return known.label[word.language] if known is not None else one.data


def _name(engine: Engine, who: str, word: Words) -> str:
    if who == UNNAMED:
        return word("privacy.unnamed")
    return say_name(engine.chart, who, word.language) if engine.chart.history(who) else who
