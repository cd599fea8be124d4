"""Erasing words: what is asked, what stands in the way, and what the log tells of it for ever.

Entries stay, and their chain with them: what goes are the words they commit to, and the names behind the keys. One
asks, another decides; the entry that tells an erasure commits to the list of what was erased, and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from engine.core.audit import Entry
from engine.core.codec import canonical, decode
from engine.core.definition import Label
from engine.core.privacy.classes import CLASSES, ClassName
from engine.core.privacy.official import Official, official_of

__all__ = [
    "GROUNDS", "HINDRANCES", "PRIVACY", "Erasure", "Ground", "Hindrance", "Hold", "Scope", "Word", "digest_of",
    "erasures_told", "holds_told",
]  # fmt: skip

#: the stream in which erasures, holds and exports are told
PRIVACY = "privacy"

Ground = Literal["retention", "request", "order", "mistake"]
State = Literal["asked", "erased", "refused"]
#: a word that was erased: the stream and number of its entry, and the name it has there
Word = tuple[str, int, str]

GROUNDS: Mapping[Ground, Label] = {
    "retention": Label(id="masa simpan sudah lewat", en="the time it is kept is over"),
    "request": Label(id="permintaan orang yang bersangkutan", en="the person concerned asked for it"),
    "order": Label(id="perintah pengadilan atau lembaga berwenang", en="an order of a court or authority"),
    "mistake": Label(
        id="data keliru atau diproses tanpa hak", en="data that is wrong or was kept without right"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is to be erased: classes of words in these ended cases; of a person also what is in no case.

    Of a person `letters` and `requests` are those to and of them, and `chart` is the name, number and address behind
    their key. `reasons` are also those that stand beside no case and are about the person or one of these cases; and
    all of what is named in `said` (an outage, an erasure, a hold, a grant, `definitions/7`: see `Said`).
    """

    person: str = ""
    cases: tuple[str, ...] = ()
    classes: tuple[ClassName, ...] = ()
    said: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """The scope as an entry tells it."""
        told = {"person": self.person, "cases": list(self.cases), "classes": list(self.classes)}
        return told | ({"said": list(self.said)} if self.said else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """An erasure that was asked for, and what became of it. Words that were erased themselves are ""."""

    id: str
    scope: Scope
    ground: Ground
    asked_by: Official
    asked_at: int
    reason: str
    state: State = "asked"
    decided_by: Official | None = None
    decided_at: int = 0
    decision: str = ""
    #: how many rows of each class went, and how many words of entries among them, with the digest of their list
    counts: Mapping[str, int] | None = None
    words: int = 0
    digest: str = ""
    #: whether the database's files may still hold what was erased
    residue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A legal hold on a person's or a case's data: nothing of it is erased until it is lifted."""

    id: str
    #: a person's key or a case's id
    object: str
    put_by: Official
    put_at: int
    reason: str
    lifted_at: int = 0


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why nothing may be erased yet: a code, and the case, person or hold it is about."""

    code: str
    about: str

    @property
    def label(self) -> Label:
        """In words."""
        told = HINDRANCES[self.code]
        return Label(id=told.id.format(about=self.about), en=told.en.format(about=self.about))


HINDRANCES: Mapping[str, Label] = {
    "runs": Label(
        id="kasus {about} masih berjalan; isinya masih menentukan langkahnya",
        en="case {about} still runs; its words still decide its steps",
    ),
    "kin_runs": Label(
        id="kasus {about} yang berkaitan masih berjalan dan membaca isinya",
        en="case {about}, which hangs together with it, still runs and reads its words",
    ),
    "waits": Label(
        id="dalam kasus {about} masih ada tugas yang menunggu", en="somebody still has a task in case {about}"
    ),
    "held": Label(
        id="ada perintah penyimpanan {about}; cabut dahulu",
        en="there is a legal hold, {about}; it is lifted first",
    ),
    "serves": Label(
        id="{about} masih bertugas menurut bagan organisasi",
        en="{about} is still in post by the organisation chart",
    ),
    "busy": Label(id="{about} masih memegang tugas", en="{about} still holds a task"),
    "stands": Label(
        id="{about} belum selesai; alasannya masih diperlukan",
        en="{about} is not over; its reason is still needed",
    ),
    "signs_in": Label(id="akun {about} masih aktif", en="account {about} is still active"),
}


def digest_of(words: Iterable[Word]) -> str:
    """What binds a list of erased words: SHA-256 of its canonical bytes, sorted."""
    return hashlib.sha256(canonical(sorted([stream, seq, name] for stream, seq, name in words))).hexdigest()


def erasures_told(entries: Iterable[Entry], words: Mapping[int, str]) -> tuple[Erasure, ...]:
    """Every erasure asked for, the first first; `words` are the reasons that are not erased, by entry."""
    found: dict[str, Erasure] = {}
    for line in entries:
        facts = decode(line.body)
        who, said = official_of(facts.get("actor", {})), words.get(line.seq, "")
        if line.kind == "erasure_asked":
            name = f"e-{line.seq}"
            found[name] = Erasure(
                id=name, scope=_scope(facts["scope"]), ground=facts["ground"], asked_by=who, asked_at=line.at,
                reason=said,
            )  # fmt: skip
        elif line.kind == "erasure_refused":
            found[facts["erasure"]] = replace(
                found[facts["erasure"]], state="refused", decided_by=who, decided_at=line.at, decision=said
            )
        elif line.kind == "erased":
            found[facts["erasure"]] = replace(
                found[facts["erasure"]], state="erased", decided_by=who, decided_at=line.at, decision=said,
                counts=facts["counts"], words=facts["words"]["count"], digest=facts["words"]["digest"],
            )  # fmt: skip
    return tuple(found.values())


def holds_told(entries: Iterable[Entry], words: Mapping[int, str]) -> tuple[Hold, ...]:
    """Every legal hold there was, the first first."""
    found: dict[str, Hold] = {}
    for line in entries:
        facts = decode(line.body)
        if line.kind == "hold_put":
            name = f"h-{line.seq}"
            found[name] = Hold(
                id=name, object=facts["object"], put_by=official_of(facts["actor"]), put_at=line.at,
                reason=words.get(line.seq, ""),
            )  # fmt: skip
        elif line.kind == "hold_lifted":
            found[facts["hold"]] = replace(found[facts["hold"]], lifted_at=line.at)
    return tuple(found.values())


def _scope(facts: Mapping[str, Any]) -> Scope:
    classes = tuple(cast(ClassName, one) for one in facts["classes"] if one in CLASSES)
    said = tuple(facts.get("said", ()))
    return Scope(person=facts["person"], cases=tuple(facts["cases"]), classes=classes, said=said)
