"""Two clocks held against each other: what a beat makes of them, as values."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.clock_doubt import Doubt, Tick, Watch, believed, judge
from engine.core.codec import replace

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
LIMIT = 15 * MINUTE
HERE, BESIDE, FAR = "serve@one", "work@one", "work@two"
START = 1_764_000_000 * SECOND
BASE = Tick(START, 7 * HOUR)


def after(counted: int, ahead: int = 0, base: Tick = BASE) -> Tick:
    """The clocks when so much was counted, the wall ahead by so much."""
    return Tick(base.wall + counted + ahead, base.steady + counted)


FIRST = Watch(BASE)


def seen(now: Tick, kept: Doubt | None = None, *, watch: Watch = FIRST, worker: str = HERE):
    return judge(watch, now, kept, worker=worker, limit=LIMIT)


def doubted(ahead: int = 24 * HOUR, counted: int = 5 * SECOND):
    """The beat that notices a jump."""
    found = seen(after(counted, ahead))
    assert found.doubt is not None
    return found


def test_clocks_that_agree_within_the_limit_are_fine_and_held_against_each_other_anew() -> None:
    for ahead in (-LIMIT, -SECOND, 0, 3 * MINUTE, LIMIT):
        now = after(5 * SECOND, ahead)
        assert ("fine", Watch(now), None) == seen(now)


def test_a_jump_ahead_is_doubted_and_time_is_what_was_counted() -> None:
    found = doubted()

    assert "doubted" == found.seen
    assert (START, START + 5 * SECOND, 24 * HOUR) == (
        found.doubt.since_at, found.doubt.believed_at, found.doubt.ahead_us,
    )  # fmt: skip
    assert Watch(BASE, found.doubt.id) == found.watch
    assert START + 9 * SECOND == believed(BASE, after(9 * SECOND, 24 * HOUR), LIMIT)


def test_a_long_stop_of_the_machine_is_no_jump() -> None:
    """The steady clock counts while a machine sleeps."""
    assert "fine" == seen(after(30 * 24 * HOUR)).seen


def test_while_it_lasts_time_is_counted_on_and_when_the_clock_is_back_it_is_over() -> None:
    found = doubted()
    lasts = seen(after(HOUR, 24 * HOUR), found.doubt, watch=found.watch)
    back = seen(after(2 * HOUR), lasts.doubt, watch=lasts.watch)

    assert ("lasts", START + HOUR, "open") == (lasts.seen, lasts.doubt.believed_at, lasts.doubt.state)
    assert ("returned", START + 2 * HOUR, "returned") == (back.seen, back.doubt.believed_at, back.doubt.state)
    assert Watch(after(2 * HOUR)) == back.watch


def test_a_clock_that_is_set_back_half_the_way_stays_in_doubt() -> None:
    found = doubted()
    assert "lasts" == seen(after(HOUR, 12 * HOUR), found.doubt, watch=found.watch).seen


def test_what_was_accepted_is_believed_by_every_process_of_the_machine() -> None:
    """Also by one that had not looked at its clocks in between."""
    found = doubted()
    accepted = replace(found.doubt, state="accepted")
    now = after(20 * SECOND, 24 * HOUR)

    assert ("fine", Watch(now), None) == seen(now, accepted, watch=found.watch)
    assert ("fine", Watch(now), None) == seen(now, accepted, worker=BESIDE)


def test_a_second_jump_as_far_as_an_accepted_one_is_doubted_again() -> None:
    accepted = replace(doubted().doubt, state="accepted")
    base = after(HOUR, 24 * HOUR)
    now = after(5 * SECOND, 24 * HOUR, base)

    assert "doubted" == seen(now, accepted, watch=Watch(base)).seen


def test_a_machine_whose_own_clock_is_right_obeys_and_says_nothing() -> None:
    """Only the machine whose clock jumped says that it is back."""
    found = doubted()
    now = after(HOUR)

    assert ("obeyed", Watch(now), None) == seen(now, found.doubt, worker=FAR)
    assert ("obeyed", Watch(now), None) == seen(now, found.doubt, worker=FAR, watch=Watch(BASE, fresh=True))
    assert ("obeyed", Watch(now), None) == seen(now, found.doubt, worker=BESIDE)


def test_a_process_that_begins_in_a_doubt_counts_on_from_where_others_have_come_to() -> None:
    """The wall is ahead; two hours pass, and then it is set right."""
    found = doubted()
    begun = Tick(START + 26 * HOUR, 90 * HOUR)
    joined = seen(begun, found.doubt, watch=Watch(begun, fresh=True), worker=BESIDE)
    lasts = seen(after(2 * HOUR, base=begun), joined.doubt, watch=joined.watch, worker=BESIDE)
    trusted = found.doubt.believed_at
    back = seen(Tick(trusted + 2 * HOUR, 92 * HOUR), lasts.doubt, watch=lasts.watch, worker=BESIDE)

    assert ("lasts", Tick(trusted, 90 * HOUR)) == (joined.seen, joined.watch.base)
    assert ("lasts", trusted + 2 * HOUR) == (lasts.seen, lasts.doubt.believed_at)
    assert "returned" == back.seen


def test_a_clock_that_goes_back_is_seen_and_believed() -> None:
    now = after(5 * SECOND, -HOUR)

    assert ("back", Watch(now), None) == seen(now)
    assert now.wall == believed(BASE, now, LIMIT)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    walks=st.lists(
        st.tuples(st.integers(0, 3 * HOUR), st.integers(-40 * HOUR, 40 * HOUR), st.booleans()), max_size=20
    )
)
def test_time_is_never_ahead_of_the_truth_by_more_than_limits_until_somebody_accepts(
    walks: list[tuple[int, int, bool]],
) -> None:
    """A wall set anywhere, any number of times: each beat may let a limit pass unseen, and no beat more than that."""
    watch, kept, steady, wall = Watch(BASE), None, BASE.steady, BASE.wall
    truth = BASE.wall
    for beats, (passed, jump, jumps) in enumerate(walks, 1):
        truth, steady, wall = truth + passed, steady + passed, wall + passed + (jump if jumps else 0)
        now = Tick(wall, steady)
        instant = believed(watch.base, now, LIMIT)
        found = seen(now, kept, watch=watch)
        watch, kept = found.watch, found.doubt or kept
        if kept is not None and kept.is_open:
            instant = min(instant, kept.believed_at)
        assert instant <= truth + beats * LIMIT
