"""What people outside hold of the log: witnesses that sign it, from the command line to the verdict on a pack."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from contextlib import ExitStack

import pytest

from engine import verify
from engine.clock import SystemClock
from engine.keys import Keys
from engine.sealer.receipts import Receipts
from engine.store import Database, streams
from tests.cli.test_care import spoil
from tests.witness.test_over_http import serving


def _witnesses(siklus, demo, folder, names):
    """Witnesses of the demo's log, each a folder; their keys, by name."""
    siklus("audit", "seal", "--database", demo)
    log = siklus("audit", "keys", "--database", demo).stdout.split("\n")[0].removeprefix("log ")
    return {
        name: siklus.json(
            "witness", "init", folder / name, "--name", f"{name}.example/w", "--log", log, "--port", 0
        )["vkey"]
        for name in names
    }


@pytest.mark.heavy
def test_a_pack_seen_by_two_witnesses_is_verified_by_an_auditors_quorum(siklus, demo, tmp_path, monkeypatch):
    """The agency asks two processes of others; whoever demands any two of three gets VERIFIED, all three INCOMPLETE."""
    keys = _witnesses(siklus, demo, tmp_path, ("audit", "council", "sister"))
    with ExitStack() as stack:
        ports = {name: stack.enter_context(serving(tmp_path / name))[1] for name in ("audit", "council")}
        told = [
            {"name": name, "url": f"http://127.0.0.1:{port}", "vkey": keys[name]}
            for name, port in ports.items()
        ]
        monkeypatch.setenv("SIKLUS_WITNESSES", json.dumps(told))
        found = siklus.json("audit", "witnesses", "--database", demo)["witnesses"]
        siklus("audit", "export", "--all", "-o", "all.zip", "--database", demo)
    doctor = siklus.json("doctor", "--database", demo)

    assert [("audit", "", 0), ("council", "", 0)] == [
        (one["name"], one["problem"], one["lag_us"]) for one in found
    ]
    assert [True, True] == [one["ok"] for one in doctor["findings"] if one["name"].startswith("witness ")]
    with zipfile.ZipFile(tmp_path / "all.zip") as pack:
        (tmp_path / "verify.py").write_bytes(pack.read("verify.py"))
    policy = siklus("audit", "keys", "--database", demo).stdout.replace("quorum none\n", "")
    policy += "".join(f"witness {name} {key}\n" for name, key in keys.items())
    for least, code in ((2, 0), (3, 2)):
        (tmp_path / "policy.txt").write_text(
            f"{policy}group some {least} audit council sister\nquorum some\n"
        )
        asked = [sys.executable, "-I", "verify.py", "all.zip", "--policy", "policy.txt"]
        done = subprocess.run(asked, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
        assert code == done.returncode, done.stdout


def test_a_witness_that_is_not_there_is_told_and_stops_nothing(siklus, demo, tmp_path, monkeypatch):
    """The log is sealed all the same; who lags is named, by doctor after ten minutes."""
    keys = _witnesses(siklus, demo, tmp_path, ("audit",))
    told = [{"name": "audit", "url": "http://127.0.0.1:1", "vkey": keys["audit"]}]
    monkeypatch.setenv("SIKLUS_WITNESSES", json.dumps(told))
    sealed = siklus.json("audit", "seal", "--database", demo)
    found = siklus.json("audit", "witnesses", "--database", demo)["witnesses"]

    assert sealed["size"] == sealed["signed"]
    assert [(0, False)] == [(one["signed"], one["grave"]) for one in found]
    assert "could not be asked" in found[0]["problem"]


def test_what_is_no_witness_is_no_setting(siklus, demo, tmp_path, monkeypatch):
    """A log's key, an address with a password, two of one name: each is refused in words."""
    key = _witnesses(siklus, demo, tmp_path, ("audit",))["audit"]
    log = siklus("audit", "keys", "--database", demo).stdout.split("\n")[0].removeprefix("log ")
    one = {"name": "audit", "url": "http://127.0.0.1:1", "vkey": key}
    for wrong in (
        [one | {"vkey": log}],
        [one | {"url": "http://a:b@127.0.0.1:1"}],
        [one, one],
        [one | {"x": 1}],
    ):
        monkeypatch.setenv("SIKLUS_WITNESSES", json.dumps(wrong))
        said = siklus("audit", "witnesses", "--database", demo, code=1).stderr
        assert "SIKLUS_WITNESSES" in said


def test_a_receipt_is_held_against_the_log_and_against_a_pack(siklus, demo, tmp_path):
    """The entry is there; once it is gone the command ends with the code of a broken log."""
    siklus("audit", "seal", "--database", demo)
    with Database(demo) as database:
        with database.read() as view:
            last = streams.latest(view.driver, "people", limit=1)
        keys = Keys(tmp_path / "siklus.key")
        keys.make()
        given = Receipts(database, keys, SystemClock()).of(last)
    (tmp_path / "receipt.txt").write_text(given)
    (tmp_path / "gone.txt").write_text(given.replace(" people ", " persons "))
    told = siklus.json("audit", "receipt", "receipt.txt", "--database", demo)
    siklus("audit", "export", "--all", "-o", "all.zip", "--database", demo)
    (tmp_path / "policy.txt").write_text(siklus("audit", "keys", "--database", demo).stdout)
    asked = ["all.zip", "--policy", "policy.txt", "--receipt", "receipt.txt", "--json"]
    done = subprocess.run(
        [sys.executable, "-I", verify.__file__, *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ("people", last[0].seq, True) == (told["stream"], told["seq"], told["signed"])
    assert (0, 1) == (done.returncode, json.loads(done.stdout)["receipts held"]), done.stdout
    assert (
        "not signed by the key" in siklus("audit", "receipt", "gone.txt", "--database", demo, code=1).stderr
    )
    other = (
        f"UPDATE entry SET body = CAST(body || ' ' AS BLOB) WHERE stream = 'people' AND seq = {last[0].seq}"
    )
    spoil(demo, other)
    siklus("db", "upgrade", "--database", demo)
    assert "gone or another" in siklus("audit", "receipt", "receipt.txt", "--database", demo, code=7).stderr
