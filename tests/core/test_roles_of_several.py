"""Committees, people named in forms, trainings, units and people from outside: who fills such roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from engine.core.people import (
    Chart,
    Committee,
    Desk,
    HeadOf,
    NamedIn,
    Outside,
    Role,
    Subject,
    SuperiorOf,
    explain,
    resolve,
    resolve_all,
    retrace,
    substitute_of,
)
from engine.errors import NobodyFound
from tests.charts import DAY, ROLES, chart, named, person, role, who

MEMBER = {"duties": ("committee:calibration",)}
TRAINED = {"duties": ("trained:penilai",)}
BOARD = named(
    *ROLES.values(),
    role("board", Committee(name="calibration", of="employee"), exclude=("employee", "rater")),
    role("whole_board", Committee(name="calibration", of="agency")),
    role("peers", NamedIn(path="nomination.peers"), exclude=("employee", "rater")),
    role("public", Outside(cap=5)),
    role("training_desk", Desk(name="training", of="agency")),
    role("head", HeadOf(of="unit")),
    role("head_above", HeadOf(of="parent of unit")),
)


def everybody(
    name: str, on: Chart, subject: str = "p-siti", *, peers: tuple[str, ...] = (), day: date = DAY
) -> list[str]:
    """Whom a role names, by person_id."""
    found = resolve_all(name, BOARD, on, subject, {}, day, named={"nomination.peers": peers})
    return [one.person.removeprefix("p-") for one in found]


def test_a_committee_is_all_its_members_who_may_serve() -> None:
    """In the subject's unit: the rater and the subject sit on it, but not in this case."""
    on = chart(other=MEMBER, section=MEMBER, siti=MEMBER, head=MEMBER)

    assert ["head", "other"] == everybody("board", on)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"other": MEMBER, "deputy": MEMBER}, ["other"]),
        ({"other": {**MEMBER, "away_from": date(2026, 1, 1)}, "deputy": MEMBER}, ["deputy"]),
        ({"section": MEMBER, "deputy": MEMBER, "agency": MEMBER}, ["agency", "deputy"]),
        ({"regent": MEMBER}, ["regent"]),
        ({}, []),
    ],
)
def test_a_committee_stands_together_where_the_first_member_is_found(
    changes: Mapping[str, Mapping[str, object]], expected: list[str]
) -> None:
    """The subject's unit, then the units above it, then the agency; units are never mixed while one has somebody."""
    assert expected == everybody("board", chart(**changes))


def test_the_first_member_holds_a_committees_task_and_without_any_the_personnel_desk() -> None:
    """A task must reach somebody; a gathering asks members only."""
    assert ("other", "member") == who("board", chart(other=MEMBER), roles=BOARD)
    assert ("deputy", "desk") == who("board", chart(), roles=BOARD)
    assert [] == everybody("board", chart())


def test_each_member_is_told_why() -> None:
    """In both languages, and the path names only them as chosen."""
    on = chart(other=MEMBER, head=MEMBER)
    found = resolve_all("board", BOARD, on, "p-siti", {}, DAY)

    assert ["You are a member of the calibration committee on 31 March 2026."] * 2 == [
        explain(one, on, "en") for one in found
    ]
    assert "Anda adalah anggota tim kalibrasi pada 31 Maret 2026." == explain(found[0], on, "id")
    assert [one.person for one in found] == [
        look.person for one in found for look in retrace(one.path).looks if look.outcome == "chosen"
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["other", "head"]),
        ({"other": {"unit": "Secretariat"}}, ["head"]),
        ({"head": {"valid_to": date(2026, 1, 1)}}, ["other"]),
        ({"other": {"status": "suspended"}}, ["head"]),
    ],
)
def test_named_people_count_while_they_are_colleagues(
    changes: Mapping[str, Mapping[str, object]], expected: list[str]
) -> None:
    """In the order they were named; the subject, the rater, strangers and those who moved or left drop out."""
    peers = ("p-other", "p-siti", "p-section", "p-deputy", "p-head", "p-stranger")

    assert expected == everybody("peers", chart(**changes), peers=peers)


def test_nobody_stands_in_for_a_named_person() -> None:
    """What one colleague thinks cannot be asked of another, nor of a desk."""
    on = chart(other={"substitute": "head", "away_from": date(2026, 1, 1)})

    with pytest.raises(NobodyFound):
        resolve("peers", BOARD, on, "p-siti", {}, DAY, named={"nomination.peers": ("p-other",)})


def test_somebody_named_is_told_so() -> None:
    """In both languages."""
    found = resolve("peers", BOARD, chart(), "p-siti", {}, DAY, named={"nomination.peers": ("p-other",)})

    assert "named" == found.via
    assert "You were named in this case" in explain(found, chart(), "en")
    assert "Anda ditunjuk dalam kasus ini" in explain(found, chart(), "id")


