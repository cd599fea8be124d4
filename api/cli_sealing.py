"""`siklus audit seal|checkpoint|keys|rotate|retire|proof|export`: the sealed log from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_options import ByOption, DatabaseOption, JsonOption, author_named, installation
from api.cli_running import interruptible
from api.cli_speech import BROKEN, put_json, remark, say

if TYPE_CHECKING:
    from api.wiring import Installation
    from engine.sealer import Sealing

_EveryOption = Annotated[
    float | None,
    typer.Option(
        "--every",
        metavar="SECONDS",
        min=0.1,
        max=3600,
        help="Go on until interrupted, with so much time between.",
    ),
]


def seal(
    ctx: typer.Context,
    *,
    every: _EveryOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Seal what has been told: append it to the log, and sign how large the log is and what root it has.

    `siklus serve` and `siklus work` seal as they go, unless SIKLUS_SEAL_SECONDS is 0. With --every this is the
    process that does it instead, with a database role and key file of its own (docs/reference/database.md).
    Exits with 7 if what was sealed before is no longer what it was, or an entry cannot be sealed.
    """
    from api.sealing import tending_of

    with installation(ctx, database) as house:
        tending = tending_of(house.database, house.settings)
        done = tending.seal(house.system.now())
        if every is not None and done is not None:
            _go_on(house, every)
            return
        _tell(house, done, as_json=as_json)


def checkpoint(ctx: typer.Context, *, database: DatabaseOption = None) -> None:
    """Print the newest checkpoint as it was signed, with what witnesses signed of it.

    Keep it: whoever has it can show later that the log was changed or cut short since.
    """
    from engine.errors import NotFound
    from engine.sealer import latest_note

    with installation(ctx, database) as house:
        note = latest_note(house.database)
        if note is None:
            raise NotFound("checkpoint", "newest")
        typer.echo(str(note), nl=False)


def keys(ctx: typer.Context, *, database: DatabaseOption = None) -> None:
    """Print the public keys of the log as a trust policy (C2SP tlog-policy), for the auditor to keep.

    A policy belongs to whoever trusts: take it once, by a way of your own, and never from an export. The key whose name
    ends in /receipts signs what people are given for their acts, and no checkpoint.
    """
    from api.sealing import sealer_of

    with installation(ctx, database) as house:
        for key in sealer_of(house.database, house.settings).keyring.signers():
            typer.echo(f"log {key.public}")
        if (of_receipts := house.engine.receipts.key()) is not None:
            typer.echo(f"log {of_receipts}")
        typer.echo("quorum none")


