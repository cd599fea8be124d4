"""Who may see and do what, for one definition: its roles by its states, what each may read, and the general rules.

It is generated from the definition and the table of rules, so it cannot say anything else than they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.core.access.rules import RULES
from engine.core.access.words import ACTION_WORDS, OTHERS_ONLY, WHO_WORDS
from engine.core.definition import HOLDER, By, Definition, Gather, Label, Language, State, TaskRule
from engine.core.labels import transition_label
from engine.core.visibility import inputs_of

__all__ = ["WORDS", "Cell", "Matrix", "ReadRow", "RuleRow", "StateLine", "markdown", "matrix_of"]

_NOTHING = Label(id="–", en="–")
_ALWAYS = Label(id="selalu", en="always")
_HOLDS = Label(id="memegang tugas", en="holds the task")
_ASKED = Label(id="dimintai jawaban", en="is asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a role does in a state, and what it reads for that work alone, while it lasts."""

    does: tuple[Label, ...] = ()
    reads: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """A state, with a cell for each role."""

    phase: Label
    state: Label
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A form, figure, journal or gathering: since when each role reads it."""

    what: Label
    since: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A general rule in words."""

    what: Label
    who: Label
    but: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All of it, in both languages."""

    title: Label
    name: str
    roles: tuple[Label, ...]
    states: tuple[StateLine, ...]
    reads: tuple[ReadRow, ...]
    rules: tuple[RuleRow, ...]


def matrix_of(definition: Definition) -> Matrix:
    """The matrix of a definition."""
    labels = definition.texts.label
    whole = (definition, *definition.tracks.values())
    return Matrix(
        title=definition.texts.title,
        name=definition.name,
        roles=tuple(labels("roles", role) for role in definition.roles),
        states=tuple(line for one in whole for line in _states(definition, one)),
        reads=tuple(_reads(definition)),
        rules=tuple(_rules()),
    )


def _states(definition: Definition, part: Definition) -> Iterator[StateLine]:
    for phase in part.phases.values():
        for name in phase.states:
            state = part.states[name]
            yield StateLine(
                phase=part.texts.label("phases", phase.name),
                state=part.texts.label("states", name),
                cells=tuple(_cell(part, state, role) for role in definition.roles),
            )


def _cell(definition: Definition, state: State, role: str) -> Cell:
    works = role in _workers(state.work)
    does = [_ASKED if isinstance(state.work, Gather) else _HOLDS] if works else []
    does += [
        transition_label(definition, way)
        for way in state.transitions
        if isinstance(way.trigger, By)
        and (role in way.trigger.roles or (works and way.trigger.roles in {(), (HOLDER,)}))
    ]
    shown: list[str] = []
    if works and state.work is not None:
        shown += [*state.work.shows, *((state.work.form,) if state.work.form else ())]
        if isinstance(state.work, Gather) and state.work.sign:
            shown.append(state.work.sign)
    reads = tuple(dict.fromkeys(_named(definition, name) for name in shown))
    return Cell(does=tuple(dict.fromkeys(does)), reads=reads)


def _workers(work: TaskRule | Gather | None) -> tuple[str, ...]:
    if work is None:
        return ()
    return work.who if isinstance(work, Gather) else (work.who,)


def _reads(definition: Definition) -> Iterator[ReadRow]:
    granted = dict.fromkeys(one.what for one in definition.grants)
    worked = {
        one.work.form
        for part in (definition, *definition.tracks.values())
        for one in part.states.values()
        if one.work is not None
    }
    own = (name for name in definition.forms if name in granted or name in worked)
    for name in dict.fromkeys((*own, *definition.journals, *granted)):
        yield ReadRow(
            what=_named(definition, name),
            since=tuple(_since(definition, name, role) for role in definition.roles),
        )
    for name in definition.figures:
        if name not in granted:
            yield ReadRow(
                what=_named(definition, name),
                since=tuple(_derived(definition, name, role) for role in definition.roles),
            )


def _derived(definition: Definition, figure: str, role: str) -> Label:
    """Since when a role reads a figure without a grant of its own: since it reads all it is worked out from."""
    roots = dict.fromkeys(one.partition(".")[0] for one in sorted(inputs_of(definition, figure)))
    inputs = [_since(definition, one, role) for one in roots if one not in definition.reads]
    if not inputs or _NOTHING in inputs:
        return _NOTHING
    late = dict.fromkeys(one for one in inputs if one != _ALWAYS)
    return Label(
        id=" & ".join(one.id for one in late) or _ALWAYS.id,
        en=" & ".join(one.en for one in late) or _ALWAYS.en,
    )


def _since(definition: Definition, what: str, role: str) -> Label:
    grants = [one for one in definition.grants if (one.what, one.role) == (what, role)]
    if not grants:
        return _NOTHING
    if any(not one.since for one in grants):
        return _ALWAYS
    states = dict.fromkeys(state for one in grants for state in one.since)
    told = _joined([_state_label(definition, state) for state in states], " / ")
    return Label(id=f"sejak {told.id}", en=f"since {told.en}")


def _named(definition: Definition, name: str) -> Label:
    """The words for something that can be read; of what is read of other cases, the words for those cases."""
    labels = definition.texts.labels
    kinds = ("gatherings", "forms", "figures", "journals", "reads", "linked")
    known = (labels[kind].get(one) for one in (name, name.partition(".")[0]) for kind in kinds)
    return next((label for label in known if label is not None), Label(id=name, en=name))


def _state_label(definition: Definition, state: str) -> Label:
    parts = (definition, *definition.tracks.values())
    found = next((one for one in parts if state in one.states), definition)
    return found.texts.label("states", state)


def _rules() -> Iterator[RuleRow]:
    for rule in RULES:
        yield RuleRow(
            what=_joined([ACTION_WORDS[action] for action in rule.actions], "; "),
            who=WHO_WORDS[type(rule.who)],
            but=OTHERS_ONLY if rule.when is not None else Label(id="", en=""),
        )


def _joined(labels: Iterable[Label], by: str) -> Label:
    held = tuple(labels)
    return Label(id=by.join(one.id for one in held), en=by.join(one.en for one in held))


def markdown(matrix: Matrix, language: Language) -> str:
    """The matrix as a page."""
    word = WORDS[language]
    lines = [f"# {matrix.title[language]} (`{matrix.name}`): {word['title']}", "", word["made"], ""]
    lines += [f"## {word['states']}", "", *_table(_state_table(matrix, language)), ""]
    lines += [word["states_hint"], "", f"## {word['reads']}", "", *_table(_read_table(matrix, language)), ""]
    lines += [word["reads_hint"], "", f"## {word['rules']}", "", *_table(_rule_table(matrix, language)), ""]
    lines += [word["rules_hint"], ""]
    return "\n".join(lines)


def _state_table(matrix: Matrix, language: Language) -> Iterator[list[str]]:
    word = WORDS[language]
    yield [word["phase"], word["state"], *(one[language] for one in matrix.roles)]
    for line in matrix.states:
        yield [
            line.phase[language],
            line.state[language],
            *(_told(cell, language) for cell in line.cells),
        ]


def _told(cell: Cell, language: Language) -> str:
    parts = ["; ".join(one[language] for one in cell.does)]
    if cell.reads:
        names = ", ".join(one[language] for one in cell.reads)
        parts.append(f"{WORDS[language]['reading']}: {names}")
    return ". ".join(filter(None, parts)) or "–"


def _read_table(matrix: Matrix, language: Language) -> Iterator[list[str]]:
    yield [WORDS[language]["what"], *(one[language] for one in matrix.roles)]
    for row in matrix.reads:
        yield [row.what[language], *(one[language] for one in row.since)]


def _rule_table(matrix: Matrix, language: Language) -> Iterator[list[str]]:
    word = WORDS[language]
    yield [word["rule"], word["who"], word["but"]]
    for row in matrix.rules:
        yield [row.what[language], row.who[language], row.but[language] or "–"]


def _table(rows: Iterable[list[str]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"| {' | '.join(one.replace('|', '/') for one in row)} |"
        if number == 0:
            yield f"|{'---|' * len(row)}"


#: what the page says around the tables
WORDS: dict[Language, dict[str, str]] = {
    "id": {
        "title": "siapa boleh melihat dan melakukan apa",
        "made": "Dihasilkan dari definisi dan tabel aturan akses; jangan disunting dengan tangan (`siklus matrix`).",
        "states": "Apa yang dilakukan pada setiap langkah",
        "states_hint": "Yang dibaca untuk suatu tugas terbuka selama tugas itu dipegang. Setiap orang membaca yang"
        " ditulisnya sendiri. Unit kepegawaian mengatur jalannya kasus orang lain pada setiap langkah.",
        "reads": "Apa yang dibaca",
        "reads_hint": "“Sejak” suatu langkah: sejak kasus pertama kali sampai di sana.",
        "rules": "Aturan umum",
        "rules_hint": "Yang tidak disebut di sini ditolak. Membuka kasus belum berarti membaca isinya: isinya menurut"
        " tabel di atas.",
        "back": "Kembali ke aturannya",
        "phase": "Tahap",
        "state": "Langkah",
        "what": "Isi",
        "reading": "membaca untuk itu",
        "rule": "Apa",
        "who": "Siapa",
        "but": "Kecuali",
    },
    "en": {
        "title": "who may see and do what",
        "made": "Generated from the definition and the table of access rules; not to be edited (`siklus matrix`).",
        "states": "What is done in each state",
        "states_hint": "What is read for a task is open while the task is held. Everybody reads what they wrote"
        " themselves. The personnel desk steers the cases of others in every state.",
        "reads": "What is read",
        "reads_hint": "“Since” a state: since the case first came there.",
        "rules": "General rules",
        "rules_hint": "What is not named here is denied. To open a case is not yet to read its contents: those are as"
        " the tables above say.",
        "back": "Back to the rules",
        "phase": "Phase",
        "state": "State",
        "what": "Content",
        "reading": "reads for it",
        "rule": "What",
        "who": "Who",
        "but": "Except",
    },
}
