"""Rules come into force by two people, each with a reason; what was done stands in the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from engine.core.codec import decode
from engine.core.command import OPERATOR, Actor
from engine.core.parse import read
from engine.core.source import read_yaml
from engine.errors import (
    Conflict,
    DefinitionInvalid,
    LaunchInvalid,
    NotFound,
    NotYours,
    ReasonMissing,
    StoreUnusable,
)
from engine.runtime import Engine, Rules
from engine.store import Database, queries
from tests.furnished import furnish
from tests.proof.grounds import NO_SILENCE, USED_UP
from tests.runtime.conftest import OPENING, HandClock, import_people
from tests.worlds import ROOT

WHY = "sesuai PermenPANRB 6/2022"


def small(change: tuple[str, str] = ("", "")) -> Rules:
    """The small definition, with something else in it."""
    rules, texts = (
        (ROOT / f"tests/definitions/small{end}").read_text(encoding="utf-8")
        for end in (".yaml", ".texts.yaml")
    )
    assert change[0] in rules
    return Rules(rules=rules.replace(*change), texts=texts, name="small.yaml", texts_name="small.texts.yaml")


CHANGED = ("note: invented}", "note: another note}")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def engine(place: str, clock: HandClock) -> Iterator[Engine]:
    """A real agency with people and a calendar, nothing published."""

    def fill(to: str) -> None:
        new = Engine(Database.create(to, "real"), clock)
        path = ROOT / "workflows/calendars/id-asn.yaml"
        new.add_calendar(read_yaml(path.read_text(encoding="utf-8"), path.name).values)
        import_people(new, (ROOT / "workflows/examples/people-demo.csv").read_bytes())
        new.database.close()

    furnish(place, "a real agency without rules", fill)
    made = Engine(Database(place), clock)
    yield made
    made.database.close()


def named(engine: Engine, name: str) -> Actor:
    return Actor(person=next(one.key for one in engine.chart.segments if one.name.startswith(name)))


@pytest.fixture
def author(engine: Engine) -> Actor:
    """Of the personnel desk."""
    return named(engine, "Zulkifli")


@pytest.fixture
def approver(engine: Engine) -> Actor:
    """Of the personnel desk, somebody else."""
    return named(engine, "Marlina")


def told(engine: Engine) -> list[str]:
    """The kinds of entries in the stream of definitions."""
    with engine.database.read() as view:
        return [one.kind for one in queries.history(view, "definitions")]


def test_a_version_is_proposed_by_one_and_approved_by_another(
    engine: Engine, author: Actor, approver: Actor
) -> None:
    """The log tells who, when and since when it holds; the reasons lie beside it."""
    proposed = engine.propose(small(), actor=author, reason=WHY)
    published = engine.approve("small@1", actor=approver, reason="sudah dibahas", effective=OPENING)

    assert ("proposed", "published") == (proposed.status, published.status)
    assert [
        ("proposed", author.person, WHY),
        ("published", approver.person, "sudah dibahas"),
    ] == [(one.kind, one.person, one.reason) for one in published.said]
    assert OPENING == published.effective
    assert ["proposed", "published"] == told(engine)
    assert [] == engine.verify()
    assert "small-2025" == engine.launch("small", opens=OPENING, actor=author).cycle


def test_a_proposal_is_no_definition_yet(engine: Engine, author: Actor) -> None:
    """No cycle can be launched with it; it can be read by those who are to approve it."""
    proposed = engine.propose(small(), actor=author, reason=WHY)

    assert () == engine.definitions()
    with pytest.raises(LaunchInvalid, match="waits for approval"):
        engine.launch("small", opens=OPENING, actor=author)
    assert "small@1" == engine.definition(proposed.digest).name


def test_nobody_approves_what_they_proposed(engine: Engine, author: Actor) -> None:
    """Two pairs of eyes, whatever desk they serve on."""
    engine.propose(small(), actor=author, reason=WHY)

    with pytest.raises(NotYours, match="same person"):
        engine.approve("small@1", actor=author, reason=WHY, effective=OPENING)
    assert ["proposed"] == told(engine)


def test_the_head_of_the_agency_may_approve(engine: Engine, author: Actor) -> None:
    """A desk of one person is no dead end."""
    engine.propose(small(), actor=author, reason=WHY)
    head = named(engine, "Abdul Karim")

    assert "published" == engine.approve("small@1", actor=head, reason=WHY, effective=OPENING).status


@pytest.mark.parametrize("who", ["Iqbal", "Siti Hajar", ""])
def test_others_bring_no_rules_into_force(engine: Engine, author: Actor, who: str) -> None:
    """Not an employee, not the head of some unit, not somebody who gives no name."""
    stranger = named(engine, who) if who else OPERATOR
    engine.propose(small(), actor=author, reason=WHY)

    with pytest.raises(NotYours):
        engine.propose(small(CHANGED), actor=stranger, reason=WHY)
    with pytest.raises(NotYours):
        engine.approve("small@1", actor=stranger, reason=WHY, effective=OPENING)
    with pytest.raises(NotYours):
        engine.withdraw("small@1", actor=stranger, reason=WHY)
    assert ["proposed"] == told(engine)


def test_every_act_needs_a_reason(engine: Engine, author: Actor, approver: Actor) -> None:
    """Blanks are none."""
    with pytest.raises(ReasonMissing):
        engine.propose(small(), actor=author, reason="  ")
    engine.propose(small(), actor=author, reason=WHY)
    with pytest.raises(ReasonMissing):
        engine.approve("small@1", actor=approver, reason="", effective=OPENING)
    with pytest.raises(ReasonMissing):
        engine.withdraw("small@1", actor=approver, reason="")


def test_the_same_version_with_another_digest_is_refused(
    engine: Engine, author: Actor, approver: Actor
) -> None:
    """While it is proposed, and for good once it is published; the very same is proposed once."""
    first = engine.propose(small(), actor=author, reason=WHY)
    with pytest.raises(Conflict, match=r"proposed already.*version: 2"):
        engine.propose(small(CHANGED), actor=author, reason=WHY)
    again = engine.propose(small(), actor=approver, reason=WHY)
    engine.approve("small@1", actor=approver, reason=WHY, effective=OPENING)
    with pytest.raises(Conflict, match=r"published already.*version: 2"):
        engine.propose(small(CHANGED), actor=author, reason=WHY)

    assert first == again
    assert ["proposed", "published"] == told(engine)


def test_a_withdrawn_version_is_free_again(engine: Engine, author: Actor, approver: Actor) -> None:
    """Who took it back, and why, stays in the list."""
    engine.propose(small(), actor=author, reason=WHY)
    withdrawn = engine.withdraw("small@1", actor=approver, reason="salah tanggal")
    proposed = engine.propose(small(CHANGED), actor=author, reason=WHY)

    assert ("withdrawn", "salah tanggal") == (withdrawn.status, withdrawn.said[-1].reason)
    assert [withdrawn, proposed] == list(engine.publications())
    with pytest.raises(NotFound):
        engine.definition(withdrawn.digest)
    with pytest.raises(NotFound, match="small@1"):
        engine.approve("small@2", actor=approver, reason=WHY, effective=OPENING)


def test_a_published_version_is_neither_approved_again_nor_withdrawn(
    engine: Engine, author: Actor, approver: Actor
) -> None:
    """What is in force stays."""
    engine.propose(small(), actor=author, reason=WHY)
    engine.approve("small@1", actor=approver, reason=WHY, effective=OPENING)

    for act in (
        lambda: engine.approve("small@1", actor=approver, reason=WHY, effective=OPENING),
        lambda: engine.withdraw("small@1", actor=author, reason=WHY),
    ):
        with pytest.raises(Conflict, match="in force already"):
            act()


def test_a_cycle_is_launched_from_the_effective_date_on(
    engine: Engine, clock: HandClock, author: Actor, approver: Actor
) -> None:
    """Before that day the older version holds, if there is one."""
    engine.propose(small(), actor=author, reason=WHY)
    engine.approve("small@1", actor=approver, reason=WHY, effective=date(2025, 12, 10))
    engine.propose(small(("version: 1", "version: 2")), actor=author, reason=WHY)
    engine.approve("small@2", actor=approver, reason=WHY, effective=date(2026, 2, 1))

    clock.put(date(2025, 12, 9), 23)
    with pytest.raises(LaunchInvalid, match="takes effect"):
        engine.launch("small", opens=OPENING, actor=author)
    clock.put(date(2025, 12, 10), 0)
    assert 1 == engine.in_force("small").version
    clock.put(date(2026, 2, 1), 0)
    assert 2 == engine.in_force("small").version


def test_the_checks_run_before_a_proposal(engine: Engine, author: Actor) -> None:
    """What is wrong refuses it; what is only remarked stands in its entry."""
    with pytest.raises(DefinitionInvalid):
        engine.propose(small(("to: checking", "to: cheking")), actor=author, reason=WHY)
    unused = ("\nforms:\n", "\nforms:\n  spare: {points: {number: 0..10}}\n")
    given = small(unused)
    texts = given.texts.replace("\nforms:\n", "\nforms:\n  spare: {id: Cadangan, en: Spare}\n").replace(
        "\nfields:\n", "\nfields:\n  spare.points: {id: Nilai, en: Points}\n"
    )
    proposed = engine.propose(
        Rules(rules=given.rules, texts=texts, name="a", texts_name="b"), actor=author, reason=WHY
    )

    assert any("forms.spare" in one for one in proposed.remarks)
    assert ["proposed"] == told(engine)


def linked(name: str) -> Rules:
    """A definition of the linked family."""
    rules, texts = (
        (ROOT / f"tests/definitions/linked/{name}{end}").read_text(encoding="utf-8")
        for end in (".yaml", ".texts.yaml")
    )
    return Rules(rules=rules, texts=texts, name=f"{name}.yaml", texts_name=f"{name}.texts.yaml")


def test_rules_are_proposed_beside_those_they_name_that_are_not_in_force_yet(
    engine: Engine, author: Actor, approver: Actor
) -> None:
    """The year and its unit read each other: neither could ever be the first. What is not in force is remarked."""
    year = read(linked("annual").rules, linked("annual").texts)
    with pytest.raises(DefinitionInvalid, match="'annual' is not here"):
        engine.propose(linked("unit-year"), actor=author, reason=WHY)
    proposed = engine.propose(replace(linked("unit-year"), beside=(year,)), actor=author, reason=WHY)
    engine.approve("unit-year@1", actor=approver, reason=WHY, effective=OPENING)

    assert "unproven not_in_force annual" in proposed.remarks
    assert ["unit-year"] == [one.workflow for one in engine.definitions()]


def test_what_is_in_force_is_proven_with_and_not_what_stands_beside(
    engine: Engine, author: Actor, approver: Actor
) -> None:
    """A file beside the rules never hides what the agency really runs."""
    for name in ("improvement", "quarter"):
        engine.propose(linked(name), actor=author, reason=WHY)
        engine.approve(f"{name}@1", actor=approver, reason=WHY, effective=OPENING)
    beside = tuple(read(linked(name).rules, linked(name).texts) for name in ("quarter", "unit-year"))
    proposed = engine.propose(replace(linked("annual"), beside=beside), actor=author, reason=WHY)

    assert ["unproven not_in_force unit-year"] == [one for one in proposed.remarks if "not_in_force" in one]


def test_the_log_holds_no_words_of_a_reason(engine: Engine, author: Actor) -> None:
    """A reason may name somebody: the entry commits to it, and the words can be erased."""
    engine.propose(small(), actor=author, reason=WHY)
    with engine.database.read() as view:
        body = queries.history(view, "definitions")[0].body

    assert WHY.encode() not in body
    assert 64 == len(decode(body)["content"]["reason"])


def test_only_a_demo_publishes_by_itself(engine: Engine, tmp_path, clock: HandClock) -> None:
    """And its entry says so."""
    given = small()
    texts = {"name": given.name, "texts_name": given.texts_name, "actor": OPERATOR}
    with pytest.raises(StoreUnusable, match="two people"):
        engine.publish(given.rules, given.texts, **texts)
    demo = Engine(Database.create(str(tmp_path / "demo.db"), "demo"), clock)
    demo.publish(given.rules, given.texts, **texts)
    (only,) = demo.publications()
    demo.database.close()

    assert ("published", True, "") == (only.status, only.demo, only.author)
    assert () == engine.publications()


def test_what_the_proofs_refute_is_not_proposed(engine: Engine, author: Actor) -> None:
    """An error among the findings refuses it, with its place; a warning stands in the entry."""
    given = small()
    rules, texts = given.rules, given.texts
    for before, after in {**USED_UP, **NO_SILENCE}.items():
        rules, texts = rules.replace(before, after), texts.replace(before, after)
    stuck = Rules(rules=rules, texts=texts, name="small.yaml", texts_name="small.texts.yaml")
    endless = small((", at_most: 2, then: waiting", ""))

    with pytest.raises(DefinitionInvalid, match=r"small\.yaml:\d+:\d+: error cannot_finish"):
        engine.propose(stuck, actor=author, reason=WHY)
    remarks = engine.propose(endless, actor=author, reason=WHY).remarks
    assert any(one.startswith("warning loop_without_cap phases.planning.") for one in remarks)


def test_an_agency_publishes_its_own_numbers(engine: Engine, author: Actor, approver: Actor) -> None:
    """The digest is that of the effective definition; beside it the base cannot be published under the same name."""
    given = small()
    override = "overrides: small@1\nagency: Dinas Uji\nsettings:\n  drafting_time: 7 working days\n"
    own = replace(given, override=override)
    proposed = engine.propose(own, actor=author, reason=WHY)
    engine.approve("small@1", actor=approver, reason=WHY, effective=OPENING)
    effective = engine.definition(proposed.digest)

    assert ("7 working days", "Dinas Uji") == (effective.settings["drafting_time"].value, effective.agency)
    with pytest.raises(Conflict, match="published already"):
        engine.propose(given, actor=author, reason=WHY)


def test_an_agencys_number_beyond_what_is_allowed_is_not_proposed(engine: Engine, author: Actor) -> None:
    """Told at its place in the agency's file."""
    override = "overrides: small@1\nagency: Dinas Uji\nsettings:\n  drafting_time: 70 working days\n"

    with pytest.raises(DefinitionInvalid, match=r"override:4:\d+: error"):
        engine.propose(replace(small(), override=override), actor=author, reason=WHY)
