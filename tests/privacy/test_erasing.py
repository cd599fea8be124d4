"""Erasing words and names: two people, everything that stands in the way told first, the log whole afterwards."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.core.codec import decode
from engine.core.command import Actor
from engine.core.identity.account import OPERATOR, NewAccount
from engine.core.privacy.erasing import PRIVACY, Scope
from engine.core.privacy.official import Official
from engine.errors import Conflict, NotFound, NotYours, ReasonMissing, Refused
from engine.runtime import Engine
from engine.runtime.peopling import version_of
from engine.store import Database, queries
from tests.privacy.conftest import GOAL, OTHER, WHY, Bureau
from tests.store.raw import Raw

WORDS = ("forms", "answers", "journals", "files", "reasons", "evidence", "letters", "requests")


def of_case(bureau: Bureau, classes=WORDS) -> Scope:
    return Scope(cases=(bureau.case_of(bureau.person),), classes=classes)


def stored(bureau: Bureau) -> bytes:
    """Everything the database says it holds."""
    with closing(Raw(bureau.url)) as raw:
        return repr(raw.everything()).encode()


def residue(bureau: Bureau) -> bytes:
    """The bytes of the database's files."""
    place = Path(bureau.url)
    return b"".join(one.read_bytes() for one in place.parent.glob(f"{place.name}*"))


def test_words_go_and_the_log_stays_whole(bureau: Bureau) -> None:
    """Contents, reasons, letters and answers to requests go; the entries are what they were, byte for byte."""
    case = bureau.case_of(bureau.person)
    before = bureau.engine.history(case)
    letters = sum(one.case_id == case for one in bureau.engine.messages(bureau.person, limit=500))
    assert GOAL.encode() in stored(bureau)
    assert WHY.encode() in stored(bureau)
    done = bureau.erased(of_case(bureau))

    assert before == bureau.engine.history(case)
    assert [] == bureau.engine.verify()
    assert ("erased", 1, 1) == (done.state, done.counts["forms"], done.counts["reasons"])
    assert 2 == done.words
    assert done.counts["letters"] >= letters > 0
    assert 1 == done.counts["requests"]
    told = stored(bureau)
    assert (False, False, True) == (GOAL.encode() in told, WHY.encode() in told, OTHER.encode() in told)
    assert {} == dict(bureau.engine.case(case, bureau.person).contents)
    assert () == tuple(one for one in bureau.engine.messages(bureau.person, limit=500) if one.case_id == case)


def test_nothing_of_it_is_left_in_the_files(bureau: Bureau) -> None:
    """SQLite: neither the file nor its write-ahead log has a byte of the words, though both had before."""
    if bureau.url.startswith("postgresql"):
        pytest.skip("PostgreSQL's files are looked at by themselves")
    before = residue(bureau)
    assert (True, True) == (GOAL.encode() in before, WHY.encode() in before)
    bureau.erased(of_case(bureau))
    after = residue(bureau)

    assert (False, False) == (GOAL.encode() in after, WHY.encode() in after)
    assert OTHER.encode() in after


@pytest.mark.postgres
def test_nothing_of_it_is_left_in_the_tables_of_postgresql(bureau: Bureau) -> None:
    """The heap is clear after the vacuum; what its write-ahead log keeps is told in the documentation."""
    if not bureau.url.startswith("postgresql"):
        pytest.skip("of PostgreSQL")
    asked = "SELECT position(?::bytea in pg_read_binary_file(pg_relation_filepath('content')))"
    with closing(Raw(bureau.url)) as raw:
        raw.run("CHECKPOINT")
        assert raw.run(asked, GOAL.encode())[0][0] > 0
        bureau.erased(of_case(bureau))
        raw.run("CHECKPOINT")
        assert [(0,)] == raw.run(asked, GOAL.encode())