def test_people_from_outside_are_nobody_of_the_chart() -> None:
    """They come with a link, not by a search."""
    assert [] == everybody("public", chart())
    with pytest.raises(NobodyFound):
        resolve("public", BOARD, chart(), "p-siti", {}, DAY)


def test_who_must_be_kept_apart_from_several_is_kept_apart_from_each() -> None:
    """A manager is none of the peers."""
    roles = named(*BOARD.values(), role("judge", SuperiorOf(role="rater"), exclude=("peers",)))

    found = resolve(
        "judge", roles, chart(), "p-siti", {}, DAY, named={"nomination.peers": ("p-other", "p-head")}
    )

    assert "p-agency" == found.person


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"section": TRAINED}, ("section", "holder")),
        ({"head": TRAINED}, ("head", "next_level")),
        ({"section": {"substitute": "other"}, "other": TRAINED}, ("other", "substitute")),
        ({"section": {"duties": ("trained:penilai:2026-03-31",)}}, ("section", "holder")),
        ({"section": {"duties": ("trained:penilai:2026-03-30",)}, "head": TRAINED}, ("head", "next_level")),
        ({"section": {"duties": ("trained:other",)}, "head": TRAINED}, ("head", "next_level")),
        ({}, ("deputy", "desk")),
    ],
)
def test_a_role_that_asks_for_a_training_passes_over_who_has_none(
    changes: Mapping[str, Mapping[str, object]], expected: tuple[str, str]
) -> None:
    """To the end of its last day; if nobody has it the personnel desk finds somebody."""
    roles = named(
        Role(name="rater", query=SuperiorOf(role="employee"), trained="penilai"), role("employee", Subject())
    )

    assert expected == who("rater", chart(**changes), roles=roles)


def test_the_alternative_to_an_untrained_superior_is_tried_before_the_next_level() -> None:
    """`else` may ask for the superior of the one passed over, with a training of its own or without."""
    roles = named(
        role("employee", Subject()),
        Role(name="rater", query=SuperiorOf(role="employee"), trained="penilai", otherwise=("above",)),
        Role(name="above", query=SuperiorOf(role="rater"), exclude=("employee",)),
    )
    on = chart(agency=TRAINED)

    assert ("head", "holder") == who("rater", on, roles=roles)
    trained_too = {**roles, "above": replace(roles["above"], trained="penilai")}
    assert ("agency", "next_level") == who("rater", on, roles=trained_too)


def test_a_training_that_was_missing_is_told_as_the_reason() -> None:
    """Why it is the level above."""
    roles = named(
        Role(name="rater", query=SuperiorOf(role="employee"), trained="penilai"), role("employee", Subject())
    )
    on = chart(head=TRAINED)
    found = resolve("rater", roles, on, "p-siti", {}, DAY)

    assert "Section lacks the training this asks for" in explain(found, on, "en")
    assert "Section belum memiliki pelatihan yang disyaratkan" in explain(found, on, "id")


def test_a_rung_hands_no_work_to_the_untrained() -> None:
    """A substitute must have the training that the role asks for."""
    on = chart(section={"substitute": "other"})

    assert substitute_of(on, "p-section", DAY, trained="penilai") is None
    assert substitute_of(on, "p-section", DAY) is not None


def test_the_day_a_training_lapses_is_a_day_on_which_the_chart_turns() -> None:
    """Open tasks are looked at again on the day after."""
    on = chart(section={"duties": ("trained:penilai:2026-03-31",)})

    assert date(2026, 4, 1) in on.change_days(date(2026, 3, 30), date(2026, 4, 2))


@pytest.mark.parametrize(
    ("name", "subject", "expected"),
    [
        ("head", "p-siti", ["head"]),
        ("head", "unit:Dinas", ["head"]),
        ("head_above", "p-siti", ["agency"]),
        ("head_above", "unit:Dinas", ["agency"]),
        ("head_above", "unit:Secretariat", ["regent"]),
        ("whole_board", "unit:Dinas", ["other"]),
    ],
)
def test_a_unit_has_a_head_a_unit_above_and_a_committee(name: str, subject: str, expected: list[str]) -> None:
    """Of a case about a unit, or of the unit the subject works in."""
    assert expected == everybody(name, chart(other=MEMBER), subject)


def test_the_unit_above_is_that_of_the_heads_superior() -> None:
    """A section head below the same unit's head does not make a unit of their own."""
    on = Chart(
        segments=(
            *chart().segments,
            person("clinic", "head", unit="Clinic", duties=("head",)),
            person("nurse", "clinic", unit="Clinic"),
        ),
        version="v2",
    )

    assert ["head"] == everybody("head_above", on, "p-nurse")
    assert ["head"] == everybody("head_above", on, "unit:Clinic")


def test_a_desk_of_the_whole_agency_needs_no_one_to_start_from() -> None:
    """`of: agency`."""
    assert ["other"] == everybody("training_desk", chart(other={"duties": ("desk:training",)}))
