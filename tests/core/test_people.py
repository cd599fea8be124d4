"""Roles to persons: the order in which people are asked, and who may not be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from engine.core.people import (
    Chart,
    Subject,
    SuperiorOf,
    circles,
    next_level,
    resolve,
    substitute_of,
)
from engine.errors import DefinitionInvalid, NobodyFound, NotFound
from tests.charts import ACTS, AWAY, BASE, DAY, GONE, ROLES, chart, demo, find, named, person, role, who


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("employee", ("siti", "subject")),
        ("rater", ("section", "holder")),
        ("reviewer", ("head", "holder")),
        ("manager", ("other", "desk")),
        ("hr", ("deputy", "desk")),
        ("unit_head", ("head", "holder")),
        ("ppk", ("agency", "holder")),
    ],
)
def test_each_query_finds_the_holder_of_the_post(name: str, expected: tuple[str, str]) -> None:
    """With everybody in post and present."""
    assert expected == who(name, chart())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"section": GONE, "other": {"acting_for": "section", **ACTS}}, ("other", "acting")),
        ({"section": AWAY, "other": {"acting_for": "section", **ACTS}}, ("other", "acting")),
        ({"section": {**AWAY, "substitute": "other"}}, ("other", "substitute")),
        ({"section": {"status": "suspended", "substitute": "other"}}, ("other", "substitute")),
        ({"section": AWAY}, ("head", "next_level")),
        ({"section": GONE}, ("head", "next_level")),
        ({"section": {**GONE, "substitute": "other"}}, ("head", "next_level")),
        ({"section": GONE, "head": AWAY}, ("agency", "next_level")),
        ({"section": GONE, "head": {**AWAY, "substitute": "other"}}, ("other", "next_level")),
        ({"section": GONE, "head": AWAY, "agency": AWAY}, ("deputy", "next_level")),
        ({"section": GONE, "head": AWAY, "agency": {**AWAY, "substitute": None}}, ("deputy", "desk")),
        (
            {"section": GONE, "head": AWAY, "agency": {**AWAY, "substitute": None}, "deputy": AWAY},
            ("regent", "external"),
        ),
    ],
)  # fmt: skip
def test_the_chain_is_acting_head_substitute_next_level_desk_external(
    changes: Mapping[str, Mapping[str, object]], expected: tuple[str, str]
) -> None:
    """Each is asked only when nobody before can serve; a substitute's mandate ends with the holder's."""
    assert expected == who("rater", chart(**changes))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), ("section", "holder")),
        (date(2026, 1, 1), ("other", "acting")),
        (date(2026, 6, 30), ("other", "acting")),
        (date(2026, 7, 1), ("head", "next_level")),
    ],
)
def test_an_acting_head_serves_from_the_first_to_the_last_day_of_the_decree(
    day: date, expected: tuple[str, str]
) -> None:
    """Both days count."""
    assert expected == who("rater", chart(section=GONE, other={"acting_for": "section", **ACTS}), day=day)


def test_who_is_away_comes_back_the_day_after() -> None:
    """The last day of leave is still leave."""
    on = chart(section=AWAY)

    assert ["head", "section"] == [
        who("rater", on, day=day)[0] for day in (date(2026, 4, 30), date(2026, 5, 1))
    ]


def test_an_acting_head_has_no_part_in_their_own_case() -> None:
    """Acting for one's own superior's post sends one's own rating a level up."""
    on = chart(head=GONE, section={"acting_for": "head", **ACTS})

    assert ("section", "acting") == who("rater", on, "other")
    assert ("agency", "next_level") == who("rater", on, "section")
    assert ("regent", "holder") == who("reviewer", on, "section")


def test_the_reviewer_of_an_acting_rater_comes_from_the_line_of_the_post() -> None:
    """An acting head from elsewhere does not bring their own superior along."""
    on = chart(section=GONE, deputy={"acting_for": "section", **ACTS})

    assert ("deputy", "acting") == who("rater", on)
    assert ("head", "holder") == who("reviewer", on)


def test_those_who_stand_in_for_the_subject_do_not_judge_the_subject() -> None:
    """A head's case goes up, not to the head's own substitute."""
    on = chart(head={"substitute": "section"})

    assert ("agency", "next_level") == who("unit_head", on, "head")


def test_nobody_below_judges_the_head_of_the_agency() -> None:
    """Up from there is the external official, before the personnel desk."""
    assert ("regent", "external") == who("ppk", chart(), "agency")
    assert ("regent", "holder") == who("rater", chart(), "agency")


def test_a_role_keeps_away_from_those_it_excludes() -> None:
    """When rater and reviewer would be one person, the next one up reviews."""
    on = chart(section=GONE, agency={"substitute": "head", **AWAY})

    assert ("head", "next_level") == who("rater", on)
    assert ("deputy", "desk") == who("reviewer", on)


def test_a_desk_officer_does_not_handle_their_own_case() -> None:
    """The next desk of the agency does, by person_id."""
    on = chart(section={"unit": "Elsewhere", "duties": ("desk:performance",)})

    assert ("section", "desk") == who("manager", on, "other")


def test_a_desk_is_looked_for_in_the_own_unit_then_upwards_then_anywhere() -> None:
    """The nearest officer, though another has the lower number."""
    on = chart(
        regent={"duties": ("desk:performance",)}, agency={"duties": ("head", "desk:performance")},
        siti={"person_id": "siti", "superior": "head"},
    )  # fmt: skip
    elsewhere = chart(other={"duties": ()}, agency={"duties": ("head", "desk:performance")})

    assert "other" == who("manager", on)[0]
    assert "agency" == who("manager", elsewhere)[0]


