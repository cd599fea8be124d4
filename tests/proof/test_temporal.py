"""Networks of times: known instances, and agreement with a player who tries every game."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.proof.temporal import (
    Bound,
    Task,
    clash,
    contradiction,
    controllable,
    earliest_deadline,
    smallest_repairs,
)

#: a cycle of four steps: three take people an uncertain time, the last is ours
PEOPLE = (
    Task(start="opens", end="self", least=1, most=10, rule="self"),
    Task(start="self", end="manager", least=1, most=14, rule="manager"),
    Task(start="manager", end="feedback", least=1, most=7, rule="feedback"),
)
OURS = (Bound(start="feedback", end="calibrated", least=2, most=5, rule="calibration"),)


def within(days: int) -> Bound:
    """The whole cycle in so many days."""
    return Bound(start="opens", end="calibrated", most=days, rule="deadline")


#: which of these deadlines can always be kept
KEPT_BY = ((40, True), (36, True), (33, True), (32, False), (30, False))


@pytest.mark.parametrize(("days", "kept"), KEPT_BY)
def test_a_deadline_can_be_kept_or_not(days, kept):
    """Self 1-10, manager 1-14, feedback 1-7, calibration 2-5: 33 days are enough, 32 are not."""
    assert kept == controllable(PEOPLE, [*OURS, within(days)])


def test_the_earliest_keepable_deadline_is_found():
    """Found by halving."""
    assert 33 == earliest_deadline(PEOPLE, OURS, start="opens", end="calibrated")


def test_thirty_days_are_mended_by_one_duration():
    """Any one of: self 10 to 7, manager 14 to 11, feedback 7 to 4."""

    def works(sizes):
        tasks = [
            Task(start=one.start, end=one.end, least=one.least, most=size)
            for one, size in zip(PEOPLE, sizes, strict=True)
        ]
        return controllable(tasks, [*OURS, within(30)])

    repairs = smallest_repairs([(one.least, one.most) for one in PEOPLE], works)

    assert (((0, 7),), ((1, 11),), ((2, 4),)) == repairs


def test_two_durations_mend_what_one_cannot():
    """Five, five and two days for a wish of six: only the two long ones together, the first keeping what it can."""
    repairs = smallest_repairs([(1, 5), (1, 5), (1, 2)], lambda sizes: sum(sizes) <= 6)

    assert (((0, 3), (1, 1)),) == repairs


def test_the_rules_that_clash_are_all_needed():
    """The deadline and everybody's time: without any one of them the others can be kept."""
    rules = clash(PEOPLE, [*OURS, within(30), Bound(start="opens", end="self", least=0, rule="idle")])

    assert {"self", "manager", "feedback", "calibration", "deadline"} == {one.rule for one in rules}


def test_a_contradiction_names_the_rules_of_one_circle():
    """Self-evaluation on day 10, reminder 3 days later, escalation 2 later, before the lock, which is on day 14."""
    rules = [
        Bound(start="opens", end="self", least=10, most=10, rule="self"),
        Bound(start="self", end="reminder", least=3, most=3, rule="reminder"),
        Bound(start="reminder", end="escalation", least=2, most=2, rule="escalation"),
        Bound(start="escalation", end="lock", least=0, rule="before"),
        Bound(start="opens", end="lock", least=14, most=14, rule="lock"),
        Bound(start="opens", end="party", least=0, most=90, rule="party"),
    ]

    assert ["self", "reminder", "escalation", "before", "lock"] == [one.rule for one in contradiction(rules)]


#: Dechter, Meiri, Pearl 1991, the example of John and Fred: John drives 30-40 minutes, Fred 20-30 in a car pool (his
#: bus, 60 at least, is left out as the one choice); John left 7:10-7:20, Fred arrived 8:00-8:10, and John arrived
#: 10-20 minutes after Fred left. It is consistent; Fred cannot have left before 7:30 or after 7:50.
JOHN = [
    Bound(start="7:00", end="John left", least=10, most=20, rule="John left"),
    Bound(start="John left", end="John arrived", least=30, most=40, rule="John drove"),
    Bound(start="Fred left", end="John arrived", least=10, most=20, rule="after Fred left"),
    Bound(start="Fred left", end="Fred arrived", least=20, most=30, rule="Fred drove"),
    Bound(start="7:00", end="Fred arrived", least=60, most=70, rule="Fred arrived"),
]


#: the minutes after seven at which he can have left
LEFT = ((29, False), (30, True), (40, True), (50, True), (51, False))


def fred_left(minute: int) -> Bound:
    """At exactly that minute."""
    return Bound(start="7:00", end="Fred left", least=minute, most=minute)


@pytest.mark.parametrize(("minute", "possible"), LEFT)
def test_when_fred_can_have_left(minute, possible):
    """John and Fred: asked as bounds, minute by minute."""
    assert possible == (contradiction([*JOHN, fred_left(minute)]) == ())


