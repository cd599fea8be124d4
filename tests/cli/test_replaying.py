"""`siklus audit replay` and `verifier`: rows held against entries, and the program that judges packs."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing


def _spoil_case(database: str, case: str) -> None:
    """Change a case's row behind everybody's back, as whoever owns the file can, and put the guards back."""
    with closing(sqlite3.connect(database)) as raw:
        found = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cases'"
        )
        guards = found.fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        ((body,),) = raw.execute("SELECT body FROM cases WHERE id = ?", [case])
        told = json.loads(body) | {"opened_at": 1, "acted": {"rater": ["p-0001"]}}
        raw.execute("UPDATE cases SET body = ? WHERE id = ?", [json.dumps(told).encode(), case])
        for _, written in guards:
            raw.execute(written)
        raw.commit()


def test_every_case_of_a_demo_is_what_its_entries_say(siklus, demo):
    told = siklus.json("audit", "replay", "--database", demo)

    assert [] == told["differences"]
    assert told["entries"] >= told["cases"] > 50
    assert {"named", "seated"} <= told["not_told_by_entries"].keys()


def test_a_changed_row_is_named_field_by_field(siklus, demo):
    """With the entry that last told the field, what is kept and what was told; exit 7."""
    case = siklus.json("cases", "--database", demo)["cases"][0]["id"]
    _spoil_case(demo, case)
    done = siklus("audit", "replay", "--case", case, "--database", demo, code=7)
    lines = done.stdout.splitlines()

    assert f"{case} entry 1, opened_at: kept is 1, the entries say" in lines[0]
    assert "acted: kept is {'rater': ('p-0001',)}, the entries say {}" in lines[1]
    assert lines[-1].endswith("2 differences")


def test_the_program_is_printed_as_it_stands_in_packs_and_finds_the_demo_lawful(siklus, demo, tmp_path):
    siklus("audit", "seal", "--database", demo)
    (tmp_path / "policy.txt").write_text(siklus("audit", "keys", "--database", demo).stdout)
    (tmp_path / "verify.py").write_text(siklus("audit", "verifier").stdout, encoding="utf-8")
    siklus("audit", "export", "--all", "-o", "all.zip", "--database", demo)
    with zipfile.ZipFile(tmp_path / "all.zip") as pack:
        assert pack.read("verify.py") == (tmp_path / "verify.py").read_bytes()
    asked = [sys.executable, "-I", "verify.py", "all.zip", "--policy", "policy.txt", "--lawful"]
    done = subprocess.run(asked, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr), done.stdout
    assert "LAWFUL" in done.stdout.splitlines()
