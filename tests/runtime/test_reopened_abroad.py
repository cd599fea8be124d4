"""What other cases read of one that was sent back is what was disclosed, until it is disclosed anew (ADR 0035)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.errors import GuardRefused
from tests.runtime.conftest import NOBODY, Agency, HandClock, set_up
from tests.runtime.test_linked import LINKED, act, own, person, publish, view_of

FIRST = date(2026, 1, 5)
#: a disclosure that the rater may take back: the rating rests with the employee before the year is closed
_RULES = {
    "linked:\n  correction: {workflow: correction, corrects: disclosed, by: [employee, hr]}\n": "",
    "publishes: [disclosed, rating, score]": "publishes: [shown, rating.points, score]",
    "{rate: {to: disclosed}, nobody": "{rate: {to: weighing}, nobody",
    "  closed:\n": """    weighing:
      task: {who: rater, shows: rating, due: 5 working days}
      transitions: {confirm: {to: shown}, never: {at: 20 working days after due, to: unrated}}
    shown:
      task: {who: employee, shows: [rating, score], due: 60 working days}
      transitions:
        accept: {to: disclosed}
        take_back: {by: rater, to: rating_due, reason: required, at_most: 2}
        over: {at: due, to: disclosed}
  closed:
""",
    "rating: {employee: disclosed, hr: disclosed}": "rating: {employee: shown, hr: shown}",
    "score: {employee: disclosed, hr: disclosed}": "score: {employee: shown, hr: shown}",
}
_TEXTS = {
    "  disclosed: {id": """  weighing: {id: Ditimbang, en: Weighed}
  shown: {id: Penilaian dibuka kepada pegawai, en: Shown}
  disclosed: {id""",
    "  rate: {id": """  accept: {id: Terima, en: Accept}
  confirm: {id: Tetapkan, en: Confirm}
  take_back: {id: Tarik kembali, en: Take back}
  rate: {id""",
    "  nobody: {id": """  over: {id: Berakhir, en: Over}
  never: {id: Tidak jadi, en: Never}
  nobody: {id""",
    "linked:\n  correction: {id: koreksi penilaian, en: correction of the rating}\n": "",
}


@pytest.fixture
def year(place: str, tmp_path: Path) -> Iterator[Agency]:
    """Somebody was rated nine, which deserves the allowance that waits."""
    for name, changes in (("rated.yaml", _RULES), ("rated.texts.yaml", _TEXTS)):
        told = (LINKED / name).read_text(encoding="utf-8")
        for before, after in changes.items():
            assert before in told
            told = told.replace(before, after)
        (tmp_path / name).write_text(told, encoding="utf-8")
    clock = HandClock()
    clock.put(FIRST)
    engine = set_up(place, clock, definition=str(tmp_path / "rated"))
    publish(engine, "allowance")
    engine.launch("rated", opens=FIRST, actor=NOBODY)
    engine.launch("allowance", opens=FIRST, actor=NOBODY)
    agency = Agency(url=place, clock=clock, engine=engine)
    rate(agency, 90)
    act(agency, own(agency, "rated"), "confirm")
    yield agency
    engine.database.close()


def read(agency: Agency) -> dict[str, object]:
    """What the allowance reads of the year: what decides it, and what its page shows."""
    case = own(agency, "allowance")
    view = view_of(agency, case, case.task.holder if case.task else person(agency))
    (shown,) = view.beside
    found = dict(view.known.reads["year"])
    assert {name: found[name] for name in shown.values} == dict(shown.values)
    return found


def rate(agency: Agency, points: int) -> None:
    agency.clock.instant += 60_000_000
    act(agency, own(agency, "rated"), "rate", rating={"points": points})


def taken_back(agency: Agency) -> None:
    """Sent back and rated anew; nobody has confirmed it."""
    rater = own(agency, "allowance").task.holder
    act(agency, own(agency, "rated"), "take_back", by=rater, reason="Salah hitung")
    rate(agency, 30)
    assert "weighing" == own(agency, "rated").state


def test_a_draft_behind_the_disclosure_is_no_case_elses(year: Agency) -> None:
    """Neither its fields nor its figures, and no rule goes by it; the next disclosure opens it to all at once."""
    before = read(year)
    assert 90 == before["rating.points"]
    taken_back(year)
    assert before == read(year)
    act(year, own(year, "rated"), "confirm")

    assert 30 == read(year)["rating.points"]
    with pytest.raises(GuardRefused):
        act(year, own(year, "allowance"), "grant", grant={"says": "ya"})


def test_a_rule_of_another_case_goes_by_what_was_disclosed(year: Agency) -> None:
    taken_back(year)
    assert "granted" == act(year, own(year, "allowance"), "grant", grant={"says": "ya"}).state


def test_what_is_never_disclosed_anew_is_never_read(year: Agency) -> None:
    """The case ends without another disclosure: what everybody knows of it stays what they know."""
    before = read(year)
    taken_back(year)
    year.hop_to(date(2026, 2, 20))
    assert "unrated" == own(year, "rated").state
    assert before == read(year)
