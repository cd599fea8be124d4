"""A gathering from its opening to its end: who is asked, whether it has what it needs, what comes of it.

Each is asked once and answers once, whatever roles they fill. Signatures lapse as soon as the text under them is
another. Below `least` (and, where nobody is to be named, below `anonymous`) nothing comes of it: never a part.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Any, TypeVar

from engine.core.arming import TASK, arm_fact
from engine.core.assigning import find_all, why
from engine.core.case import Asked, Case, Gathering, Task
from engine.core.case_lists import Outcome
from engine.core.codec import replace
from engine.core.command import Contents
from engine.core.definition import Gather, Gathered, State
from engine.core.draft import Draft
from engine.core.following import follower
from engine.core.kept import after, answer_name, held_name, result_name
from engine.core.people import Resolution, Subject
from engine.core.signing import digest_of
from engine.errors import NobodyFound

GATHERED = Gathered().text

_Item = TypeVar("_Item")


def open_gathering(draft: Draft, state: State) -> None:
    """Ask everybody its roles name, each with a task of their own.

    Raises: NobodyFound, if nobody fills a role that one person fills alone.
    """
    rule = _rule(state)
    clock = next((one for one in draft.case.deadlines if one.name == TASK), None)
    asked: list[Asked] = []
    for role, found in _people(draft, rule):
        draft.found(found)
        case = draft.case
        task = Task(
            id=f"{case.id}.{case.visit}.{len(asked) + 1}",
            kind="answer",
            visit=case.visit,
            state=case.state,
            role=role,
            holder=found.person,
            why=why(found),
            opened_at=draft.scene.now,
            due_on=clock.due_on if clock else None,
            due_at=clock.due_at if clock else None,
        )
        asked.append(Asked(task=task))
    draft.change(gathering=Gathering(name=rule.name, asked=tuple(asked)))
    draft.facts["asks"] = rule.name
    actor = draft.facts["actor"].get("person")
    for one in asked:
        draft.open(one.task)
        if one.person != actor:
            draft.tell(one.person, "task", f"{draft.case.visit}/opened", one.task.id)
    settle_fact(draft)


def rule_of(draft: Draft) -> Gather:
    """What the gathering of the present state asks for."""
    return _rule(draft.machine.state(draft.case.state))


def put(draft: Draft, task_id: str, **fields: Any) -> None:
    """Give one of those asked another standing."""
    gathering = _gathering(draft)
    asked = tuple(replace(one, **fields) if one.task.id == task_id else one for one in gathering.asked)
    draft.change(gathering=replace(gathering, asked=asked))


def fulfilled(rule: Gather, gathering: Gathering) -> bool:
    """Whether the need is met, or nobody is left to wait for; a text is never signed by nobody."""
    answered = gathering.count("answered")
    if rule.sign is not None:
        everybody = len(gathering.asked) - gathering.count("dropped")
        return answered >= max(1, rule.need if rule.need is not None else everybody)
    return not gathering.waiting or (rule.need is not None and answered >= rule.need)


def taken_part(case: Case) -> frozenset[str]:
    """Everybody who was asked in this visit, and so cannot be asked again in somebody else's place."""
    return (
        frozenset(one.person for one in case.gathering.asked) if case.gathering is not None else frozenset()
    )


def settle_fact(draft: Draft) -> None:
    """Let `gathered` be true exactly while it is; where that is all a move waits for, it comes at this instant."""
    state, case = draft.machine.state(draft.case.state), draft.case
    true = fulfilled(_rule(state), _gathering(draft))
    if true == (GATHERED in case.facts):
        return
    if true:
        draft.change(facts=(*case.facts, GATHERED))
        draft.put_deadlines(*arm_fact(draft.machine.definition, state, draft.case, GATHERED, draft.scene))
        return
    draft.change(facts=tuple(fact for fact in case.facts if fact != GATHERED))


def drop(draft: Draft, task: Task) -> None:
    """Somebody left and nobody follows them: they are asked no more, and it stays marked."""
    put(draft, task.id, state="dropped")
    draft.end(task, "withdrawn")
    draft.facts.setdefault("dropped", []).append(task.holder)


def lapse(draft: Draft) -> None:
    """Take back every signature under another text than the present one; its signer is told and asked again.

    In place of a signer who has left or has other duties by now, whoever follows them is asked, or nobody.
    """
    gathering = draft.case.gathering
    if gathering is None or rule_of(draft).sign is None:
        return
    digest = text_digest(draft)
    for one in gathering.asked:
        if one.state == "answered" and one.bound != digest:
            draft.tell(one.person, "lapsed", str(draft.seq), one.task.id)
            draft.facts.setdefault("lapsed", []).append(one.person)
            _ask_again(draft, one)
    settle_fact(draft)