def test_the_entry_of_an_erasure_commits_to_what_went_and_why(bureau: Bureau) -> None:
    done = bureau.erased(of_case(bureau), "order")
    with bureau.engine.database.read() as view:
        asked, erased = (decode(one.body) for one in queries.history(view, PRIVACY))

    assert ("order", bureau.desk.facts(), bureau.second.facts()) == (
        erased["ground"], erased["asked_by"], erased["actor"],
    )  # fmt: skip
    assert asked["scope"] == erased["scope"] == done.scope.facts()
    assert {"count": 2, "digest": done.digest} == erased["words"]
    assert GOAL not in str(erased)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("DELETE FROM erased WHERE name = 'plan'", "not the one its entry commits to"),
        ("UPDATE erased SET erasure = 'e-9'", "no entry tells"),
        ("DELETE FROM content WHERE form = 'plan'", "no erasure tells of it"),
        ("UPDATE content SET value = salt WHERE form = 'plan'", "not what the entry commits to"),
        ("UPDATE content SET seq = seq + 1 WHERE form = 'plan'", "told by no entry"),
    ],
)
def test_what_was_no_erasure_is_no_erasure(bureau: Bureau, change: str, says: str) -> None:
    """Erasure is no cover: words that went otherwise, and lists that were touched, are found."""
    bureau.erased(of_case(bureau))
    assert [] == bureau.engine.verify()
    with closing(Raw(bureau.url)) as raw:
        raw.drop_guards()
        raw.run(change)
    assert any(says in line for line in bureau.engine.verify())


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM content WHERE form = 'plan'",
        "DELETE FROM content WHERE form = ''",
        "DELETE FROM statement",
        "DELETE FROM erased",
        "UPDATE erased SET erasure = 'e-9'",
    ],
)
def test_the_database_lets_no_word_go_without_an_erasure(bureau: Bureau, change: str) -> None:
    """And no erasure be forgotten; whoever has the keys to the database is found by the audit."""
    bureau.erased(of_case(bureau, ("reasons",)))
    before = stored(bureau)
    with closing(Raw(bureau.url)) as raw:
        if change.endswith("form = ''"):  # gone already: another reason, to be kept
            raw.run(
                "INSERT INTO content SELECT case_id, '', 999, value, salt FROM content WHERE form = 'plan' LIMIT 1"
            )
            before = stored(bureau)
        with pytest.raises(raw.refusals, match="siklus: refused"):
            raw.run(change)
    assert before == stored(bureau)
    assert () == bureau.engine.database.guard_problems()


def test_one_asks_and_another_decides(bureau: Bureau) -> None:
    asked = bureau.erasures.ask(of_case(bureau), "request", who=bureau.desk, reason="Permohonan")
    with pytest.raises(NotYours, match="the same person"):
        bureau.erasures.approve(asked.id, who=bureau.desk, reason="Ya")
    with pytest.raises(NotYours):
        bureau.erasures.approve(asked.id, who=Official(person=bureau.running), reason="Ya")
    with pytest.raises(ReasonMissing):
        bureau.erasures.approve(asked.id, who=bureau.second, reason=" ")
    with pytest.raises(NotFound):
        bureau.erasures.approve("e-77", who=bureau.second, reason="Ya")
    officer = Official(account="a-1", roles=frozenset({"privacy"}))
    assert "erased" == bureau.erasures.approve(asked.id, who=officer, reason="Ya").state
    with pytest.raises(Conflict, match="decided already"):
        bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya")


def test_a_person_asks_for_themselves_and_for_nobody_else(bureau: Bureau) -> None:
    """And an officer who is an account does not approve what they asked for by it."""
    own, other = Official(person=bureau.person), Official(person=bureau.running)
    scope = Scope(person=bureau.person, cases=(bureau.case_of(bureau.person),), classes=("forms",))
    with pytest.raises(NotYours):
        bureau.erasures.ask(scope, "request", who=other, reason="Coba")
    asked = bureau.erasures.ask(scope, "request", who=own, reason="Hak saya")
    assert "refused" == bureau.erasures.refuse(asked.id, who=own, reason="Tidak jadi").state
    officer = Official(account="a-1", roles=frozenset({"privacy"}))
    again = bureau.erasures.ask(scope, "mistake", who=officer, reason="Keliru")
    with pytest.raises(NotYours):
        bureau.erasures.approve(again.id, who=officer, reason="Ya")
    with pytest.raises(NotYours):
        bureau.erasures.approve(
            again.id, who=Official(account="a-2", roles=frozenset({"auditor"})), reason="Ya"
        )


