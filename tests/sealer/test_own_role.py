"""On PostgreSQL a process with a role of its own may seal: it can do that and nothing else, whoever serves not that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner

from api.cli import build
from engine.core.sealing.notes import COSIGNS_ED25519
from engine.errors import SiklusError
from engine.sealer import Asking, Reply, WitnessAt, heads_due, standing
from engine.signing_keys import SigningKey
from engine.store import Database
from engine.witness import Memories, Witness
from tests.sealer.conftest import ORIGIN, House
from tests.store.cases import Bench, handing_in
from tests.store.raw import Raw

NOON = 1_767_225_600_000_000
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("kind", ["postgresql"], indirect=True),
]


def _role(url: str, name: str, blocks: list[int]) -> Iterator[str]:
    """The address of a role with the grants of these blocks of the reference page."""
    page = (Path(__file__).parents[2] / "docs/reference/database.md").read_text()
    texts = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    role = f"{name}_{url.rpartition('/')[2].partition('?')[0]}"
    with closing(Raw(url)) as owner:
        owner.run(f"CREATE ROLE {role} LOGIN PASSWORD 'x'")
        for number in blocks:
            owner.run(texts[number].replace(name, role))
        yield str(make_url(url).set(username=role, password="x").render_as_string(hide_password=False))
        owner.run(f"DROP OWNED BY {role}")
        owner.run(f"DROP ROLE {role}")


@pytest.fixture
def sealing_url(url: str) -> Iterator[str]:
    yield from _role(url, "siklus_sealer", [1])


@pytest.fixture
def serving_url(url: str) -> Iterator[str]:
    """The serving role of an installation whose log another process seals."""
    yield from _role(url, "siklus_app", [0, 2])


BEYOND = (
    "INSERT INTO cases SELECT * FROM cases",
    "UPDATE cases SET state = 'other'",
    "DELETE FROM cases",
    "SELECT body FROM cases",
    "SELECT body FROM task",
    "SELECT * FROM content",
    "SELECT * FROM statement",
    "SELECT * FROM account",
    "SELECT * FROM person",
    "SELECT * FROM session",
    "UPDATE entry SET kind = 'other'",
    "DELETE FROM entry",
    "TRUNCATE entry",
    "INSERT INTO entry SELECT 'people', 9, kind, at, body, prev, hash FROM entry LIMIT 1",
    "UPDATE leaf SET seq = 9",
    "DELETE FROM leaf",
    "TRUNCATE leaf, tile, checkpoint, cosignature",
    "DELETE FROM checkpoint",
    "UPDATE checkpoint SET root = ''",
    "DELETE FROM cosignature",
    "INSERT INTO checkpoint VALUES (1, 'x', 0, 'x')",
    "DELETE FROM meta",
    "DELETE FROM stream",
    "ALTER TABLE leaf DISABLE TRIGGER ALL",
    "DROP TRIGGER leaf_follows ON leaf",
    "SET session_replication_role = replica",
    "CREATE TABLE other (id int)",
)


def test_the_sealers_role_can_seal_and_nothing_else(
    house: House, sealing_url: str, url: str, tmp_path: Path
) -> None:
    """It reads entries, appends leaves, tells heads, signs, keeps what a witness signed; all else is refused."""
    case = house.bench.case()
    house.bench.save(handing_in(case))
    house.tell(3)
    key = SigningKey.made("audit.example/w", COSIGNS_ED25519)
    memories = Memories(tmp_path / "memory")
    memories.make()
    witness = Witness(key, {ORIGIN: (house.keyring.signers()[0].public,)}, memories, lambda: NOON)

    def call(_url: str, body: bytes) -> Reply:
        answer = witness.add_checkpoint(body)
        return Reply(status=answer.status, kind=answer.kind, body=answer.body.encode())

    with closing(Database(sealing_url)) as database:
        sealer = house.sealer(database)
        done = sealer.seal(NOON)
        assert heads_due(database, NOON)
        heads = sealer.seal_heads(NOON)
        at = WitnessAt(name="audit", url="http://audit", key=key.public)
        heard = Asking(database, [at], call).ask(NOON)
        stands = standing(database)

    assert ((), done.size + 1) == (done.problems, heads.size)
    assert [heads.size] == [one.signed for one in heard]
    assert (heads.size, heads.size) == (stands.size, stands.signed)
    with closing(Raw(sealing_url)) as raw:
        for text in BEYOND:
            with pytest.raises(raw.refusals, match=r"permission denied|must be owner|siklus: refused"):
                raw.run(text)
    assert () == house.bench.db.guard_problems()


def test_the_role_that_serves_cannot_write_leaves_then(
    house: House, serving_url: str, sealing_url: str
) -> None:
    """It works, reads the log and hands out nothing it sealed itself: its seal is refused, the other's counts."""
    with closing(Database(serving_url)) as database:
        bench = Bench(database)
        bench.save(handing_in(bench.case()))
        with pytest.raises(SiklusError):
            house.sealer(database).seal(NOON)
        with closing(Database(sealing_url)) as other:
            assert house.sealer(other).seal(NOON).note is not None
        assert standing(database).signed == standing(database).size > 0
    with closing(Raw(serving_url)) as raw:
        for text in (
            "INSERT INTO leaf VALUES (900, 'people', 1, 'x')",
            "INSERT INTO tile VALUES (1, 0, 'x')",
            "INSERT INTO checkpoint VALUES (900, 'x', 0, 'x')",
            "INSERT INTO cosignature VALUES (1, 'x', 0, 'x')",
        ):
            with pytest.raises(raw.refusals, match="permission denied"):
                raw.run(text)


def test_the_command_seals_with_that_role(
    house: House, sealing_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`siklus audit seal` where nothing else of Siklus can work."""
    house.tell(2)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIKLUS_LOG_KEY_FILE", str(tmp_path / "own.key"))
    done = CliRunner().invoke(build(), ["audit", "seal", "--database", sealing_url, "--json"])

    assert 0 == done.exit_code, done.output
    assert standing(house.bench.db).signed == standing(house.bench.db).size > 0