def _ask_again(draft: Draft, one: Asked) -> None:
    after = follower(draft.machine, draft.case, one.task, draft.scene)
    if after is None:
        put(draft, one.task.id, state="waiting", bound="")
        draft.open(one.task)
    elif after.to is None or after.to.person in taken_part(draft.case):
        put(draft, one.task.id, state="dropped", bound="")
        draft.facts.setdefault("dropped", []).append(one.person)
    else:
        task = replace(one.task, holder=after.to.person, why=why(after.to), since="followed")
        put(draft, one.task.id, state="waiting", bound="", task=task)
        draft.found(after.to, instead_of=one.person)
        draft.open(task)
        draft.tell(task.holder, "task", f"lapsed/{draft.seq}", task.id, before=one.person)


def text_digest(draft: Draft) -> str:
    """The digest of the text that is being signed, as it stands by now."""
    name = rule_of(draft).sign
    return digest_of(draft.machine.definition, draft.contents, name) if name is not None else ""


def closing(draft: Draft) -> Contents:
    """The contents as they will be once the present gathering is over, for whoever decides what follows."""
    rows = _closing_rows(draft)
    return after(draft.contents, rows) if rows else draft.contents


def close_gathering(draft: Draft) -> None:
    """The gathering is over: whoever did not answer is asked no more, and what came of it is kept as one."""
    gathering = draft.case.gathering
    if gathering is None:
        return
    for task in gathering.waiting:
        draft.end(task, "withdrawn")
    rule, case = rule_of(draft), draft.case
    answered = [one for one in gathering.asked if one.state == "answered"]
    outcome = Outcome(
        visit=case.visit,
        asked=len(gathering.asked),
        answered=len(answered),
        declined=gathering.count("declined"),
        dropped=gathering.count("dropped"),
        enough=_enough(rule, gathering),
        by=() if rule.anonymous else tuple(one.person for one in answered),
    )
    for name, value in _closing_rows(draft):
        draft.write(name, value)
    if rule.anonymous:
        draft.hold(held_name(rule.name, case.visit), None)
    draft.facts["gathered"] = {
        "name": rule.name,
        "asked": outcome.asked,
        "answered": outcome.answered,
        "declined": outcome.declined,
        "dropped": outcome.dropped,
        "enough": outcome.enough,
    }
    facts = tuple(fact for fact in case.facts if fact != GATHERED)
    kept = case.gathered.get(rule.name)
    if kept is None or outcome.enough or not kept.enough:
        draft.change(gathered={**case.gathered, rule.name: outcome})
    draft.change(gathering=None, facts=facts)


def held_answers(draft: Draft) -> list[Any]:
    """The answers of this visit that are held back until its gathering is over."""
    return _held(draft.contents, held_name(rule_of(draft).name, draft.case.visit))


def shuffled(items: Sequence[_Item], seed: bytes, name: str) -> list[_Item]:
    """The same items in an order that only the step's seed knows, and the seed is not kept."""
    keyed = [(hmac.digest(seed, f"{name}/{at}".encode(), "sha256"), item) for at, item in enumerate(items)]
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def _closing_rows(draft: Draft) -> list[tuple[str, Any]]:
    """What is kept of a gathering that ends now: nothing unless there is enough; what was gathered earlier stands."""
    gathering = draft.case.gathering
    if gathering is None:
        return []
    rule, case = rule_of(draft), draft.case
    if rule.form is None or not _enough(rule, gathering):
        return []
    if rule.anonymous:
        answers = shuffled(held_answers(draft), draft.scene.seed, f"{draft.seq}/close")
    else:
        answers = [
            draft.contents.answers[answer_name(rule.name, case.visit, one.person)]
            for one in gathering.asked
            if one.state == "answered"
        ]
    return [(result_name(rule.name), answers)]


def _enough(rule: Gather, gathering: Gathering) -> bool:
    if rule.sign is not None:
        return fulfilled(rule, gathering)
    return gathering.count("answered") >= max(1, rule.least, rule.anonymous)


def _held(contents: Contents, name: str) -> list[Any]:
    held = contents.answers.get(name)
    return list(held) if isinstance(held, list) else []


def _people(draft: Draft, rule: Gather) -> list[tuple[str, Resolution]]:
    """Everybody to be asked, with the role they are asked in; nobody twice, nobody about themselves as another."""
    definition, case, scene = draft.machine.definition, draft.case, draft.scene
    people: dict[str, tuple[str, Resolution]] = {}
    for role in rule.who:
        found = find_all(definition, case, role, scene)
        if not found and not definition.roles[role].several:
            raise NobodyFound(role)
        own = isinstance(definition.roles[role].query, Subject)
        for one in found:
            if one.person != case.subject or own:
                people.setdefault(one.person, (role, one))
    return list(people.values())


def _rule(state: State) -> Gather:
    assert state.gather is not None, f"nothing is gathered in {state.name}"
    return state.gather


def _gathering(draft: Draft) -> Gathering:
    assert draft.case.gathering is not None
    return draft.case.gathering
