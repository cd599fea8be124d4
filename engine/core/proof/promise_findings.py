"""What is said of promises: a line for each, all of them in one sentence, and the finding of one that is not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.definition import (
    Definition,
    Label,
    Promise,
)
from engine.core.promise_words import say_promise
from engine.core.proof.finding import Finding, Severity
from engine.core.proof.promised_days import Verdict

__all__ = ["Held", "broken", "line", "summary"]


_SAID: dict[Verdict, Label] = {
    "always": Label(id="selalu", en="always"),
    "if_done_by_due": Label(id="bila setiap tugas selesai pada tenggatnya", en="if tasks are done by due"),
    "no": Label(id="tidak", en="no"),
    "not_proven": Label(id="tidak terbukti", en="not proven"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What came of one promise: the verdict, and the story of a case for which it is broken."""

    verdict: Verdict
    story: tuple[Label, ...] = ()
    ways: tuple[str, ...] = ()


def line(definition: Definition, promise: Promise, held: Held) -> Label:
    """What people read of one promise: the sentence and its verdict."""
    sentence, verdict = say_promise(definition, promise), _SAID[held.verdict]
    return Label(
        id=f"{sentence.id} {verdict.id.capitalize()}.", en=f"{sentence.en} {verdict.en.capitalize()}."
    )


def summary(held: Sequence[Held]) -> Label:
    """All promises in one sentence."""
    if not held:
        return Label(id="tidak ada yang dijanjikan", en="nothing is promised")
    counts = {verdict: sum(one.verdict == verdict for one in held) for verdict in _SAID}
    told = [(count, _SAID[verdict]) for verdict, count in counts.items() if count]
    return Label(
        id=f"{len(held)} janji: " + ", ".join(f"{count} {label.id}" for count, label in told),
        en=f"{len(held)} promise{'' if len(held) == 1 else 's'}: "
        + ", ".join(f"{count} {label.en}" for count, label in told),
    )


def broken(definition: Definition, number: int, promise: Promise, held: Held) -> Finding:
    """A promise that is not kept, or not proven to be."""
    sentence = say_promise(definition, promise)
    severity: Severity = "error" if held.verdict == "no" else "unproven"
    doubt = held.verdict != "no"
    return Finding(
        code="promise_not_proven" if doubt else "promise_broken",
        question="kept",
        severity=severity,
        path=("promises", number),
        message=Label(
            id=f"janji ini {'belum terbukti' if doubt else 'tidak ditepati'}: {sentence.id.removesuffix('.')}",
            en=f"this promise is {'not proven' if doubt else 'not kept'}: {sentence.en.removesuffix('.')}",
        ),
        story=held.story,
        suggestion=Label(
            id="ubah aturannya, atau janjikan yang benar-benar berlaku",
            en="change the rules, or promise what holds",
        ),
        facts={"verdict": held.verdict, "ways": list(held.ways)},
    )
