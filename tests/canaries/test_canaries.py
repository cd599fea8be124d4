"""No eye sees what it may not: canaries in every field, looked for by everybody, wherever anything is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

import engine.runtime.seeing as rooms
from tests.canaries.looking import ONCE, Browser, plain
from tests.canaries.story import COLLEAGUE, PEOPLE, Story, told
from tests.sighted import DESK, PEERS, RATER, SUBJECT

FEW = (SUBJECT, RATER, PEERS[0], DESK, COLLEAGUE)
#: where the most is hidden
STOPS = ("peers are asked", "rated", "rated anew", "to be signed")


def leaking(story: Story, people: Collection[str], stops: Collection[str] = ()) -> list[str]:
    """Every place at which one of these reads what they may not, at these stops or at all."""
    found: list[str] = []
    with Browser(story.app) as browser:
        for station in story.lived():
            for name in people if not stops or station in stops else ():
                found += [f"{station}: {leak}" for leak in story.leaks(browser, name)]
            if stops and station == list(stops)[-1]:
                break
    story.case.engine.database.close()
    return found


@pytest.mark.heavy
def test_nobody_is_shown_a_word_they_may_not_read(tmp_path: Path) -> None:
    """In every page, answer, message, mail and refusal, in a year that is disclosed twice."""
    assert [] == leaking(told(tmp_path / "siklus.db"), FEW, STOPS)


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_nobody_at_all_is_shown_a_word_they_may_not_read_at_any_stop(tmp_path: Path) -> None:
    """All who look, also officials and strangers, and the places that tell of no case."""
    story = told(tmp_path / "siklus.db")
    assert [] == leaking(story, PEOPLE)
    again = told(tmp_path / "again.db")
    *_, last = again.lived()
    assert "closed" == last
    with Browser(again.app) as browser:
        for name in PEOPLE:
            browser.be(again.number(name))
            for address in ONCE:
                page = browser.get(address)
                assert [] == [one.text for one in again.planter.planted if one.text in page], address
    again.case.engine.database.close()


@pytest.mark.heavy
def test_who_may_read_finds_what_was_planted(tmp_path: Path) -> None:
    """Otherwise nobody would ever be caught: the subject finds each form, gathering and journal that is disclosed."""
    story = told(tmp_path / "siklus.db")
    *_, last = story.lived()
    assert "closed" == last
    with Browser(story.app) as browser:
        assert {"plan", "rating", "objection", "answers", ""} <= story.reads(browser, SUBJECT)
        assert {"plan", "rating", "views", "objection", "answers"} <= story.reads(browser, RATER)
        assert {"nomination", "rating"} <= story.reads(browser, DESK)
    story.case.engine.database.close()


def _ignoring_since(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grant counts from the beginning, whatever it says; the record, which would hide it still, is not asked."""
    _without_record(monkeypatch)
    kept = rooms.rights

    def wider(definition: Any, case: Any, *told: Any, **others: Any) -> Any:
        return kept(definition, case, *told, **{**others, "beside": frozenset(definition.states)})

    monkeypatch.setattr(rooms, "rights", wider)


def _without_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts are read like anything else."""
    monkeypatch.setattr(rooms, "asks_for_record", lambda *_: False)


@pytest.mark.heavy
@pytest.mark.parametrize(("spoilt", "stop"), [(_ignoring_since, "rated"), (_without_record, "rated anew")])
def test_a_grant_widened_in_the_code_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: Callable[[pytest.MonkeyPatch], None], stop: str
) -> None:
    spoilt(monkeypatch)
    found = leaking(told(tmp_path / "siklus.db"), [SUBJECT], [stop])
    assert any(": rating " in one for one in found)


def two_worlds(place: Path) -> tuple[Story, Story]:
    """Two years that differ in nothing but how good everybody finds the employee."""
    modest = told(place / "modest.db", points="61.73", level="as", marks=4)
    return modest, told(place / "bright.db", points="94.73", level="above", marks=9)


def differing(place: Path, stop: str, people: Collection[str]) -> list[str]:
    """What these people are shown otherwise in the one than in the other, at a stop."""
    found: list[str] = []
    shown: list[dict[tuple[str, str], str]] = []
    for story in two_worlds(place):
        with Browser(story.app) as browser:
            for station in story.lived():
                if station == stop:
                    shown.append(
                        {
                            (name, where): plain(text)
                            for name in people
                            for where, text in story.shown(browser, name)
                        }
                    )
                    break
        story.case.engine.database.close()
    one, other = shown
    assert one.keys() == other.keys()
    found += [f"{stop}: {name}: {where}" for (name, where), text in one.items() if other[name, where] != text]
    return found


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("stop", "people"), [("rated", (SUBJECT, PEERS[0])), ("disclosed", (PEERS[0], COLLEAGUE))]
)
def test_what_is_hidden_makes_no_difference_to_what_is_shown(
    tmp_path: Path, stop: str, people: Collection[str]
) -> None:
    """Choices, scales, points and figures: no label, sentence, verdict or foretold way depends on them."""
    assert [] == differing(tmp_path, stop, people)


def _foretold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody is told where a fork will lead."""
    monkeypatch.setattr(rooms, "as_foreseen", lambda _, coming, __: tuple(coming))


@pytest.mark.heavy
def test_a_way_foretold_by_a_hidden_judgement_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Peers open the case, and the band decides whether it will be rewarded."""
    _foretold(monkeypatch)
    assert any("if-nobody-acts" in one for one in differing(tmp_path, "disclosed", [PEERS[0]]))
