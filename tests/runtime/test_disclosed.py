"""After a case was sent back: who reads on what was disclosed, and who reads the new draft."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.core.attachments import digest_of
from engine.core.command import Actor, ReleaseEntries
from engine.core.gather_acts import ANSWER
from engine.errors import NotFound
from engine.runtime.attaching import attached_file
from tests.sighted import DESK, PEERS, RATER, REVIEWER, STRANGER, SUBJECT, Sighted, sighted


@pytest.fixture
def case(place: str) -> Iterator[Sighted]:
    """A case whose rating of sixty points was disclosed and sent back to its rater."""
    made = sighted(place)
    made.reopened()
    yield made
    made.engine.database.close()


def test_a_new_draft_does_not_leak_to_those_it_was_disclosed_to(case: Sighted) -> None:
    """Neither the form nor a figure made of it, until it is disclosed again."""
    case.rate("70.00")
    assert "looking" == case.state
    for reader in (SUBJECT, DESK):
        assert "60.00" == case.points(reader)
        assert "54.00" == case.seen_by(reader).figures["score"]
    case.fire("seen", REVIEWER)
    for reader in (SUBJECT, DESK):
        assert "70.00" == case.points(reader)
        assert "63.00" == case.seen_by(reader).figures["score"]


def test_whoever_is_at_work_and_who_wrote_it_read_the_draft(case: Sighted) -> None:
    """The rater reads by a grant that begins where they rate: there it is written, and their own."""
    case.rate("70.00")
    assert "70.00" == case.points(REVIEWER)
    assert "70.00" == case.points(RATER)


def test_somebody_who_never_might_read_it_reads_neither(case: Sighted) -> None:
    case.rate("70.00")
    for reader in (STRANGER, *PEERS):
        assert case.points(reader) is None


def test_what_was_disclosed_stays_when_the_case_ends_without_another_disclosure(case: Sighted) -> None:
    """The draft is never opened by the end of the case."""
    case.rate("70.00")
    case.fire("exempt", DESK, reason="pindah")
    assert "left" == case.state
    assert "60.00" == case.points(SUBJECT)
    assert "54.00" == case.seen_by(SUBJECT).figures["score"]


def test_a_ruling_behind_the_disclosure_is_read_at_once(case: Sighted) -> None:
    case.rate("70.00")
    case.fire("seen", REVIEWER)
    case.fire("object", SUBJECT, objection={"grounds": "kurang", "proof": []})
    for person in (SUBJECT, RATER):
        case.fire(ANSWER, person, answer={"text": "begini"})
    case.rate("80.00", by=REVIEWER, trigger="rule")
    assert "80.00" == case.points(SUBJECT)


def test_new_answers_of_a_gathering_do_not_move_the_figure_that_was_disclosed(case: Sighted) -> None:
    """A mean is worked out from the answers it was disclosed with."""
    assert "5.00" == case.seen_by(SUBJECT).figures["liked"]
    assert "59.00" == case.seen_by(SUBJECT).figures["whole"]
    case.rate("70.00")
    assert "59.00" == case.seen_by(SUBJECT).figures["whole"]
    assert "68.00" == case.seen_by(REVIEWER).figures["whole"]


def test_remarks_written_after_the_case_was_sent_back_wait_as_well(case: Sighted) -> None:
    """What is told of a journal counts its open entries only."""
    case.remark(RATER, "catatan baru")
    case.engine.release(
        case.case_id, ReleaseEntries(journal="remarks", numbers=(1,), actor=Actor(person=case.key(DESK)))
    )
    seen = next(one for one in case.seen_by(SUBJECT).journals if one.journal.name == "remarks")
    assert ((), 0) == (seen.pages, seen.count)
    case.rate("70.00")
    case.fire("seen", REVIEWER)
    seen = next(one for one in case.seen_by(SUBJECT).journals if one.journal.name == "remarks")
    assert ["catatan baru"] == [one.values["says"] for one in seen.pages]


def test_a_file_of_a_draft_is_not_handed_out(case: Sighted) -> None:
    data = b"%PDF-1.7 rahasia"
    sha = digest_of(data)
    case.engine.fire(
        case.case_id,
        "rate",
        actor=Actor(person=case.key(RATER)),
        forms={"rating": case.rated("70.00", proof=[{"name": "bukti.pdf", "sha256": sha}])},
        files={sha: data},
    )
    with pytest.raises(NotFound):
        attached_file(case.engine.database, case.seen_by(SUBJECT), sha)
    assert data == attached_file(case.engine.database, case.seen_by(REVIEWER), sha).data
