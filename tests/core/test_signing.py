"""Signatures: each binds the very text it stands under, and no other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from engine.core.codec import canonical
from engine.core.command import Actor, Fire
from engine.core.signing import digest_of
from engine.core.visibility import readable
from engine.errors import FormInvalid, GuardRefused, StaleVisit, UnknownTrigger, WrongPerson
from tests.definitions_varied import varied
from tests.gatherings import PLAN, asked, both, signing, staffed
from tests.worlds import World, on_desk, without

OTHER = {"goals": [{"title": "Satu", "weight": 100}]}


def bound(world: World) -> dict[str, str]:
    """Under which text each signature stands."""
    assert world.case.gathering is not None
    return {one.person: one.bound for one in world.case.gathering.asked}


def test_a_signature_binds_the_digest_of_the_text() -> None:
    """The digest is that of the form's canonical content, under its name."""
    world = signing()
    employee, rater = both(world)
    world.fire("sign", by=rater)
    expected = hashlib.sha256(canonical({"plan": world.written.forms["plan"]})).hexdigest()

    assert {employee: "", rater: expected} == bound(world)
    assert expected == digest_of(world.machine.definition, world.written, "plan")
    assert {"text": "plan", "written": world.case.filled["plan"]} == world.facts("signed")[0]["signs"]


def test_the_plan_runs_once_both_have_signed() -> None:
    """Two signatures under one text move the case, and the last entry says by whom it came."""
    world = signing()
    employee, rater = both(world)
    world.fire("sign", by=rater)
    world.fire("sign", by=employee)

    assert "peers_answer" == world.case.state
    assert ["signed", "signed", "moved"] == [one.entry.kind for one in world.steps[-3:]]
    assert (employee, rater) == world.case.gathered["plan"].by


def test_an_edit_lapses_every_signature_and_tells_who_signed() -> None:
    """The rater signed, the employee changes the text: the rater is asked again, with the new text."""
    world = signing()
    employee, rater = both(world)
    world.fire("sign", by=rater)
    edited = world.fire("edit", by=employee, plan=OTHER)

    assert "edited" == edited.entry.kind
    assert [rater] == world.facts("edited")[0]["lapsed"]
    assert (rater, "lapsed") in world.told
    assert {employee: "waiting", rater: "waiting"} == asked(world)
    assert {employee: "", rater: ""} == bound(world)
    assert "both_sign" == world.case.state


def test_saving_the_same_text_again_lapses_nothing() -> None:
    """What binds is the text, not the act of saving it."""
    world = signing()
    employee, rater = both(world)
    world.fire("sign", by=rater)
    world.fire("edit", by=employee, plan=PLAN)

    assert "answered" == asked(world)[rater]


def test_a_signer_signs_the_text_they_saw() -> None:
    """A page opened before the edit cannot sign the text after it."""
    world = signing()
    employee, rater = both(world)
    seen = digest_of(world.machine.definition, world.written, "plan")
    world.fire("edit", by=employee, plan=OTHER)
    now = digest_of(world.machine.definition, world.written, "plan")

    def sign(digest: str) -> Fire:
        return Fire(trigger="sign", actor=Actor(person=rater), seen=digest, contents=world.written)

    with pytest.raises(StaleVisit, match="changed since you opened it"):
        world.obey(sign(seen))
    world.obey(sign(now))
    assert now == bound(world)[rater]


def test_only_the_role_that_may_edit_edits() -> None:
    """The rater signs or refuses, and does not write the employee's plan."""
    world = signing()
    _, rater = both(world)

    with pytest.raises(WrongPerson):
        world.fire("edit", by=rater, plan=OTHER)
    with pytest.raises(FormInvalid):
        world.fire("edit", by=world.case.subject, plan={"goals": []})


def test_nobody_signs_twice_or_for_another() -> None:
    """Not the one who has signed, not the desk, not on behalf."""
    world = signing()
    _, rater = both(world)
    world.fire("sign", by=rater)

    for person in (rater, on_desk("personnel")):
        with pytest.raises(WrongPerson):
            world.fire("sign", by=person)
    with pytest.raises(UnknownTrigger):
        world.fire("answer", by=world.case.subject)


def test_refusing_to_sign_is_an_act_of_its_own_and_lapses_nothing_silently() -> None:
    """The text goes back with a reason; what was signed before counts for nothing afterwards."""
    world = signing()
    employee, rater = both(world)
    world.fire("sign", by=employee)
    world.fire("refuse", by=rater, reason="bobot belum tepat")

    assert "drafting" == world.case.state
    assert world.case.gathering is None
    assert 1 == world.case.gathered["plan"].answered
    world.fire("submit", plan=OTHER)
    assert {"waiting"} == set(asked(world).values())


def test_a_signer_and_who_may_edit_read_the_text() -> None:
    """Nobody is asked to sign what they may not read."""
    world = signing()
    _, rater = both(world)

    assert "plan" in readable(world.machine.definition, world.case, rater, ())
    assert "plan" in readable(world.machine.definition, world.case, world.case.subject, ("employee",))


def test_unsigned_it_goes_on_by_its_moment_only() -> None:
    """One signature of two is no agreement: the case waits for its `at`, and the outcome says one of two."""
    world = signing()
    employee, _ = both(world)
    world.fire("sign", by=employee)
    world.wait(24)
    before = world.case.state
    world.wait(2)

    assert "both_sign" == before
    assert "peers_answer" == world.case.state
    assert (2, 1) == (world.case.gathered["plan"].asked, world.case.gathered["plan"].answered)


def test_who_has_left_is_not_asked_to_sign_again() -> None:
    """The rater signed and left; the text is changed, and whoever rates now is asked in their place."""
    world = signing()
    employee, rater = both(world)
    world.fire("sign", by=rater)
    world.chart = without(world.chart, rater, world.today)
    world.wait(1)
    world.fire("edit", by=employee, plan=OTHER)
    _, successor = both(world)

    assert [rater] == world.facts("edited")[0]["lapsed"]
    assert {employee: "waiting", successor: "waiting"} == asked(world)
    assert successor not in {rater, employee}
    assert "followed" == world.case.waiting[1].since
    for person in (employee, successor):
        world.fire("sign", by=person)
    assert (employee, successor) == world.case.gathered["plan"].by


def test_who_can_sign_nothing_yet_is_told_what_else_is_open(tmp_path: Path) -> None:
    """What is to be signed cannot be worked out: the refusal names the way out, and not the act it refuses."""
    rules = {
        "count: 1..5": "count: 0..5",
        "weights: {total: plan": "weights: {least: plan",
        ', when: "weights == 100"': "",
        "sign: plan, edit: employee": "sign: weights",
    }
    said = 'drafting.submit: {id: "Jumlah bobot <weights>, harus 100", en: "Weights add up to <weights>, must be 100"}'
    texts = {f"refusals:\n  {said}\n": ""}
    world = World(definition=varied(tmp_path, rules, texts, of="gathering"), people=staffed())
    world.fire("submit", plan={"goals": []})
    with pytest.raises(GuardRefused, match="There is no text to sign yet; allowed here: refuse") as refused:
        world.fire("sign", by=both(world)[0])

    assert ("refuse",) == refused.value.allowed
