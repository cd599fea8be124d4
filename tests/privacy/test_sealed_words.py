"""Words are sealed under keys apart from the database: what was erased is erased in every copy of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.doctor import examine_words
from engine.core.codec import decode
from engine.errors import KeysUnusable
from engine.keys import Keys
from engine.runtime import Engine
from engine.sealer import Keyring, Memory, Sealer, export
from engine.sealer.tracing import trace_leaves
from engine.store import Database, queries, sealing
from engine.store.tracing import Wanted
from engine.store.word_keys import WordKeys
from engine.verify import NAMES, verify
from tests.privacy.conftest import GOAL, OTHER, WHY, Bureau
from tests.privacy.test_erasing import of_case, residue, stored
from tests.sealer.packs import policy_of
from tests.store.raw import Raw

HELD, LATER = "Alasan-Jaspis-3131", "Alasan-Akik-6161"


@dataclass
class Vault:
    """A bureau whose words are sealed, and where the keys are."""

    bureau: Bureau
    folder: Path

    def keys(self) -> WordKeys:
        """The file of keys, as another process opens it."""
        return WordKeys(self.folder / "words.keys", Keys(self.folder / "siklus.key"))

    def plan_of(self, person: str, engine: Engine | None = None) -> str:
        """The title of the first goal somebody wrote."""
        case = self.bureau.case_of(person)
        told = (engine or self.bureau.engine).case(case, person).contents
        return str(told["plan"]["goals"][0]["title"])  # type: ignore[index,call-overload]

    def copy(self) -> str:
        """A copy of the database, as a backup has it."""
        place = Path(self.bureau.url)
        assert self.bureau.engine.database.leave_no_residue()
        kept = self.folder / "backup.db"
        shutil.copy(place, kept)
        return str(kept)


@pytest.fixture
def vault(bureau: Bureau, tmp_path: Path) -> Vault:
    """Plain words were there before, and all of them are sealed."""
    folder = tmp_path / "apart"
    folder.mkdir()
    made = Vault(bureau, folder)
    keys, database = made.keys(), bureau.engine.database
    keys.make()
    database.open_words(keys)
    assert database.seal_words() > 0
    database.leave_no_residue()
    return made


def of_files(vault: Vault) -> None:
    if vault.bureau.url.startswith("postgresql"):
        pytest.skip("a copy of one file")


def test_no_word_stands_in_the_database_and_everybody_reads_theirs(vault: Vault) -> None:
    """What was there before and what is written from now on: forms, reasons, the office's own reasons."""
    bureau = vault.bureau
    bureau.holds.put(bureau.person, who=bureau.desk, reason=HELD)

    assert (GOAL, OTHER) == (vault.plan_of(bureau.person), vault.plan_of(bureau.running))
    assert [HELD] == [one.reason for one in bureau.holds.known()]
    told = stored(bureau)
    assert [] == [one for one in (GOAL, OTHER, WHY, HELD) if one.encode() in told]
    assert [] == bureau.engine.verify()


def test_what_was_sealed_is_gone_from_the_files_too(vault: Vault) -> None:
    """Where rows were written over, their old bytes are overwritten."""
    of_files(vault)
    found = residue(vault.bureau)

    assert [] == [one for one in (GOAL, OTHER, WHY) if one.encode() in found]


def test_an_old_copy_shows_nothing_of_what_was_erased(vault: Vault) -> None:
    """With the keys that are here now; and all that was not erased."""
    of_files(vault)
    bureau, backup = vault.bureau, vault.copy()
    bureau.erased(of_case(bureau))

    with Database(backup) as old:
        old.open_words(vault.keys())
        engine = Engine(old, bureau.clock)
        assert OTHER == vault.plan_of(bureau.running, engine)
        with pytest.raises(KeysUnusable, match="they went with an erasure"):
            vault.plan_of(bureau.person, engine)
    left = Path(backup).read_bytes()
    assert [] == [one for one in (GOAL, WHY) if one.encode() in left]


def test_a_copy_opens_as_a_whole_while_nothing_was_erased(vault: Vault) -> None:
    """A backup put back is worth something."""
    of_files(vault)
    bureau, backup = vault.bureau, vault.copy()

    with Database(backup) as old:
        old.open_words(vault.keys())
        engine = Engine(old, bureau.clock)
        assert (GOAL, OTHER) == (vault.plan_of(bureau.person, engine), vault.plan_of(bureau.running, engine))
        assert [] == engine.verify()


