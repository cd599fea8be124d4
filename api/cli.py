"""The command line: what each command is called, how they are grouped, and what `siklus --help` says."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from api import (
    cli_account_changes,
    cli_accounts,
    cli_authoring,
    cli_bulk,
    cli_calendar,
    cli_cancelling,
    cli_care,
    cli_cases,
    cli_clock,
    cli_cycles,
    cli_definitions,
    cli_delegating,
    cli_demo,
    cli_denials,
    cli_evidence,
    cli_glass,
    cli_handover,
    cli_matrix,
    cli_outages,
    cli_outside,
    cli_people,
    cli_pictures,
    cli_privacy,
    cli_promises,
    cli_publishing,
    cli_questioning,
    cli_replaying,
    cli_running,
    cli_sealing,
    cli_second_yes,
    cli_sign_ins,
    cli_steering,
    cli_tasks,
    cli_testing,
    cli_trainings,
    cli_witness,
)
from api.cli_options import DatabaseOption
from api.cli_speech import EXIT_CODES, Spoken

_TRY, _RULES, _CASES, _RUN, _CARE = "Try it", "Rules and people", "Cases", "Run it", "Look after it"

_EXAMPLES = (
    "siklus demo",
    "siklus check workflows/asn-tahunan.yaml",
    'siklus publish asn-tahunan.yaml --as 199003242014041013 --reason "PermenPANRB 6/2022"',
    "siklus launch asn-tahunan --opens 2025-12-01",
    "siklus fire c-3f0c9a1be2d44f10aa21 submit --as 199506102019032023 --form plan.json",
    "siklus history c-3f0c9a1be2d44f10aa21 --lang id",
)


def _epilog() -> str:
    examples = "\n".join(f"  {line}" for line in _EXAMPLES)
    codes = "\n".join(f"  {code}  {meaning}" for code, meaning in EXIT_CODES.items())
    return f"[bold]Examples[/]\n{examples}\n\n[bold]Exit codes[/]\n{codes}"


def build() -> typer.Typer:
    """The command line, put together."""
    app = typer.Typer(
        name="siklus",
        help="Appraisal cycles from a YAML file to an audit entry.",
        epilog=_epilog(),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_start)
    app.command("demo", cls=Spoken, rich_help_panel=_TRY)(cli_demo.demo)
    app.command("check", cls=Spoken, rich_help_panel=_RULES)(cli_definitions.check)
    app.command("explain", cls=Spoken, rich_help_panel=_RULES)(cli_definitions.explain)
    app.command("new", cls=Spoken, rich_help_panel=_RULES)(cli_authoring.new)
    app.command("test", cls=Spoken, rich_help_panel=_RULES)(cli_testing.try_examples)
    app.command("diagram", cls=Spoken, rich_help_panel=_RULES)(cli_pictures.diagram)
    app.command("matrix", cls=Spoken, rich_help_panel=_RULES)(cli_matrix.matrix)
    app.command("publish", cls=Spoken, rich_help_panel=_RULES)(cli_publishing.publish)
    app.command("approve", cls=Spoken, rich_help_panel=_RULES)(cli_publishing.approve)
    app.command("withdraw", cls=Spoken, rich_help_panel=_RULES)(cli_publishing.withdraw)
    app.command("definitions", cls=Spoken, rich_help_panel=_RULES)(cli_publishing.definitions)
    app.command("trainings", cls=Spoken, rich_help_panel=_RULES)(cli_trainings.trainings)
    app.add_typer(_of_people(), name="people", rich_help_panel=_RULES)
    app.add_typer(cli_calendar.calendar_commands(), name="calendar", rich_help_panel=_RULES)
    app.command("launch", cls=Spoken, rich_help_panel=_CASES)(cli_cycles.launch)
    app.command("cases", cls=Spoken, rich_help_panel=_CASES)(cli_cycles.cases)
    app.command("tasks", cls=Spoken, rich_help_panel=_CASES)(cli_tasks.tasks)
    app.command("promises", cls=Spoken, rich_help_panel=_CASES)(cli_promises.promises)
    app.add_typer(_case_commands(), name="case", rich_help_panel=_CASES)
    app.add_typer(cli_cancelling.cycle_commands(), name="cycle", rich_help_panel=_CASES)
    app.command("bulk", cls=Spoken, rich_help_panel=_CASES)(cli_bulk.bulk)
    app.add_typer(cli_outages.outage_commands(), name="outage", rich_help_panel=_CASES)
    app.command("fire", cls=Spoken, rich_help_panel=_CASES)(cli_cases.fire)
    app.command("history", cls=Spoken, rich_help_panel=_CASES)(cli_cases.history)
    app.command("setup", cls=Spoken, rich_help_panel=_RUN)(cli_accounts.setup)
    app.command("serve", cls=Spoken, rich_help_panel=_RUN)(cli_running.serve)
    app.command("work", cls=Spoken, rich_help_panel=_RUN)(cli_running.work)
    app.add_typer(_account_commands(), name="account", rich_help_panel=_RUN)
    audit = typer.Typer(no_args_is_help=True, help="The audit log.")
    audit.callback()(_audit)
    audit.command("verify", cls=Spoken)(cli_care.verify)
    for of_log in (
        cli_evidence.search, cli_sealing.export, cli_evidence.views, cli_sealing.seal, cli_sealing.checkpoint,
        cli_sealing.proof, cli_sealing.keys, cli_sealing.rotate, cli_sealing.retire, cli_sealing.restart,
        cli_outside.witnesses, cli_outside.receipt,
        cli_replaying.replay, cli_replaying.verifier,
    ):  # fmt: skip
        audit.command(of_log.__name__, cls=Spoken)(of_log)
    audit.command("print-checkpoint", cls=Spoken)(cli_outside.print_checkpoint)
    app.add_typer(audit, name="audit", rich_help_panel=_CARE)
    app.command("doctor", cls=Spoken, rich_help_panel=_CARE)(cli_care.doctor)
    app.command("denials", cls=Spoken, rich_help_panel=_CARE)(cli_denials.denials)
    base = typer.Typer(no_args_is_help=True, help="The database.")
    base.callback()(_db)
    base.command("upgrade", cls=Spoken)(cli_care.upgrade)
    app.add_typer(base, name="db", rich_help_panel=_CARE)
    app.add_typer(cli_privacy.privacy_commands(), name="privacy", rich_help_panel=_CARE)
    app.add_typer(cli_glass.glass_commands(), name="glass", rich_help_panel=_CARE)
    app.add_typer(cli_clock.clock_commands(), name="clock", rich_help_panel=_CARE)
    app.add_typer(cli_witness.witness_commands(), name="witness", rich_help_panel=_CARE)
    return app


def _case_commands() -> typer.Typer:
    one = typer.Typer(
        cls=cli_steering.CaseGroup, no_args_is_help=True, help="Where a case stands, and steering it."
    )
    one.callback()(_case)
    one.command("show", cls=Spoken)(cli_cases.case)
    cli_steering.add_steering(one)
    cli_questioning.add_questioning(one)
    one.command("acknowledge", cls=Spoken)(cli_promises.acknowledge)
    return one


def _of_people() -> typer.Typer:
    """The commands for people and the chart."""
    people = typer.Typer(no_args_is_help=True, help="People and the organisation chart.")
    people.callback()(_people)
    people.command("import", cls=Spoken)(cli_people.import_people)
    people.command("preview", cls=Spoken)(cli_people.preview_people)
    people.command("undo", cls=Spoken)(cli_people.undo_people)
    people.command("handover", cls=Spoken)(cli_handover.handover)
    people.command("delegate", cls=Spoken)(cli_delegating.delegate)
    people.command("undelegate", cls=Spoken)(cli_delegating.undelegate)
    people.command("delegations", cls=Spoken)(cli_delegating.delegations)
    return people


def _account_commands() -> typer.Typer:
    """The commands for accounts, what they sign in with and where they are signed in."""
    one = typer.Typer(no_args_is_help=True, help="Accounts: who may sign in.")
    one.callback()(_account)
    one.command("add", cls=Spoken)(cli_accounts.add)
    one.command("list", cls=Spoken)(cli_accounts.list_accounts)
    one.command("show", cls=Spoken)(cli_accounts.show)
    one.command("change", cls=Spoken)(cli_account_changes.change)
    one.command("roles", cls=Spoken)(cli_account_changes.roles)
    one.command("invite", cls=Spoken)(cli_account_changes.invite)
    one.command("disable", cls=Spoken)(cli_account_changes.disable)
    one.command("enable", cls=Spoken)(cli_account_changes.enable)
    one.command("erase", cls=Spoken)(cli_account_changes.erase)
    one.command("reset-totp", cls=Spoken)(cli_account_changes.reset_totp)
    one.command("requests", cls=Spoken)(cli_second_yes.requests)
    one.command("approve", cls=Spoken)(cli_second_yes.approve)
    one.command("refuse", cls=Spoken)(cli_second_yes.refuse)
    one.command("token", cls=Spoken)(cli_sign_ins.token)
    one.command("tokens", cls=Spoken)(cli_sign_ins.tokens)
    one.command("revoke", cls=Spoken)(cli_sign_ins.revoke)
    one.command("sessions", cls=Spoken)(cli_sign_ins.sessions)
    one.command("sign-out", cls=Spoken)(cli_sign_ins.sign_out)
    return one


def main() -> None:
    """Run the command line; the console script `siklus`."""
    build()()


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    from importlib.metadata import PackageNotFoundError, version

    if not asked:
        return
    try:
        print(f"siklus {version('siklus')}")
    except PackageNotFoundError:
        print("siklus, from its source tree")
    raise typer.Exit


def _start(
    ctx: typer.Context,
    *,
    database: DatabaseOption = None,
    version: Annotated[  # noqa: ARG001 - told by its callback, before anything else is asked for
        bool,
        typer.Option("--version", help="Tell the version and end.", is_eager=True, callback=_tell_version),
    ] = False,
) -> None:
    """Appraisal cycles from a YAML file to an audit entry."""
    from api.telemetry import configure

    # Libraries may log; what they say belongs on standard error, and only when it matters.
    configure("warning")
    ctx.obj = database or os.environ.get("SIKLUS_DATABASE")


def _people() -> None:
    """People and the organisation chart."""


def _case() -> None:
    """Where a case stands (`siklus case CASE` or `siklus case show CASE`), and steering it without moving it."""


def _account() -> None:
    """Accounts: who may sign in."""


def _audit() -> None:
    """The audit log."""


def _db() -> None:
    """The database."""


if __name__ == "__main__":
    main()