def test_nobody_of_the_desk_approves_what_is_about_themselves(bureau: Bureau) -> None:
    about = bureau.erasures.about(bureau.second.person)
    asked = bureau.erasures.ask(about, "request", who=bureau.desk, reason="Permohonan")
    with pytest.raises(NotYours, match="your own data"):
        bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya")


def test_a_case_that_runs_is_not_erased_and_what_would_break_is_told(bureau: Bureau) -> None:
    """Everything at once: the case that runs, the post that is held, the task that waits."""
    scope = bureau.erasures.about(bureau.running)
    codes = {one.code for one in bureau.erasures.plan(scope).hindrances}
    asked = bureau.erasures.ask(scope, "request", who=bureau.desk, reason="Permohonan")
    with pytest.raises(Refused) as refused:
        bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya")

    assert {"runs", "serves"} <= codes
    assert bureau.case_of(bureau.running) in refused.value.message
    assert "masih berjalan" in refused.value.data["label"].id
    assert "asked" == bureau.erasures.known()[0].state
    assert OTHER.encode() in stored(bureau)


def test_a_legal_hold_stops_erasure_until_it_is_lifted(bureau: Bureau) -> None:
    """Of a person, or of a case; nothing else can be put on hold, and not by anybody."""
    with pytest.raises(NotYours):
        bureau.holds.put(bureau.person, who=Official(person=bureau.running), reason="Perkara")
    with pytest.raises(NotFound):
        bureau.holds.put("c-unknown", who=bureau.desk, reason="Perkara")
    held = bureau.holds.put(bureau.person, who=bureau.desk, reason="Perkara 12/2026")
    asked = bureau.erasures.ask(of_case(bureau), "request", who=bureau.desk, reason="Permohonan")
    with pytest.raises(Refused, match=held.id):
        bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya")
    bureau.holds.lift(held.id, who=bureau.second, reason="Perkara selesai")
    with pytest.raises(Conflict):
        bureau.holds.lift(held.id, who=bureau.second, reason="Lagi")
    assert "erased" == bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya").state
    assert [True] == [one.lifted_at > 0 for one in bureau.holds.known()]


def test_nobody_decides_about_their_own_data(bureau: Bureau) -> None:
    """Neither lifts a hold on themselves, nor refuses what another asked to be erased of them."""
    held = bureau.holds.put(str(bureau.second.person), who=bureau.desk, reason="Perkara 12/2026")
    with pytest.raises(NotYours, match="own data"):
        bureau.holds.lift(held.id, who=bureau.second, reason="Selesai")
    about = bureau.erasures.about(str(bureau.second.person))
    asked = bureau.erasures.ask(about, "order", who=bureau.desk, reason="Perintah")
    with pytest.raises(NotYours, match="own data"):
        bureau.erasures.refuse(asked.id, who=bureau.second, reason="Tidak")

    assert "refused" == bureau.erasures.refuse(asked.id, who=bureau.desk, reason="Keliru").state


def test_the_name_of_somebody_who_left_goes_and_the_posts_stay(bureau: Bureau) -> None:
    """Nothing in the database says it any more; entries are still followed by the key."""
    chart = bureau.engine.chart
    (held,) = chart.history(bureau.person)
    left = date(2025, 12, 1) - timedelta(days=1)
    leave(bureau, left)
    case = bureau.case_of(bureau.person)
    before = stored(bureau)
    assert (True, True) == (held.name.encode() in before, held.person_id.encode() in before)
    done = bureau.erased(bureau.erasures.about(bureau.person))

    after = stored(bureau)
    assert (False, False) == (held.name.encode() in after, held.person_id.encode() in after)
    (now,) = bureau.engine.chart.history(bureau.person)
    assert (bureau.person, held.unit, held.position, "") == (now.name, now.unit, now.position, now.email)
    assert 1 == done.counts["chart"]
    assert [] == bureau.engine.verify()
    assert bureau.person == bureau.engine.case(case, bureau.desk.person).case.subject


