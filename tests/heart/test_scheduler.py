"""The heartbeat: beats at once and again, never twice at a time, survives failures and a clock set back."""

from __future__ import annotations

import threading

from engine.scheduler import Heartbeat


def test_it_beats_at_once_and_goes_on() -> None:
    """The first beat does not wait for the interval; more follow."""
    beats = threading.Semaphore(0)
    heart = Heartbeat(beats.release, seconds=0.05, failed=lambda _: None)
    heart.start()
    try:
        came = [beats.acquire(timeout=10) for _ in range(3)]
    finally:
        heart.stop()

    assert [True, True, True] == came


def test_a_failing_beat_is_told_and_the_next_one_comes() -> None:
    """An error ends the beat, not the heart."""
    told: list[Exception] = []
    heart = Heartbeat(lambda: 1 / 0, seconds=60, failed=told.append)
    first, second = heart.beat_once(), heart.beat_once()

    assert (True, True) == (first, second)
    assert ["ZeroDivisionError", "ZeroDivisionError"] == [type(one).__name__ for one in told]


def test_a_slow_beat_is_not_doubled() -> None:
    """While one beat is under way another is not begun."""
    inside, release = threading.Event(), threading.Event()

    def slow() -> None:
        inside.set()
        release.wait(10)

    heart = Heartbeat(slow, seconds=60, failed=lambda _: None)
    thread = threading.Thread(target=heart.beat_once)
    thread.start()
    inside.wait(10)
    second = heart.beat_once()
    release.set()
    thread.join()

    assert not second


def test_when_no_beat_comes_for_three_intervals_the_watchdog_beats() -> None:
    """After the system clock was set back the scheduler sleeps; monotonic time does not."""
    beats: list[float] = []
    now = [100.0]
    heart = Heartbeat(
        lambda: beats.append(now[0]), seconds=10, failed=lambda _: None, monotonic=lambda: now[0]
    )
    now[0] += 29
    early = heart.watch_once()
    now[0] += 2
    late = heart.watch_once()

    assert (False, True) == (early, late)
    assert [131.0] == beats