def test_an_erasure_lets_go_the_keys_of_what_it_took_and_no_others(vault: Vault) -> None:
    """The log stays whole, others read on, and the case takes new words under new keys."""
    bureau = vault.bureau
    case, keys = bureau.case_of(bureau.person), vault.keys()
    before = names_in(keys)
    assert {f"case/{case}/forms", f"case/{case}/reasons"} <= before

    done = bureau.erased(of_case(bureau))

    assert ("erased", []) == (done.state, bureau.engine.verify())
    assert [] == keys.retired()
    gone = before - names_in(keys)
    assert {f"case/{case}/forms", f"case/{case}/reasons"} == gone
    assert OTHER == vault.plan_of(bureau.running)


def test_a_class_that_stays_keeps_its_key(vault: Vault) -> None:
    """Reasons go, the plan is still there."""
    bureau = vault.bureau
    case = bureau.case_of(bureau.person)
    bureau.erased(of_case(bureau, ("reasons",)))

    assert GOAL == vault.plan_of(bureau.person)
    assert (True, False) == tuple(
        f"case/{case}/{one}" in names_in(vault.keys()) for one in ("forms", "reasons")
    )


def test_a_key_is_not_let_go_while_a_word_is_sealed_with_it(vault: Vault) -> None:
    """Also if somebody retired it, and then the erasure came to nothing."""
    bureau = vault.bureau
    case = bureau.case_of(bureau.person)
    vault.keys().retire([f"case/{case}/forms"])

    assert 0 == bureau.engine.database.destroy_keys()
    assert GOAL == vault.plan_of(bureau.person)


