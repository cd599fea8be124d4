"""What the tests of proofs stand on: a definition, possibly with something wrong in it, and what is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from engine.core.definition import Definition
from engine.core.parse import read
from engine.core.proof.finding import Ground, Proof
from tests.worlds import ROOT, calendar, machine, practice_at

_NOTHING: Mapping[str, str] = {}
SMALL = "tests/definitions/small"
NATIONAL = "tests/definitions/alone/asn-tahunan"
#: agreeing leads back as well, and both ways back from checking may be used up
USED_UP = {
    "late: {at: 10 working days after due, to: checking}": "late: {at: 10 working days after due, to: waiting}",
    "agree: {to: waiting, notify: employee}": "agree: {to: drafting, at_most: 1, notify: employee}",
    "at_most: 2, then: waiting}": "at_most: 1}",
    "        silent: {at: 20 working days after due, to: waiting}\n": "",
}
NO_SILENCE = {"  silent: {id: Diteruskan tanpa tanggapan, en: Passed on without an answer}\n": ""}


def changed(
    name: str, rules: Mapping[str, str] = _NOTHING, texts: Mapping[str, str] = _NOTHING
) -> Definition:
    """A definition with these replacements; one that finds no place, or several, fails."""
    return read(
        *(_replaced(f"{name}{end}", told) for end, told in ((".yaml", rules), (".texts.yaml", texts)))
    )


_PROMISES = "\npromises:"


def _replaced(path: str, changes: Mapping[str, str]) -> str:
    text = (Path(ROOT) / path).read_text(encoding="utf-8")
    if any(after.startswith(_PROMISES) for after in changes.values()):
        text, own, _ = text.partition(_PROMISES)  # other promises take the place of its own, which stand last
        text += "\n" if own else ""
    for before, after in changes.items():
        assert 1 == text.count(before), f"{before!r} stands {text.count(before)} times in {path}"
        text = text.replace(before, after)
    return text


def ground(definition: Definition, **others: Definition) -> Ground:
    """The definition in the year 2026, with the shipped calendar."""
    known = {one.workflow: one for one in others.values()}
    return Ground(definition=definition, calendar=calendar(), year=2026, others=known)


def shipped() -> Definition:
    """The national cycle as it is shipped."""
    return machine(NATIONAL).definition


def found(prover: Callable[[Ground], Proof], definition: Definition) -> list[tuple[str, str]]:
    """Severity and code of everything a proof found."""
    return [(one.severity, one.code) for one in prover(ground(definition)).findings]


def practice(name: str, changes: Mapping[str, str] = _NOTHING) -> Definition:
    """One of the practices, with each of these replaced wherever it stands."""
    path = Path(ROOT) / practice_at(name)
    rules, texts = (path.with_name(f"{name}{end}").read_text("utf-8") for end in (".yaml", ".texts.yaml"))
    for before, after in changes.items():
        assert before in rules
        rules = rules.replace(before, after)
    return read(rules, texts)