def rotate(
    ctx: typer.Context, *, by: ByOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Give the log another key. The old one signs the entry that names it; then both sign until `retire`."""
    from api.sealing import sealer_of
    from engine.sealer import rotate as rotated

    with installation(ctx, database) as house:
        sealer = sealer_of(house.database, house.settings)
        actor = author_named(house.engine, by)
        new = rotated(house.database, sealer, sealer.keyring, house.system.now(), actor=actor)
        if as_json:
            put_json({"key": str(new)})
            return
        say(f"The log's new key is\n{new}")
        remark(
            "Auditors add it to their policy as another log line; the old key signs too until siklus audit retire."
        )


def retire(
    ctx: typer.Context, *, by: ByOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Sign no longer with the keys that have a newer one."""
    from api.sealing import sealer_of
    from engine.sealer import retire as retired

    with installation(ctx, database) as house:
        keyring = sealer_of(house.database, house.settings).keyring
        gone = retired(house.database, keyring, house.system.now(), actor=author_named(house.engine, by))
        if as_json:
            put_json({"retired": [str(one) for one in gone]})
            return
        say("".join(f"{one} signs no longer.\n" for one in gone).rstrip() or "No key has a newer one.")


def restart(
    ctx: typer.Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The new log's name: agency.example/appraisal-2.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept beside the entry that tells it.")],
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Begin the log again under another name, after a restore that lost what was signed, or without its key.

    Its first entry names the log before it and the last checkpoint that is known of it. Tell the auditors; their
    policy needs the new key.
    """
    from api.sealing import key_file_of_log, sealer_of
    from engine.sealer import restart as restarted

    with installation(ctx, database) as house:
        place = key_file_of_log(house.database, house.settings)
        actor, now = author_named(house.engine, by), house.system.now()
        kept = restarted(house.database, place, name, now, actor=actor, reason=reason)
        done = sealer_of(house.database, house.settings).seal(now, thorough=True)
    if as_json:
        put_json({"origin": name, "size": done.size, "kept": [str(one) for one in kept]})
        return
    say(f"The log is called {name} from now on and has {done.size} leaves.")
    remark("".join(f"{one} is what was there before; keep it.\n" for one in kept).rstrip())


def proof(
    ctx: typer.Context,
    *,
    stream: Annotated[str, typer.Argument(metavar="STREAM", help="case/ID, or people, definitions, ...")],
    seq: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="The entry's number in its stream.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here instead.")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Print the proof that one entry is in the log (C2SP tlog-proof), for anybody to verify without us."""
    from engine.sealer import proof_for

    with installation(ctx, database) as house:
        text = str(proof_for(house.database, stream, seq))
        if output is None:
            typer.echo(text, nl=False)
        else:
            output.write_text(text, encoding="utf-8")
            say(f"The proof of {stream} entry {seq} is in {output}.")


def export(  # noqa: PLR0913 - what may be said of a pack
    ctx: typer.Context,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The pack, a zip.")],
    case: Annotated[
        list[str] | None, typer.Option("--case", metavar="ID", help="This case; may be repeated.")
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="NAME", help="All cases of this unit; may be repeated."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole log.")] = False,
    words: Annotated[
        bool,
        typer.Option(
            "--words", help="With what people wrote; without it the pack only shows that it was written."
        ),
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since", metavar="FILE", help="A checkpoint the auditor kept: show how the log grew from it."
        ),
    ] = None,
    bom: Annotated[
        bool,
        typer.Option("--bom", help="Begin the table among the views so that spreadsheets know its letters."),
    ] = False,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an evidence pack that anybody can verify without Siklus: entries, proofs, rules and verify.py in one zip.

    With it go views for other programs: XES, OCEL 2.0, a table, the nets of the rules (docs/audit.md).

    The export itself stands in the log. Run `python3 verify.py PACK --policy POLICY`, with a policy of your own.
    """
    from api.cli_options import read_bytes
    from api.sealing import asking_of, sealer_of
    from engine.core.sealing.checkpoints import checkpoint_of
    from engine.core.sealing.notes import note_of
    from engine.sealer import export as exported
    from engine.sealer import streams_of

    if everything == bool(case or unit):
        raise typer.BadParameter("say what the pack is about: --all, or --case and --unit")
    kept = checkpoint_of(note_of(read_bytes(since))) if since is not None else None
    with installation(ctx, database) as house:
        streams = None if everything else streams_of(house.database, cases=case or (), units=unit or ())
        told = exported(
            house.database, sealer_of(house.database, house.settings), output, house.system.now(), streams=streams,
            with_words=words, actor=author_named(house.engine, by), since=kept, mark=bom,
            asking=asking_of(house.database, house.settings),
        )  # fmt: skip
    if as_json:
        put_json({"pack": str(output), **told})
        return
    say(f"{output}: {_entries(told['entries'])} of a log of {told['size']}.")
    remark(f"Verify it: unzip -p {output} verify.py > verify.py; python3 verify.py {output} --policy POLICY")


def _go_on(house: Installation, every: float) -> None:
    from api.sealing import asking_heart, tending_of
    from api.telemetry import configure, log_failure, log_sealing
    from engine.scheduler import Heartbeat

    configure(house.settings.log_level)
    tending = tending_of(house.database, house.settings)

    def beat() -> None:
        done = tending.seal(house.system.now())
        if done is not None and (done.added or done.problems):
            log_sealing(worker=house.worker, added=done.added, size=done.size, problems=len(done.problems))

    heart = Heartbeat(
        beat, seconds=every, failed=lambda error: log_failure("seal.failed", error, worker=house.worker)
    )
    with interruptible() as stopping:
        remark(f"Sealing {house.database.name} every {every:g} seconds; press Ctrl-C to stop.")
        asking = asking_heart(house.database, house.settings, house.system, house.worker, seconds=every)
        hearts = [heart] if asking is None else [heart, asking]
        for one in hearts:
            one.start()
        stopping.wait()
        for one in hearts:
            one.stop()


def _tell(house: Installation, done: Sealing | None, *, as_json: bool) -> None:
    from engine.errors import LogDamaged
    from engine.sealer import standing

    found = standing(house.database)
    problems = done.problems if done is not None else (found.alarm.problems if found.alarm else ())
    if done is None:
        raise LogDamaged(problems)
    if as_json:
        put_json(
            {
                "origin": found.origin, "added": done.added, "size": found.size, "signed": found.signed,
                "problems": list(problems),
            }
        )  # fmt: skip
    else:
        say(f"{found.origin}: {_entries(done.added)} sealed, {found.signed} of {found.size} leaves signed.")
        for one in problems:
            remark(one)
    if problems:
        raise typer.Exit(BROKEN)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
