"""The second report on a pack: whether what happened was lawful, and what became of what was promised."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from engine.lawful.days import DayClock, WorkDays
from engine.lawful.kept import Keeping, promises_after, reachable
from engine.lawful.rules import NoRulesError, RuleBook, Way, book_of
from engine.lawful.standing import Breach, Life, World
from engine.lawful.walk import ODD, Walk

__all__ = ["LAWFUL", "NOT_JUDGED", "UNLAWFUL", "LawReport", "Share", "joined", "judge", "share_of"]

LAWFUL, UNLAWFUL, NOT_JUDGED = 0, 10, 20
_ANSWERS = {LAWFUL: "LAWFUL", UNLAWFUL: "UNLAWFUL", NOT_JUDGED: "NOT JUDGED"}
#: breaches that are told one by one; all are counted
_MOST_TOLD = 200
_Files = Callable[[str], "bytes | None"]


class LawReport:
    """What came out: every breach with the entry, the rule in words and what would have been lawful."""

    def __init__(self) -> None:
        self.breaches: list[Breach] = []
        self.count = self.cases = self.entries = 0
        #: how promises stand, and those that were broken: case, number, entries
        self.promises = {"kept": 0, "broken": 0, "open": 0, "lost": 0}
        self.broken: list[tuple[str, int, tuple[int, ...]]] = []
        self.standings: dict[str, list[tuple[int, str, tuple[int, ...]]]] = {}
        self.unjudged: list[str] = []

    @property
    def code(self) -> int:
        """What is added to the number the program exits with."""
        if self.count:
            return UNLAWFUL
        return NOT_JUDGED if self.unjudged else LAWFUL

    def keep(self, breach: Breach) -> None:
        """One more breach."""
        self.count += 1
        if len(self.breaches) < _MOST_TOLD:
            self.breaches.append(breach)

    def json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "verdict": _ANSWERS[self.code],
            "code": self.code,
            "cases": self.cases,
            "entries": self.entries,
            "breaches": self.count,
            "told": [one._asdict() for one in self.breaches],
            "not judged": self.unjudged,
            "promises": {**self.promises},
            "broken promises": [
                {"stream": stream, "promise": number, "entries": list(entries)}
                for stream, number, entries in self.broken
            ],
        }

    def lines(self) -> list[str]:
        """For people: the answer, figures, then breach by breach."""
        kept = ", ".join(f"{number} {name}" for name, number in self.promises.items())
        found = [
            _ANSWERS[self.code],
            f"  cases: {self.cases}",
            f"  entries: {self.entries}",
            f"  promises: {kept}",
        ]
        found += [
            f"  - leaf {one.leaf} ({one.stream} entry {one.seq}), {one.rule}: {one.said}; lawful: {one.lawful}"
            for one in self.breaches
        ]
        if self.count > len(self.breaches):
            found.append(f"  - and {self.count - len(self.breaches)} more")
        found += [f"  - not judged: {one}" for one in self.unjudged[:_MOST_TOLD]]
        for stream, number, entries in self.broken[:_MOST_TOLD]:
            shown = ", ".join(str(one) for one in entries)
            found.append(f"  - promise {number} of the definition was broken in {stream} (entries {shown})")
        return found


class Share(NamedTuple):
    """What came of some of the cases; what hangs on other cases is left to whoever has all shares."""

    report: LawReport
    #: cases: the leaf of the first entry, and why it cannot be judged
    cases: dict[str, tuple[int, str]]
    kept: dict[str, list[tuple[int, str, tuple[int, ...]]]]
    published: dict[str, str]
    opened: dict[str, set[str]]
    born: list[tuple[int, Mapping[str, Any]]]
    corrected: list[tuple[int, Mapping[str, Any]]]
    supersedes: dict[str, str]


class _Judge:
    def __init__(self, definition: _Files, calendar: _Files) -> None:
        self.report = LawReport()
        self._first: dict[str, int] = {}
        self._definition, self._calendar = definition, calendar
        self._books: dict[str, RuleBook | None] = {}
        self._calendars: dict[str, WorkDays | None] = {}
        self._zones: dict[str, DayClock] = {}
        self._ahead: dict[tuple[int, str], frozenset[str]] = {}
        self._kept: dict[str, list[Keeping]] = {}
        self._before: dict[str, tuple[int, list[Keeping]]] = {}
        self._published: dict[str, str] = {}
        self._opened: dict[str, set[str]] = {}
        self._born: list[tuple[int, Mapping[str, Any]]] = []
        self._corrected: list[tuple[int, Mapping[str, Any]]] = []
        self._supersedes: dict[str, str] = {}
        self.walk = Walk(World(self._book, self._days, self._zone), self.report.keep)

    def take(self, leaf: int, told: Mapping[str, Any]) -> None:
        """One more entry of the pack."""
        try:
            self._take(leaf, told)
        except ODD as odd:
            said = f"the entry lacks what its kind says ({type(odd).__name__} {odd})"
            stream, seq = str(told.get("stream")), told.get("seq")
            self.report.keep(
                Breach(leaf, stream, seq if isinstance(seq, int) else 0, "form", said, "it is told whole")
            )

    def _take(self, leaf: int, told: Mapping[str, Any]) -> None:
        stream, kind = told["stream"], told["kind"]
        if stream == "definitions" and kind == "published":
            self._published.setdefault(str(told.get("definition")), str(told["at"]))
        for link, _ in told.get("opens", ()) if stream.startswith("case/") else ():
            self._opened.setdefault(stream, set()).add(str(link))
        way = self._way(told)
        life = self.walk.take(leaf, told)
        if life is None:
            return
        self._first.setdefault(stream, leaf)
        if kind == "launched" and life.book is not None:
            self._kept[stream] = [Keeping(number, one) for number, one in life.book.promises]
            self._born.append(
                (leaf, {key: told.get(key) for key in ("stream", "seq", "parent", "definition", "at")})
            )
        if kind == "corrected":
            by = told.get("cause", {}).get("corrected_by")
            self._corrected.append((leaf, {"stream": stream, "seq": told["seq"], "by": by}))
        if "supersedes" in told:
            self._supersedes[stream] = str(told["supersedes"])
        self._promises(life, told, way)

    def share(self) -> Share:
        """What came of the entries that were taken."""
        lives = self.walk.lives
        self.report.entries = self.walk.entries
        cases = {stream: (self._first.get(stream, 0), life.unjudged) for stream, life in lives.items()}
        kept = {
            stream: [(one.number, one.standing, one.evidence) for one in kept]
            for stream, kept in self._kept.items()
        }
        return Share(
            self.report, cases, kept, self._published, self._opened, self._born, self._corrected,
            self._supersedes,
        )  # fmt: skip

    def _way(self, told: Mapping[str, Any]) -> Way | None:
        """The way an entry tells of, in the state that is left."""
        life = self.walk.lives.get(told["stream"])
        if life is None or life.book is None or told["kind"] not in {"moved", "stayed"}:
            return None
        cause = told.get("cause", {})
        place = life.book.states.get(str(told.get("from")))
        return None if place is None else place.ways.get(str(cause.get("act", cause.get("moment"))))

    def _promises(self, life: Life, told: Mapping[str, Any], way: Way | None) -> None:
        stream = told["stream"]
        kept = self._kept.get(stream)
        if not kept or life.book is None or life.zone is None:
            return
        if told["kind"] == "undone":
            number, before = self._before.pop(stream, (0, kept))
            if number == told.get("cause", {}).get("undoes"):
                self._kept[stream] = before
            return
        if "undo_until" in told:
            self._before[stream] = (told["seq"], [one.copied() for one in kept])
        book = life.book
        was_over = told["kind"] == "stayed" and life.ended
        if not was_over:
            promises_after(life, told, way, kept, lambda name, state: state in self._leading(book, name))

    def _leading(self, book: RuleBook, name: str) -> frozenset[str]:
        key = (id(book), name)
        if key not in self._ahead:
            self._ahead[key] = reachable(book, name)
        return self._ahead[key]

    def _book(self, digest: str) -> RuleBook | None:
        if digest not in self._books:
            base, _, track = digest.partition("#")
            source = self._definition(base)
            try:
                self._books[digest] = None if source is None else book_of(json.loads(source), track)
            except (NoRulesError, ValueError):
                self._books[digest] = None
        return self._books[digest]

    def _days(self, version: str) -> WorkDays | None:
        if version not in self._calendars:
            source = self._calendar(version.rpartition(":")[2])
            right = (
                source is not None and hashlib.sha256(source).hexdigest()[:8] == version.rpartition(":")[2]
            )
            self._calendars[version] = WorkDays(json.loads(source)) if right and source is not None else None
        return self._calendars[version]

    def _zone(self, name: str) -> DayClock:
        if name not in self._zones:
            self._zones[name] = DayClock(name)
        return self._zones[name]


def share_of(entries: Iterable[tuple[int, Mapping[str, Any]]], definition: _Files, calendar: _Files) -> Share:
    """What comes of entries in the order of the log; definitions by digest, calendars by the end of their version."""
    judging = _Judge(definition, calendar)
    for leaf, told in entries:
        judging.take(leaf, told)
    return judging.share()


def judge(
    entries: Iterable[tuple[int, Mapping[str, Any]]], definition: _Files, calendar: _Files
) -> LawReport:
    """The report on all entries, as `share_of` takes them."""
    return joined([share_of(entries, definition, calendar)])


def joined(shares: Sequence[Share]) -> LawReport:
    """The report on a log whose streams were shared out: the same, however they were."""
    report = LawReport()
    report.entries = sum(one.report.entries for one in shares)
    told = sorted((one for share in shares for one in share.report.breaches), key=lambda one: one.leaf)
    report.breaches = told[:_MOST_TOLD]
    report.count = sum(one.report.count for one in shares)
    cases = {stream: one for share in shares for stream, one in share.cases.items()}
    kept = {stream: one for share in shares for stream, one in share.kept.items()}
    report.cases = len(cases)
    for stream, (_, why) in sorted(cases.items(), key=lambda one: one[1][0]):
        if why:
            report.unjudged.append(f"{stream}: {why}")
        report.standings[stream] = kept.get(stream, [])
        for number, standing, evidence in report.standings[stream]:
            report.promises[standing] += 1
            if standing == "broken":
                report.broken.append((stream, number, evidence))
    _births(shares, cases, report.keep)
    _corrections(shares, cases, report.keep)
    return report


_Keep = Callable[[Breach], None]


def _births(shares: Sequence[Share], cases: Mapping[str, object], keep: _Keep) -> None:
    """Rules in force, and cases that were opened by others."""
    published = {digest: at for share in shares for digest, at in share.published.items()}
    opened = {stream: links for share in shares for stream, links in share.opened.items()}
    for leaf, told in sorted((one for share in shares for one in share.born), key=lambda one: one[0]):
        stream, base = str(told["stream"]), str(told["definition"]).partition("#")[0]
        if published and published.get(base, "~") > str(told["at"]):
            said = f"the case was launched under {base}"
            lawful = "rules are published before anything is launched by them"
            keep(Breach(leaf, stream, 1, "rules", said, lawful))
        parent, link = told["parent"] or ("", "")
        if parent and f"case/{parent}" in cases and link not in opened.get(f"case/{parent}", ()):
            said = f"it says that {parent} opened it by {link}"
            keep(Breach(leaf, stream, 1, "begin", said, f"no entry of {parent} opens {link}"))


def _corrections(shares: Sequence[Share], cases: Mapping[str, object], keep: _Keep) -> None:
    """Results that took the place of others."""
    supersedes = {stream: other for share in shares for stream, other in share.supersedes.items()}
    for leaf, told in sorted((one for share in shares for one in share.corrected), key=lambda one: one[0]):
        other, stream = f"case/{told['by']}", str(told["stream"])
        if other in cases and supersedes.get(other) != stream[len("case/") :]:
            said = f"{other} is told as having corrected it"
            lawful = "a correction that is complete says whose result it supersedes"
            keep(Breach(leaf, stream, told["seq"], "correction", said, lawful))
