"""What the command line says about itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from api.cli_reference import reference
from api.cli_speech import EXIT_CODES, error_json, exit_code
from engine import errors
from engine.core.definition import Label

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "check",
    "new",
    "test",
    "diagram",
    "publish",
    "approve",
    "withdraw",
    "definitions",
    "people import",
    "launch",
    "cases",
    "tasks",
    "case",
    "fire",
    "history",
    "serve",
    "work",
    "demo",
    "audit verify",
    "doctor",
    "db upgrade",
)


def test_help_groups_commands_and_explains_exit_codes(siklus):
    """Whoever types `siklus --help` sees what there is, examples, and what each exit code means."""
    told = siklus("--help").stdout

    assert all(f"─ {group} ─" in told for group in ("Try it", "Rules and people", "Cases", "Run it"))
    assert all(f"{code}  {meaning}" in told for code, meaning in EXIT_CODES.items())
    assert "siklus history c-" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(siklus, command):
    """No command and no option is without an explanation."""
    told = siklus(*command.split(), "--help").stdout

    assert f"siklus {command}" in told
    assert "--help" in told


def test_the_reference_is_current():
    """The page in the documentation is the one the commands make."""
    page = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")

    assert reference() == page


def test_the_readme_names_every_command():
    """The table of commands in the README has them all."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [command for command in COMMANDS if f"`siklus {command}" not in page]

    assert [] == missing


def test_without_a_command_the_help_is_shown(siklus):
    """Typing the bare name is a question, not a mistake of the program."""
    assert "Usage: siklus" in siklus(code=2).stdout + siklus(code=2).stderr


def test_an_unknown_option_is_a_usage_error(siklus):
    """Wrong usage has an exit code of its own, and the nearest option is offered."""
    assert "--database" in siklus("cases", "--databse", "x", code=2).stderr


def test_a_wrong_setting_is_said_kindly(siklus, monkeypatch):
    """The variable is named, and what it must be."""
    monkeypatch.setenv("SIKLUS_PORT", "eighty")

    assert "SIKLUS_PORT: " in siklus("cases", code=1).stderr


def test_what_nobody_foresaw_is_told_without_a_traceback(siklus, monkeypatch):
    """The kind and the place of the mistake, not its sentence, which might quote somebody."""
    monkeypatch.setattr("api.cli_cycles.a_language", lambda _: {}["personal words"])
    told = siklus.json("cases", code=8)["error"]

    assert "unforeseen" == told["code"]
    assert "KeyError" in told["message"]
    assert "personal" not in told["message"]


def test_the_program_runs_as_a_process():
    """The module is the console script: a process of its own, with its exit code."""
    ran = subprocess.run(
        [sys.executable, "-m", "api.cli", "--version"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (0, "") == (ran.returncode, ran.stderr)
    assert ran.stdout.startswith("siklus")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DefinitionInvalid("a.yaml", ["x"]), 1),
        (errors.PeopleInvalid("a.csv", ["x"]), 1),
        (errors.LaunchInvalid("nobody"), 1),
        (errors.IdempotencyMismatch("used"), 1),
        (errors.Refused("no"), 3),
        (errors.CaseClosed("no"), 3),
        (errors.NobodyFound("rater"), 3),
        (errors.NotFound("case", "c"), 4),
        (errors.Conflict("lost"), 5),
        (errors.StoreUnusable("none"), 6),
        (errors.LogBroken(["x"]), 7),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error, code):
    """Scripts can tell a refusal from a mistake, and both from a broken database."""
    assert code == exit_code(error)


def test_every_refusal_of_a_case_exits_alike():
    """A refusal added later is a refusal at the command line too."""

    def kinds(kind):
        return {kind, *(deeper for one in kind.__subclasses__() for deeper in kinds(one))}

    refusals = [kind for kind in kinds(errors.Refused) if kind.__module__ == errors.__name__]

    assert {3} == {exit_code(kind("no")) for kind in refusals}


def test_an_error_for_programs_says_what_would_be_allowed():
    """Problems of a form come by place, in both languages."""
    refusal = errors.FormInvalid(
        "no", allowed=["submit"], problems={"plan.results": Label(id="Wajib diisi", en="Required")}
    )

    assert {
        "code": "form_invalid",
        "message": refusal.message,
        "allowed": ["submit"],
        "problems": [{"at": "plan.results", "text": {"id": "Wajib diisi", "en": "Required"}}],
    } == error_json(refusal)