def test_a_process_that_ends_between_leaves_the_keys_to_the_next(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was retired and is used no more goes with the next try, as what is left in files does."""
    bureau = vault.bureau
    with monkeypatch.context() as patched:
        patched.setattr(bureau.engine.database, "destroy_keys", lambda: 0)
        bureau.erased(of_case(bureau))
    assert 2 == len(vault.keys().retired())

    bureau.erasures.residue.overwrite()
    assert [] == vault.keys().retired()


def test_sealing_goes_on_where_it_stopped(vault: Vault) -> None:
    """What is sealed stays as it is, so asking again costs nothing."""
    assert 0 == vault.bureau.engine.database.seal_words()
    bureau = vault.bureau
    assert GOAL == vault.plan_of(bureau.person)


def test_reasons_are_found_although_they_are_sealed(vault: Vault) -> None:
    """In any letters, of cases and of the office; with a filter and without."""
    bureau = vault.bureau
    bureau.holds.put(bureau.person, who=bureau.desk, reason=HELD)
    _sealed_log(vault)

    def found(reason: str, **more: str) -> list[str]:
        page = bureau.engine.search.page(Wanted(reason=reason, **more), limit=10)  # type: ignore[arg-type]
        return [one.trace.kind for one in page.found]

    assert ["moved"] == found("beril-1234")
    assert ["moved"] == found("BERIL", subject=bureau.person)
    assert [] == found("beril", subject=bureau.running)
    assert ["hold_put"] == found("jaspis")
    assert {"moved", "hold_put"} == set(found("alasan-"))
    drawn = bureau.engine.search.sample(Wanted(reason="alasan-"), count=5, seed=1)
    assert 2 == len(drawn.found)


def test_a_pack_discloses_words_as_before(vault: Vault) -> None:
    """The outsider's verifier knows nothing of our keys: it holds plain words against their commitments."""
    bureau = vault.bureau
    sealer = _sealed_log(vault)
    bureau.erased(of_case(bureau, ("reasons",)))
    pack = vault.folder / "pack.zip"
    export(bureau.engine.database, sealer, pack, bureau.clock.now(), streams=None, with_words=True, actor="x")
    verdict = verify(str(pack), policy_of(sealer.keyring), None)

    assert "VERIFIED WITH ERASURES" == NAMES[verdict.code]
    assert (0, 1) == (verdict.facts["withheld"], verdict.facts["erased"])


def test_a_sealed_word_that_was_changed_or_moved_is_told_by_its_entry(vault: Vault) -> None:
    """It opens no more, so it is not what the entry commits to."""
    bureau = vault.bureau
    one, other = bureau.case_of(bureau.person), bureau.case_of(bureau.running)
    with closing(Raw(bureau.url)) as raw:
        raw.run(
            f"UPDATE content SET value = (SELECT value FROM content AS c WHERE c.case_id = '{one}' AND c.form = 'plan')"
            f" WHERE case_id = '{other}' AND form = 'plan'"
        )

    found = bureau.engine.verify()
    assert 1 == len(found)
    assert f"case/{other} entry 2: plan is not what the entry commits to" in found[0]


def test_without_the_file_of_keys_it_is_said_what_to_bring_back(vault: Vault) -> None:
    """Whoever reads, and whoever would write plain words among those that are sealed."""
    bureau = vault.bureau
    with Database(bureau.url) as other:
        other.open_words(WordKeys(vault.folder / "elsewhere.keys", Keys(vault.folder / "siklus.key")))
        engine = Engine(other, bureau.clock)
        with pytest.raises(KeysUnusable, match="bring it back"):
            vault.plan_of(bureau.person, engine)
        with pytest.raises(KeysUnusable, match="bring it back"):
            engine.privacy.holds.put(bureau.person, who=bureau.desk, reason=HELD)
    assert HELD.encode() not in stored(bureau)


def test_a_database_opened_without_keys_shows_no_sealed_bytes(vault: Vault) -> None:
    """A program that opens the file by itself is told how it is opened."""
    bureau = vault.bureau
    with Database(bureau.url) as other, pytest.raises(KeysUnusable, match="opened without their keys"):
        vault.plan_of(bureau.person, Engine(other, bureau.clock))


def test_the_keys_of_another_installation_open_nothing(vault: Vault) -> None:
    """Each is wrapped by the installation's own key."""
    bureau, stranger = vault.bureau, Keys(vault.folder / "other.key")
    stranger.make()
    with Database(bureau.url) as other:
        other.open_words(WordKeys(vault.folder / "words.keys", stranger))
        with pytest.raises(KeysUnusable, match="does not open with the key file"):
            vault.plan_of(bureau.person, Engine(other, bureau.clock))


def test_a_file_of_keys_that_is_none_is_told(vault: Vault) -> None:
    """By name, for people."""
    bureau = vault.bureau
    (vault.folder / "words.keys").write_bytes(b"no database at all, whatever its name says " * 100)
    with Database(bureau.url) as other:
        other.open_words(vault.keys())
        with pytest.raises(KeysUnusable, match="cannot be used"):
            vault.plan_of(bureau.person, Engine(other, bureau.clock))


def test_the_doctor_says_where_the_keys_are_and_when_they_are_not(vault: Vault) -> None:
    """Also how many wait to be let go."""
    bureau = vault.bureau
    vault.keys().retire([f"case/{bureau.case_of(bureau.person)}/forms"])
    (fine,) = examine_words(bureau.engine)
    assert (True, True) == (fine.ok, "1 key(s) wait" in fine.found)

    (vault.folder / "words.keys").unlink()
    with Database(bureau.url) as other:
        other.open_words(vault.keys())
        (gone,) = examine_words(Engine(other, bureau.clock))
    assert (False, True) == (gone.ok, "words.keys" in gone.found)


def test_words_stand_as_they_are_until_somebody_makes_the_keys(bureau: Bureau, tmp_path: Path) -> None:
    """A process that runs meanwhile seals from then on: it need not begin again."""
    database, keys = bureau.engine.database, WordKeys(tmp_path / "words.keys", Keys(tmp_path / "siklus.key"))
    database.open_words(keys)
    bureau.holds.put(bureau.person, who=bureau.desk, reason=HELD)
    assert HELD.encode() in stored(bureau)

    with Database(bureau.url) as other:
        other.open_words(WordKeys(keys.path, Keys(tmp_path / "siklus.key")))
        assert other.seal_words() > 0
    bureau.holds.put(bureau.running, who=bureau.desk, reason=LATER)
    assert [] == [one for one in (HELD, LATER, GOAL) if one.encode() in stored(bureau)]
    assert {HELD, LATER} == {one.reason for one in bureau.holds.known()}


def test_what_is_attached_or_not_sent_yet_is_sealed_as_well(vault: Vault) -> None:
    """Drafts are words too, and so are files."""
    bureau = vault.bureau
    case = bureau.case_of(bureau.running)
    bureau.engine.unsent.save(case, bureau.running, "plan", {"goals": [{"title": HELD}]}, "", begun_with=0)

    assert HELD.encode() not in stored(bureau)
    with bureau.engine.database.read() as view:
        (kept,) = view.driver.rows("SELECT value FROM unsent")
    assert HELD in str(decode(kept[0]))


def test_numbers_and_times_of_entries_are_the_same_with_and_without_keys(vault: Vault) -> None:
    """Sealing changes no entry: commitments are over the plain words."""
    bureau = vault.bureau
    with bureau.engine.database.read() as view:
        words = queries.written(view, bureau.case_of(bureau.person))
        size = sealing.size(view.driver)

    assert {"plan", ""} == {one.form for one in words}
    assert all(decode(one.value) for one in words)
    assert 0 == size


def names_in(keys: WordKeys) -> set[str]:
    with closing(sqlite3.connect(keys.path)) as file:
        return {name for (name,) in file.execute("SELECT name FROM word_key")}


def _sealed_log(vault: Vault) -> Sealer:
    database = vault.bureau.engine.database
    keyring = Keyring(vault.folder / "log.key")
    keyring.make("agency.example/log")
    sealer = Sealer(database, keyring, Memory(vault.folder / "log.signed"), "agency.example/log")
    sealer.seal(vault.bureau.clock.now())
    trace_leaves(database, most=10_000)
    return sealer