#: what is known of networks with uncertainty: (source, tasks, bounds, dynamically controllable)
KNOWN = (
    (
        "Vidal, Fargier 1999: five before an end nobody knows is weakly, not dynamically controllable",
        (Task(start="A", end="C", least=0, most=10),),
        (Bound(start="B", end="C", least=5, most=5),),
        False,
    ),
    (
        "Morris, Muscettola, Vidal 2001, precede: what comes first must fit every outcome",
        (Task(start="A", end="C", least=5, most=10),),
        (Bound(start="B", end="C", least=3, most=8),),
        True,
    ),
    (
        "the same with less room than the outcome varies",
        (Task(start="A", end="C", least=5, most=10),),
        (Bound(start="B", end="C", least=3, most=7),),
        False,
    ),
    (
        "Morris, Muscettola, Vidal 2001, follow: what comes after may be seen first",
        (Task(start="A", end="C", least=1, most=10),),
        (Bound(start="C", end="B", least=0, most=0),),
        True,
    ),
    (
        "Morris, Muscettola, Vidal 2001, unordered: wait for the end or a time, whichever is first",
        (Task(start="A", end="C", least=1, most=10),),
        (Bound(start="B", end="C", least=-2, most=3),),
        True,
    ),
    (
        "two in a row squeezed from both sides",
        (Task(start="A", end="B", least=1, most=4), Task(start="B", end="C", least=1, most=4)),
        (Bound(start="A", end="C", least=2, most=7),),
        False,
    ),
    (
        "Lanz, Posenato, Combi, Reichert 2013: a task after tasks of people is started when they are done",
        (Task(start="A", end="B", least=1, most=4), Task(start="B", end="C", least=1, most=4)),
        (Bound(start="A", end="D", least=9, most=9), Bound(start="C", end="D", least=1)),
        True,
    ),
)


@pytest.mark.parametrize(("source", "tasks", "bounds", "kept"), KNOWN, ids=[one[0][:40] for one in KNOWN])
def test_what_is_known_is_found(source, tasks, bounds, kept):
    """Instances after the literature, encoded anew."""
    assert kept == controllable(tasks, bounds), source


class Game:
    """Every play of a small network in whole days: nature ends tasks, then we see it and set our points."""

    def __init__(self, tasks, bounds, horizon):
        self.tasks, self.bounds, self.horizon = tasks, bounds, horizon
        ends = {task.end for task in tasks}
        points = {p for rule in (*tasks, *bounds) for p in (rule.start, rule.end)}
        self.ours = sorted(points - ends)
        self.won = cache(self._won)

    def _won(self, day: int, done: frozenset[tuple[str, int]]) -> bool:
        times = dict(done)
        if not self._fits(times):
            return False
        if all(name in times for name in (*self.ours, *(task.end for task in self.tasks))):
            return True
        if day > self.horizon:
            return False
        return all(
            any(
                self._fits(ours) and self.won(day + 1, frozenset(ours.items()))
                for ours in self._answers(day, nature)
            )
            for nature in self._natures(day, times)
        )

    def _natures(self, day, times) -> Iterator[dict[str, int]]:
        ends = []
        for task in self.tasks:
            if task.start in times and task.end not in times and day >= times[task.start] + task.least:
                must = day >= times[task.start] + task.most
                ends.append([(task.end, True)] if must else [(task.end, True), (task.end, False)])
        for choice in product(*ends):
            yield {**times, **{name: day for name, ended in choice if ended}}

    def _answers(self, day, times) -> Iterator[dict[str, int]]:
        free = [name for name in self.ours if name not in times]
        for choice in product((True, False), repeat=len(free)):
            yield {**times, **{name: day for name, now in zip(free, choice, strict=True) if now}}

    def _fits(self, times) -> bool:
        for bound in self.bounds:
            if bound.start in times and bound.end in times:
                took = times[bound.end] - times[bound.start]
                if (bound.least is not None and took < bound.least) or (
                    bound.most is not None and took > bound.most
                ):
                    return False
        return True


ranges = st.tuples(st.integers(1, 2), st.integers(0, 2))
limits = st.tuples(st.integers(-2, 3), st.integers(0, 3))


pairs = st.sampled_from([("A", "D"), ("B", "D"), ("D", "C"), ("A", "C"), ("B", "E"), ("E", "D"), ("C", "E")])


@settings(max_examples=150, deadline=None)
@given(
    first=ranges,
    second=ranges,
    chained=st.booleans(),
    limits=st.lists(st.tuples(pairs, limits), min_size=1, max_size=4),
)
def test_a_player_who_tries_every_game_agrees(first, second, chained, limits):
    """A and perhaps B start tasks that end in B and C; D and E are ours: the proof and exhaustive play agree."""
    tasks = (
        Task(start="A", end="B", least=first[0], most=sum(first)),
        Task(start="B" if chained else "A", end="C", least=second[0], most=sum(second)),
    )
    bounds = [
        *(Bound(start=a, end=b, least=low, most=low + room) for (a, b), (low, room) in limits),
        *(Bound(start="A", end=name, least=0, most=6) for name in ("D", "E")),
    ]

    assert Game(tasks, bounds, 16).won(0, frozenset({("A", 0)})) == controllable(tasks, bounds)
