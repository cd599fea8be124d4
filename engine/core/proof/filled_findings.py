"""What is said of a condition that may read what is not there."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.definition import Definition, Label
from engine.core.places import Path
from engine.core.proof.finding import Finding, Severity
from engine.core.proof.hollow import Hollow, Why
from engine.core.proof.moves import Move
from engine.core.proof.stories import say_named, tell

__all__ = ["Doubt", "empty", "hollow", "unread"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that a condition reads, where it does, on which way; `stuck` if the case could not go on without it."""

    path: Path
    name: str
    stuck: bool
    way: tuple[Move, ...]

    @property
    def severity(self) -> Severity:
        """An error where the case cannot move, else a warning."""
        return "error" if self.stuck else "warning"


def empty(definition: Definition, doubt: Doubt, source: str) -> Finding:
    """What is compared was perhaps never written."""
    what, form = say_named(definition, doubt.name), say_named(definition, source)
    last = Label(
        id=f"Di sini “{what.id}” dibandingkan, padahal “{form.id}” belum pernah diisi.",
        en=f"Here “{what.en}” is compared, but “{form.en}” was never filled in.",
    )
    return Finding(
        code="may_be_empty",
        question="decided",
        severity=doubt.severity,
        path=doubt.path,
        message=Label(
            id=f"'{doubt.name}' dibandingkan di sini, dan '{source}' mungkin belum diisi",
            en=f"'{doubt.name}' is compared here, and '{source}' may not have been filled in",
        ),
        story=(*tell(definition, doubt.way[:-1]), last),
        suggestion=Label(
            id="lewatkan semua jalan melalui pengisian formulir itu, atau bandingkan yang lain",
            en="let every way lead through an act that fills that form, or compare something else",
        ),
        facts={"name": doubt.name, "form": source, "ways": [one.way.rule for one in doubt.way]},
    )


def unread(definition: Definition, doubt: Doubt, source: str, *, waited: bool) -> Finding:
    """What is compared stands in another case, which may not be there or not be so far; `waited`, nobody knows."""
    what, of = say_named(definition, doubt.name), say_named(definition, source.partition(".")[0])
    there = Label(
        id=f"'{doubt.name}' dibandingkan di sini, dan '{source}' dari kasus lain mungkin tidak ada",
        en=f"'{doubt.name}' is compared here, and '{source}' of the other case may not be there",
    )
    unknown = Label(
        id=f"'{doubt.name}' dibandingkan di sini, dan tidak terbukti bahwa '{source}' dari kasus lain sudah ada",
        en=f"'{doubt.name}' is compared here, and nothing proves that '{source}' of the other case is there",
    )
    last = Label(
        id=f"Di sini “{what.id}” dibandingkan, padahal dari “{of.id}” belum ada yang dapat dibaca.",
        en=f"Here “{what.en}” is compared, but there is nothing to be read of “{of.en}” yet.",
    )
    return Finding(
        code="read_may_be_missing",
        question="decided",
        severity="unproven" if waited else doubt.severity,
        path=doubt.path,
        message=unknown if waited else there,
        story=(*tell(definition, doubt.way[:-1]), last),
        suggestion=Label(
            id="biarkan orang yang menilainya dan mengisi formulir kasus ini, atau bandingkan yang lain",
            en="let a person look at it and fill in a form of this case, or compare something else",
        ),
        facts={"name": doubt.name, "form": source, "ways": [one.way.rule for one in doubt.way]},
    )


def hollow(definition: Definition, doubt: Doubt, why: Hollow) -> Finding:
    """What is compared may be missing although every form was filled."""
    left = why.why == "left_out"
    itself = left and why.path == doubt.name
    reason = _SAID["itself" if itself else why.why]
    what = say_named(definition, doubt.name)
    return Finding(
        code="may_be_left_out" if left else "may_be_nothing",
        question="decided",
        severity="unproven" if why.why == "nought" else doubt.severity,
        path=doubt.path,
        message=Label(
            id=f"'{doubt.name}' dibandingkan di sini, {reason.id.format(path=why.path)}",
            en=f"'{doubt.name}' is compared here, {reason.en.format(path=why.path)}",
        ),
        story=_told(what, stuck=doubt.stuck, itself=itself),
        suggestion=_HINTS[why.why],
        facts={"name": doubt.name, "form": why.path},
    )


def _told(what: Label, *, stuck: bool, itself: bool) -> tuple[Label, ...]:
    how = Label(id="dikosongkan", en="was left out") if itself else Label(id="tidak ada", en="is missing")
    after = Label(id="tindakan itu ditolak", en="the act is refused")
    if stuck:
        after = Label(
            id="tidak ada baris yang dapat dipilih dan kasus tidak dapat pindah",
            en="no row can be chosen and the case cannot move",
        )
    return (Label(id=f"“{what.id}” {how.id}, jadi {after.id}.", en=f"“{what.en}” {how.en}, so {after.en}."),)


_SAID: dict[str, Label] = {
    "itself": Label(id="tetapi boleh dikosongkan", en="and it may be left out"),
    "left_out": Label(
        id="dan '{path}' yang membentuknya boleh dikosongkan",
        en="and '{path}', of which it is made, may be left out",
    ),
    "nothing": Label(
        id="dan '{path}' boleh tanpa isi, padahal tanpa isi tidak ada hasilnya",
        en="and '{path}' may have nothing in it, of which nothing is worked out",
    ),
    "unjudged": Label(
        id="dan untuk '{path}' semua boleh menjawab tidak dapat menilai",
        en="and to '{path}' everybody may answer that they cannot judge",
    ),
    "nought": Label(
        id="dan tidak terbukti bahwa pembaginya, '{path}', lebih dari nol",
        en="and nothing proves that what it is divided by, '{path}', is more than nought",
    ),
}
_HINTS: dict[Why, Label] = {
    "left_out": Label(
        id="wajibkan isian itu, atau bandingkan yang lain",
        en="make the field needed, or compare another one",
    ),
    "nothing": Label(
        id="minta paling sedikit satu butir, `count: 1..n`, atau bandingkan jumlahnya",
        en="ask for one item at least, `count: 1..n`, or compare how many there are",
    ),
    "unjudged": Label(
        id="pakai `number` atau `choice`, atau biarkan orang yang memutuskan",
        en="use a `number` or a `choice`, or let a person decide",
    ),
    "nought": Label(
        id="beri bilangan itu rentang mulai dari 1, atau bagi dengan bilangan tetap",
        en="let that number begin at 1, or divide by a constant",
    ),
}
