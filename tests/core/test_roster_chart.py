"""A people file as a chart: loops, tops, heads, and what a new file changes."""

from __future__ import annotations

from datetime import date

from engine.core.chart import Chart
from engine.core.roster import compare
from tests.rosters import EXAMPLES, HEADER, TODAY, codes, keys_from, line, problems, read, rows


def test_a_loop_is_found_on_the_day_it_closes_and_told_once() -> None:
    """A reports to B since 2020; B to A only since 2024."""
    text = rows(
        line("A", "B"),
        line("B", "TOP", rest="2023-12-31"),
        line("B", "A", since="2024-01-01"),
        line("C", "A"),
    )
    (found,) = problems(text)

    assert "loop" == found.code
    assert "2024-01-01" in found.message["en"]


def test_superiors_who_swap_places_are_no_loop() -> None:
    """On no day do both hold at once."""
    text = rows(
        line("A", "B", rest="2023-12-31"), line("A", "TOP", since="2024-01-01"),
        line("B", "TOP", rest="2023-12-31"), line("B", "A", since="2024-01-01"),
    )  # fmt: skip

    assert 5 == len(read(text).people)


def test_a_loop_through_a_vacant_post_is_a_loop() -> None:
    """A vacancy keeps its place in the line, so the way up would never end."""
    assert [(4, "loop")] == codes(rows(line("A", "B", rest="2022-01-01"), line("B", "A", since="2023-01-01")))


def test_a_line_without_end_is_refused() -> None:
    """More than 64 levels are a mistake of the file, not an agency."""
    text = rows(*(line(str(level), str(level - 1) if level else "TOP") for level in range(70)))

    assert {"too_deep"} == {code for _, code in codes(text)}


def test_a_chart_without_an_external_official_has_no_top() -> None:
    """Somebody must be left to decide for the agency's head."""
    text = "\n".join((HEADER, line("A", "B"), line("B", ""))) + "\n"

    assert [(0, "no_external"), (3, "top_not_external")] == codes(text)


def test_one_head_may_follow_another_but_not_beside_them() -> None:
    """A unit has one head at a time; someone on unpaid leave no longer counts."""
    follow = rows(line("A", rest="2023-12-31,,head"), line("B", since="2024-01-01", rest=",,head"))
    beside = rows(line("A", rest="2024-01-01,,head"), line("B", since="2024-01-01", rest=",,head"))
    on_leave = rows(line("A", rest=",CLTN,head"), line("B", since="2024-01-01", rest=",,head"))

    assert 3 == len(read(follow).people)
    assert [(4, "two_heads")] == codes(beside)
    assert 3 == len(read(on_leave).people)


def test_people_missing_from_the_file_still_count_as_superiors() -> None:
    """A file with one joiner is enough; the rest of the chart stays as it is."""
    old = read(rows(line("A"))).people
    text = HEADER + "\n" + line("B", "A") + "\n"
    roster = read(text, existing=old, keys={one.person_id: one.key for one in old}, new_key=keys_from("n"))

    assert ["B"] == [one.person_id for one in roster.people]
    assert {"TOP", "A", "B"} == {one.person_id for one in roster.joined_with(old)}
    assert (2, "superior_unknown") in codes(text)


def test_the_changes_of_a_new_file_are_listed_by_kind() -> None:
    """HR sees who joins, leaves and moves before anything is written."""
    old = Chart(
        segments=read(
            rows(line("H", rest=",,head"), line("A", "H"), line("B", "H"), line("C", "H"), line("D", "H"))
        ).people,
        version="1",
    )
    known = {one.person_id: one.key for one in old.segments}
    new = read(
        rows(
            line("H", rest="2026-06-30,,head"),
            line("A", "H", rest="2026-06-30"), line("A", "TOP", since="2026-07-01", rest=",,head"),
            line("B", "A", unit="Z"),
            line("C", "H", rest=",MPP"),
            line("E", "H"),
        ),
        keys=known, new_key=keys_from("n"),
    )  # fmt: skip
    changes = compare(old, new, TODAY)

    assert [("E", date(2020, 1, 1))] == [(one.person_id, one.on) for one in changes.joiners]
    assert [("H", date(2026, 6, 30))] == [(one.person_id, one.on) for one in changes.leavers]
    assert [("C", "active", "pre_retirement", TODAY)] == [
        (one.person_id, one.before, one.after, one.on) for one in changes.status_changes
    ]
    assert [("B", "A", "Z")] == [(one.person_id, one.before, one.after) for one in changes.unit_moves]
    assert [("A", date(2026, 7, 1)), ("B", TODAY)] == [
        (one.person_id, one.on) for one in changes.superior_changes
    ]
    assert [("A", date(2026, 7, 1))] == [(one.person_id, one.on) for one in changes.new_heads]
    assert ["D"] == [one.person_id for one in changes.not_in_file]
    assert known["A"] == changes.new_heads[0].key


def test_a_joiner_may_come_as_head_and_another_become_head_later() -> None:
    """Who loses a post is told by whoever gains it."""
    old = Chart(segments=read(rows(line("H", rest=",,head"), line("A", "H"))).people, version="1")
    known = {one.person_id: one.key for one in old.segments}
    new = read(
        rows(
            line("H", rest="2026-04-30"),
            line("H", unit="B", since="2026-05-01", rest=",,head"),
            line("A", "H"),
            line("N", "H", unit="C", rest=",,head"),
        ),
        keys=known,
        new_key=keys_from("n"),
    )
    changes = compare(old, new, TODAY)

    assert [("H", "B"), ("N", "C")] == sorted((one.person_id, one.after) for one in changes.new_heads)
    assert ["N"] == [one.person_id for one in changes.joiners]
    assert () == changes.leavers


def test_the_same_file_again_changes_nothing() -> None:
    """A second import is quiet."""
    data = (EXAMPLES / "people-demo.csv").read_bytes()
    first = read(data)
    again = read(data, keys={one.person_id: one.key for one in first.people})
    changes = compare(Chart(segments=first.people, version="1"), again, TODAY)

    assert first == again
    assert not any(getattr(changes, kind) for kind in changes.__slots__)
