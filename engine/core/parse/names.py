"""Names that must exist, names nobody uses, and conditions against what they may read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from engine.core.complaints import Said, say
from engine.core.complaints.kinds import TRACK_STATE, either, either_kind, kind_words
from engine.core.conditions import ConditionInvalid, Kind, compile_condition
from engine.core.parse.reading import Reading, Use
from engine.core.places import nearest, quoted

_SHOWN = 8
_TARGETS = {"state", "choice"}
_WARNED = ("role", "figure", "choice", "ladder", "setting", "link", "track", "window", "pause")


def check_uses(reading: Reading) -> None:
    """Complains of every name that nothing declares."""
    for use in reading.uses:
        if any(use.name in reading.names(kind) for kind in use.kinds):
            continue
        if any(kind in _TARGETS or kind.startswith(TRACK_STATE) for kind in use.kinds):
            reading.ways_unsure = True
        if set(use.kinds) & reading.unreadable:
            continue
        hint = _hint(reading, use)
        use.node.error("unknown_name", _nothing_called(use), hint, on_key=use.node.value != use.name)


def _hint(reading: Reading, use: Use) -> Said:
    if _is_standard(use):
        return say("add_standard_ladder")
    for kind in reading.declared.keys() - set(use.kinds):
        if use.name in reading.names(kind):
            return say("of_another_kind", use=use.name, kind=kind_words(kind), names=either_kind(use.kinds))
    known = [name for kind in use.kinds for name in reading.names(kind)]
    some = say("known", known=", ".join(known[:_SHOWN])) if known else say("none_is_declared")
    return nearest(use.name, known) or some


def _is_standard(use: Use) -> bool:
    """Whether the name was not written but is what stands there unsaid."""
    return use.kinds == ("ladder",) and use.name == "standard" and use.node.value != use.name


def _nothing_called(use: Use) -> Said:
    if _is_standard(use):
        return say("no_standard_ladder")
    return say("there_is_no", kind=either(map(kind_words, use.kinds)), name=quoted(use.name))


def check_unused(reading: Reading, filled: Collection[str]) -> None:
    """Remarks on names that are declared and never used, and on forms that nobody fills.

    Says nothing where something was refused by name: it may well be what uses them.
    """
    if any(problem.code == "not_yet" for problem in reading.problems()):
        return
    for name, node in reading.names("form").items():
        if name not in filled:
            node.warning("unused", say("form_never_filled", name=name), say("give_to_task"))
    used = {(kind, use.name) for use in reading.uses for kind in use.kinds}
    for kind in _WARNED:
        for name, node in reading.names(kind).items():
            if (kind, name) not in used:
                node.warning(
                    "unused", say("never_used", kind=kind_words(kind), name=name), say("use_or_remove")
                )


def check_clashes(
    reading: Reading, groups: Iterable[tuple[str, ...]], namesakes: Collection[str] = ()
) -> None:
    """Complains of one name for two things that may stand in the same place.

    `namesakes` are journals called as their own form: whoever may read the one may read the other.
    """
    for group in groups:
        for number, kind in enumerate(group):
            for other in group[number + 1 :]:
                same = reading.names(kind).keys() & reading.names(other).keys()
                if {kind, other} == {"form", "journal"}:
                    same -= set(namesakes)
                for name in same:
                    message = say("name_of_two", name=name, kind=kind_words(kind), other=kind_words(other))
                    reading.names(other)[name].error("clash", message, say("rename_one_of_them"), on_key=True)


def check_conditions(reading: Reading, names: Mapping[str, Kind], unread: Collection[str]) -> None:
    """Compiles every condition; what it reads counts as used. Nothing is said about names in `unread`."""
    for saying in reading.sayings:
        known = names if saying.names is None else saying.names
        try:
            guard = compile_condition(saying.text, known)
        except ConditionInvalid as invalid:
            for fault in invalid.faults:
                if fault.unknown and fault.unknown in unread:
                    continue
                saying.node.error("condition", fault.message, fault.suggestion, offset=fault.offset)
            continue
        if saying.names is None:
            for name in guard.names:
                reading.use_value(name, saying.node)
