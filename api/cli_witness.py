"""`siklus witness init`, `serve` and `show`: a witness of the log, on a machine of whoever must not be deceived."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import JsonOption, read_text
from api.cli_speech import Spoken, put_json, remark, say

if TYPE_CHECKING:
    from engine.signing_keys import SigningKey
    from engine.witness import WitnessConfig

_FILE = "witness.toml"
_WHOSE = "the witness's key file"
_FolderArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="The witness's own folder.", show_default=True)
]
_KeyOption = Annotated[
    list[str],
    typer.Option(
        "--log",
        metavar="VKEY",
        help="A public key of a log, as siklus audit keys prints it; may be repeated.",
    ),
]


def init(
    *,
    folder: _FolderArgument,
    name: Annotated[
        str, typer.Option("--name", help="The witness's name, such as audit.agency.example/witness.")
    ],
    log: _KeyOption,
    host: Annotated[str, typer.Option("--host", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="Where to listen.")] = 8030,
    as_json: JsonOption = False,
) -> None:
    """Make a witness: a folder with its key, its memory and a file that names the logs it knows.

    The key that is printed belongs into the policies of those who are to trust this witness, and into the settings of
    the agency whose log it is.
    """
    from engine.core.sealing.checkpoints import possible_origin
    from engine.core.sealing.notes import COSIGNS_ED25519, public_key
    from engine.errors import WitnessUnusable
    from engine.signing_keys import SigningKey, write_keys
    from engine.witness import Memories, config_of, config_text

    text = config_text(host=host, port=port, keys=[public_key(one) for one in log])
    config = config_of(text, folder)
    if not possible_origin(name):
        raise WitnessUnusable(f"{name!r} cannot be a witness's name: no spaces, no plus, at most 255 bytes")
    file = folder / _FILE
    if file.exists() or config.memory.exists() or config.key_file.exists():
        raise WitnessUnusable(f"{folder} holds a witness already; it is not made anew over its memory")
    Memories(config.memory).make()
    key = SigningKey.made(name, COSIGNS_ED25519)
    write_keys(config.key_file, [key], whose=_WHOSE, remedy="make the folder one's own", once=True)
    file.write_text(text, encoding="utf-8")
    if as_json:
        put_json({"vkey": str(key.public), "file": str(file)})
        return
    say(str(key.public))
    remark(f"This is the witness's public key. Start it: siklus witness serve {folder}")


def serve(*, folder: _FolderArgument) -> None:
    """Answer logs that ask for a cosignature (C2SP tlog-witness, POST /add-checkpoint).

    Signs that a log it knows has only grown since it last signed, and never two roots for one size. Nothing of any
    database is opened. Runs until it is interrupted; only one process at a time works with a folder.
    """
    import signal
    from contextlib import closing

    import uvicorn

    from api.cli_running import address_of, listen
    from api.listening import server_config
    from api.telemetry import configure
    from api.witnessing import witness_app
    from engine.clock import SystemClock
    from engine.witness import Memories, Witness

    config = _config(folder)
    key, memories = _key(config), Memories(config.memory)
    with memories.held():
        for origin in config.logs:
            memories.of(origin)  # one that is spoilt is told now, and not when it is asked
        configure("warning")
        witness = Witness(key, config.logs, memories, SystemClock().now)
        with closing(listen(config.host, config.port)) as listening:
            remark(f"{key.public.name} answers on {address_of(listening)}; press Ctrl-C to stop.")
            before = signal.signal(signal.SIGTERM, signal.default_int_handler)
            try:
                uvicorn.Server(server_config(witness_app(witness))).run(sockets=[listening])
            except KeyboardInterrupt:
                remark("Stopped.")
            finally:
                signal.signal(signal.SIGTERM, before)


def show(*, folder: _FolderArgument, as_json: JsonOption = False) -> None:
    """Tell what the witness last signed of each log, and whether it holds evidence against one."""
    from engine.core.audit import stamp
    from engine.core.sealing.strict import text_of
    from engine.witness import Memories

    config = _config(folder)
    key, memories = _key(config), Memories(config.memory)
    told: list[dict[str, Any]] = []
    for origin in config.logs:
        known = memories.of(origin)
        told.append(
            {
                "origin": origin,
                "size": known.point.size if known else 0,
                "root": text_of(known.point.root) if known else None,
                "at": stamp(known.at * 1_000_000) if known else None,
                "forks": [str(one) for one in memories.evidence(origin)],
                "unproven": [str(one) for one in memories.evidence(origin, "unproven")],
            }
        )
    if as_json:
        put_json({"vkey": str(key.public), "logs": told})
        return
    say(str(key.public))
    for one in told:
        say(
            f"{one['origin']}: {one['size']} leaves, root {one['root'] or 'none'}, signed {one['at'] or 'never'}"
        )
        for place in one["forks"]:
            say(f"  two histories, both signed by the log: {place}")
        for place in one["unproven"]:
            say(f"  signed by the log, and no proof led there: {place}")


def witness_commands() -> typer.Typer:
    """The commands of this room, as a group."""
    group = typer.Typer(no_args_is_help=True, help="A witness of the log, on another machine.")
    group.callback()(_witness)
    for command in (init, serve, show):
        group.command(command.__name__, cls=Spoken)(command)
    return group


def _witness() -> None:
    """A witness of the log, for Internal Audit's own machine: it signs that a log has only grown."""


def _config(folder: Path) -> WitnessConfig:
    from engine.witness import config_of

    return config_of(read_text(folder / _FILE), folder)


def _key(config: WitnessConfig) -> SigningKey:
    from engine.core.sealing.notes import COSIGNS_ED25519
    from engine.signing_keys import read_keys

    remedy = "bring it back from a copy, or make another witness with siklus witness init"
    return read_keys(config.key_file, (COSIGNS_ED25519,), whose=_WHOSE, remedy=remedy)[0]