def test_the_account_of_somebody_who_left_goes_with_their_name(bureau: Bureau) -> None:
    """It must be disabled first; then nothing of its login, name or address is left."""
    leave(bureau, date(2025, 11, 30))
    mail = "siti.aminah@contoh.example"
    new = NewAccount(login=mail, name="Siti Aminah", person=bureau.person, email=mail)
    account = bureau.engine.accounts.create(new, by=OPERATOR)
    about = bureau.erasures.about(bureau.person)
    assert ["signs_in"] == [one.code for one in bureau.erasures.plan(about).hindrances]
    bureau.engine.accounts.disable(account.id, by=OPERATOR)
    done = bureau.erased(about)

    assert 1 == done.counts["accounts"]
    told = stored(bureau)
    assert (False, False) == (mail.encode() in told, b"Siti Aminah" in told)
    assert [] == bureau.engine.verify()


def leave(bureau: Bureau, day: date) -> None:
    """Let the person have left, by the chart."""
    with bureau.engine.database.write() as unit:
        segments, version = unit.people()
        gone = tuple(replace(one, valid_to=day) if one.key == bureau.person else one for one in segments)
        unit.put_people(gone, version_of(gone, ()), before=version)


def test_only_the_classes_that_were_asked_for_go(bureau: Bureau) -> None:
    done = bureau.erased(of_case(bureau, ("reasons",)))
    told = stored(bureau)

    assert {"reasons": 1} == dict(done.counts)
    assert (True, False) == (GOAL.encode() in told, WHY.encode() in told)


def test_a_scope_that_names_nothing_is_refused(bureau: Bureau) -> None:
    for scope in (Scope(cases=(bureau.case_of(bureau.person),)), Scope(classes=("chart",))):
        with pytest.raises(Refused):
            bureau.erasures.ask(scope, "request", who=bureau.desk, reason="Permohonan")
    with pytest.raises(NotFound):
        bureau.erasures.ask(
            Scope(cases=("c-0",), classes=("forms",)), "request", who=bureau.desk, reason="Ya"
        )


def test_a_power_cut_leaves_all_of_it_or_nothing(bureau: Bureau) -> None:
    """At each statement of the unit: either the words are there and it still waits, or it is done and told."""
    asked = bureau.erasures.ask(of_case(bureau), "request", who=bureau.desk, reason="Permohonan")
    for cut in range(1, 60):
        seen = [0]

        def fail(_: str, seen=seen, cut=cut) -> None:
            seen[0] += 1
            if seen[0] == cut:
                raise PowerCut

        with Database(bureau.url, failpoint=fail) as database:
            try:
                Engine(database, bureau.clock).privacy.erasures.approve(
                    asked.id, who=bureau.second, reason="Ya"
                )
            except PowerCut:
                assert [] == bureau.engine.verify()
        state = bureau.erasures.known()[0].state
        assert (state == "asked") == (GOAL.encode() in stored(bureau))
        if state == "erased":
            return
    raise AssertionError("it never came to an end")


class PowerCut(BaseException):
    """Nothing after this happens."""


def test_the_case_page_still_opens_and_tells_its_history(bureau: Bureau) -> None:
    case = bureau.case_of(bureau.person)
    bureau.erased(of_case(bureau))
    view = bureau.engine.case(case, bureau.person)
    assert ["launched", "woke", "moved", "moved"][-2:] == [one.kind for one in view.history][-2:]
    with pytest.raises(Refused):
        bureau.engine.fire(case, "submit", actor=Actor(person=bureau.person))