def test_otherwise_is_tried_before_the_next_level() -> None:
    """The author's own alternative is nearer than the general rule."""
    roles = named(*ROLES.values(), role("rater2", SuperiorOf(role="employee"), otherwise=("manager",)))
    on = chart(section=GONE)

    assert ("head", "next_level") == who("rater", on)
    assert ("other", "desk") == who("rater2", on, roles=roles)


def test_otherwise_may_start_from_the_one_who_was_passed_over() -> None:
    """Else the superior of the superior: no circle."""
    roles = named(
        role("employee", Subject()),
        role("rater", SuperiorOf(role="employee"), otherwise=("above",)),
        role("above", SuperiorOf(role="rater"), exclude=("employee",)),
    )

    assert () == circles(roles)
    assert ("head", "holder") == who("rater", chart(section=GONE), roles=roles)


def test_roles_that_wait_for_each_other_are_named() -> None:
    """Such a definition says nothing."""
    roles = named(
        role("employee", Subject()),
        role("a", SuperiorOf(role="b")),
        role("b", SuperiorOf(role="employee"), exclude=("a",)),
    )

    assert (("a", "b", "a"),) == circles(roles)
    assert () == circles(ROLES)
    with pytest.raises(DefinitionInvalid, match="a -> b -> a"):
        find("a", chart(), roles=roles)


def test_a_role_is_asked_for_its_own_day_and_never_for_one_to_come() -> None:
    """A day in the future is read as today until it comes."""
    moved = chart(siti={"superior": "head"})
    asked = [
        resolve("rater", ROLES, moved, "p-siti", days, date(2026, 4, 10))
        for days in (
            {"rater": date(2026, 3, 31)},
            {"rater": date(2026, 12, 31)},
            lambda name: date(2026, 1, 1),
        )
    ]

    assert [date(2026, 3, 31), date(2026, 4, 10), date(2026, 1, 1)] == [one.as_of for one in asked]


def test_the_day_chooses_the_post_but_who_has_left_since_is_given_nothing() -> None:
    """The section's head led on 31 March and left that evening: asked in April, the work goes to the level above."""
    on = chart(section={"valid_to": date(2026, 3, 31)})
    found = resolve("rater", ROLES, on, "p-siti", {"rater": date(2026, 3, 31)}, date(2026, 4, 10))
    earlier = resolve("rater", ROLES, on, "p-siti", {"rater": date(2026, 3, 31)}, date(2026, 3, 31))

    assert ("p-head", date(2026, 3, 31)) == (found.person, found.as_of)
    assert "p-section" == earlier.person


def test_what_was_decided_earlier_in_the_case_is_not_asked_again() -> None:
    """The reviewer is found above the rater who rated, whoever would be rater now."""
    on = chart(siti={"superior": "head"})
    earlier = find("rater", chart())

    assert "p-agency" == find("reviewer", on).person
    assert ["p-head", "p-head"] == [
        resolve("reviewer", ROLES, on, "p-siti", {}, DAY, fixed={"rater": known}).person
        for known in (earlier, "p-section")
    ]


def test_someone_who_has_left_still_has_a_line() -> None:
    """A case may outlive the person's segment: the last one counts."""
    assert ("section", "holder") == who("rater", chart(siti=GONE))


def test_when_nobody_is_left_the_error_names_everybody_tried() -> None:
    """Silence would leave a case without a holder."""
    on = Chart(segments=(person("solo", None), person("boss", None, status="suspended")), version="1")
    roles = named(*ROLES.values())
    with pytest.raises(NobodyFound) as caught:
        find("rater", on, "solo", roles=roles)

    assert ("nobody_found", "rater", ()) == (caught.value.code, caught.value.role, caught.value.tried)
    lonely = chart(**{one.person_id: AWAY for one in BASE if one.person_id != "siti"})
    with pytest.raises(NobodyFound, match="desk p-deputy away") as caught:
        find("rater", lonely)

    assert "external p-regent away" in caught.value.tried


def test_strangers_are_refused_by_name() -> None:
    """Unknown roles offer the known ones."""
    with pytest.raises(NotFound, match="rater"):
        find("ratr", chart())
    with pytest.raises(NotFound, match="p-nobody"):
        find("rater", chart(), "nobody")
    with pytest.raises(NotFound):
        next_level(chart(), "p-nobody", DAY)


def test_a_late_persons_work_can_go_to_a_stand_in_or_a_level_up() -> None:
    """What the rungs of a ladder need; the excluded and the late person are passed over."""
    on = chart(head={"substitute": "other"})
    given_over = substitute_of(on, "p-head", DAY)
    up = [next_level(on, f"p-{name}", DAY) for name in ("siti", "section", "agency", "regent")]

    assert given_over is not None
    assert ("p-other", "substitute") == (given_over.person, given_over.via)
    assert substitute_of(on, "p-head", DAY, exclude=frozenset({"p-other"})) is None
    assert substitute_of(on, "p-siti", DAY) is None
    assert [
        ("p-section", "next_level"), ("p-head", "next_level"), ("p-regent", "external"), ("p-deputy", "desk"),
    ] == [(one.person, one.via) for one in up]  # fmt: skip
    assert "p-agency" == next_level(on, "p-section", DAY, frozenset({"p-head", "p-other"})).person


def test_the_next_level_of_everybody_in_the_demo_agency_is_somebody() -> None:
    """The last rung of a ladder reaches somebody for each person of the chart."""
    on = demo()
    late = [one for one in on.people(DAY) if next_level(on, one.key, DAY).person == one.key]

    assert [] == late
