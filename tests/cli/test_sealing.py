"""`siklus audit seal`, `checkpoint`, `keys`, `rotate`, `retire`, `proof` and `export`."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile

from tests.cli.test_care import spoil_entry


def test_a_log_is_sealed_and_a_checkpoint_printed(siklus, demo):
    """The second pass has nothing to do; the note is the one that proofs lead to."""
    first = siklus.json("audit", "seal", "--database", demo)
    again = siklus.json("audit", "seal", "--database", demo)
    note = siklus("audit", "checkpoint", "--database", demo).stdout
    proof = siklus("audit", "proof", "people", "1", "--database", demo).stdout

    assert (first["size"], 1) == (first["signed"], again["added"])  # the heads of the first
    assert [again["origin"], str(again["signed"])] == note.split("\n")[:2]
    assert note in proof


def test_a_pack_is_verified_by_what_is_in_it_and_a_policy(siklus, demo, tmp_path):
    """As an auditor would: a policy taken once, the verifier out of the pack, an empty environment."""
    siklus("audit", "seal", "--database", demo)
    (tmp_path / "kept.txt").write_text(siklus("audit", "checkpoint", "--database", demo).stdout)
    (tmp_path / "policy.txt").write_text(siklus("audit", "keys", "--database", demo).stdout)
    case = siklus.json("cases", "--database", demo)["cases"][0]["id"]
    for name, about in (
        ("all.zip", ["--all", "--words"]),
        ("one.zip", ["--case", case, "--since", "kept.txt"]),
    ):
        told = siklus.json("audit", "export", *about, "-o", name, "--database", demo)
        assert name == told["pack"]
        with zipfile.ZipFile(tmp_path / name) as pack:
            (tmp_path / "verify.py").write_bytes(pack.read("verify.py"))
        asked = [sys.executable, "-I", "verify.py", name, "--policy", "policy.txt", "--older", "kept.txt"]
        done = subprocess.run(asked, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
        assert (0, "") == (done.returncode, done.stderr), done.stdout


def test_views_of_a_pack_are_worked_out_again_from_its_entries(siklus, demo, tmp_path):
    """Every case went only ways that the net of its rules has, beginning where the net begins."""
    siklus("audit", "export", "--all", "-o", "all.zip", "--bom", "--database", demo)
    told = siklus.json("audit", "views", "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as pack:
        nets = [pack.read(name).decode() for name in pack.namelist() if name.endswith(".pnml")]
        log, table = pack.read("views/log.xes").decode(), pack.read("views/entries.csv")
    ways = set(re.findall(r'key="siklus:way" value="([^"]*)"', log))

    assert [] == told["differing"]
    assert ways
    assert all(any(f"<text>{way}</text>" in net for net in nets) for way in ways)
    assert table.startswith(b"\xef\xbb\xbf")
    assert "cannot be opened" in siklus("audit", "views", "nothing.zip", code=2).stderr


def test_entries_are_looked_up_and_drawn_by_lot(siklus, demo):
    """A work list says how the same is drawn again; what is looked in is made first, and again if that is asked."""
    siklus("audit", "seal", "--database", demo)
    page = siklus.json("audit", "search", "--kind", "launched", "--limit", "2", "--database", demo)
    drawn = siklus.json("audit", "search", "--sample", "5", "--seed", "7", "--again", "--database", demo)
    limit = ["--before", str(drawn["leaves"])]
    again = siklus.json("audit", "search", "--sample", "5", "--seed", "7", *limit, "--database", demo)
    told = siklus("audit", "search", "--sample", "5", "--seed", "7", *limit, "--database", demo)
    looks = siklus.json("audit", "search", "--stream", "reads", "--database", demo)
    siklus("audit", "seal", "--database", demo)

    assert ["launched", "launched"] == [one["kind"] for one in page["entries"]]
    assert page["next_before"] == page["entries"][-1]["leaf"]
    assert 5 == len(drawn["entries"])
    assert drawn["entries"] == again["entries"]
    assert f"--seed 7 --before {drawn['leaves']}" in told.stderr
    assert [] == looks["entries"]
    told = siklus.json("audit", "search", "--stream", "reads", "--database", demo)["entries"]
    assert {"looked"} == {one["kind"] for one in told}


def test_keys_change_and_are_told(siklus, demo):
    """Both keys stand in the policy until the old one is retired."""
    siklus("audit", "seal", "--database", demo)
    before = siklus("audit", "keys", "--database", demo).stdout
    new = siklus.json("audit", "rotate", "--database", demo)["key"]
    both = siklus("audit", "keys", "--database", demo).stdout
    gone = siklus.json("audit", "retire", "--database", demo)["retired"]

    assert 2 == both.count("log ")
    assert f"log {new}\nquorum none\n" == siklus("audit", "keys", "--database", demo).stdout
    assert [before.split("\n")[0].removeprefix("log ")] == gone


def test_a_changed_entry_is_not_sealed(siklus, demo):
    """The command ends with the code of a broken log and names the entry; doctor goes on saying so."""
    spoil_entry(demo)
    told = siklus.json("audit", "seal", "--database", demo, code=7)
    found = siklus.json("doctor", "--database", demo, code=6)["findings"]

    assert "do not match their hash" in told["problems"][0]
    assert [told["problems"][0] in one["found"] for one in found if one["name"] == "alarm of the log"] == [
        True
    ]


def test_what_a_pack_is_about_must_be_said(siklus, demo):
    """Neither nothing nor everything and a part."""
    for about in ((), ("--all", "--case", "c-1")):
        assert "--all" in siklus("audit", "export", *about, "-o", "x.zip", "--database", demo, code=2).stderr
    siklus("audit", "export", "--case", "nobody", "-o", "x.zip", "--database", demo, code=4)
