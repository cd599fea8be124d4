"""What the table of rules may never say, whatever is added to it."""

from __future__ import annotations

from typing import get_args

import pytest

from engine.core.access import ACTIONS, NOTHING, RULES, SCOPES, AccountOf, Asker, CaseOf, decide, rules_of
from engine.core.access.denying import DENIED
from engine.core.access.who import Administrator, Auditor, Privacy, Who

#: what changes a record that may be the asker's own
_OF_OTHERS = (
    "case.steer",
    "case.release",
    "people.import",
    "people.undo",
    "outage.declare",
    "account.change",
)
_CASE = CaseOf(id="c-1", subject="p-1", unit="Dinas", cycle="asn-2026", workflow="asn")


def test_every_action_has_a_rule_and_every_rule_known_actions() -> None:
    """An action nobody may ever do, and a rule for nothing, are mistakes of the table."""
    assert set(ACTIONS) == {action for rule in RULES for action in rule.actions} == set(SCOPES)


def test_the_ids_of_rules_are_unique_and_their_reasons_in_both_languages() -> None:
    """A denial and a log name a rule by its id."""
    assert len(RULES) == len({one.id for one in RULES})
    assert all(one.why.id and one.why.en for one in RULES)
    assert all(told.id and told.en for told in DENIED.values())


def test_administrators_and_privacy_officers_see_no_case() -> None:
    """Whoever looks after accounts or personal data does not read what is written in cases."""
    for who in (Administrator(), Privacy()):
        assert not [
            one for one in RULES if one.who == who and any(name.startswith("case.") for name in one.actions)
        ]
    for role in ("administrator", "privacy"):
        asker = Asker(account="a-1", roles=frozenset({role}))
        for action in ACTIONS:
            if action.startswith("case."):
                assert not decide(asker, action, _CASE).allowed, (role, action)


def test_auditors_read_and_never_write() -> None:
    """Whatever a rule opens to auditors is read only."""
    opened = {action for one in RULES if one.who == Auditor() for action in one.actions}
    assert opened
    assert {"read"} == {SCOPES[action] for action in opened}


@pytest.mark.parametrize("action", _OF_OTHERS)
def test_nobody_administers_their_own_record(action: str) -> None:
    """Each rule that steers or changes is for the records of others."""
    found = rules_of(action)  # type: ignore[arg-type]
    assert found
    assert all(one.when is not None for one in found)


def test_a_denial_of_ones_own_record_says_so() -> None:
    """The desk may steer the case of others; in its own it is told why not."""
    desk = Asker(person="p-1", personnel=True)
    assert ("own-record", False) == (
        (own := decide(desk, "case.steer", _CASE)).rule,
        own.allowed,
    )
    other = Asker(person="p-2", personnel=True)
    assert decide(other, "case.steer", _CASE).allowed
    assert not decide(
        Asker(account="a-1", roles=frozenset({"administrator"})), "account.change", AccountOf(id="a-1")
    ).allowed


def test_nobody_at_all_may_do_no_more_than_what_is_open() -> None:
    """Deny by default."""
    allowed = [action for action in ACTIONS if decide(Asker(), action, NOTHING).allowed]
    assert ["open"] == allowed
    assert ["open"] == [action for action in ACTIONS if decide(Asker(), action, _CASE).allowed]


def test_a_token_does_no_more_than_it_was_made_for() -> None:
    """A token to read does not act, whatever its account may."""
    reader = Asker(person="p-1", personnel=True, scopes=frozenset({"read"}))
    allowed = [action for action in ACTIONS if decide(reader, action, _CASE).allowed]
    assert {"read"} == {SCOPES[action] for action in allowed}
    assert "token-scope" == decide(reader, "case.act", _CASE).rule


def test_every_atom_is_used_by_a_rule_or_kept_for_one() -> None:
    """The union is closed: what stands in it has a rule."""
    assert {type(one.who) for one in RULES} == set(get_args(Who))
