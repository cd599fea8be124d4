"""The file that sets a witness up: who it is, where it listens, and the logs it knows with their keys."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core.sealing.checkpoints import possible_origin
from engine.core.sealing.notes import COSIGNS_ML_DSA_44, ED25519, PublicKey, public_key
from engine.errors import NoteUnreadable, WitnessUnusable

__all__ = ["WitnessConfig", "config_of", "config_text"]

_KNOWN = frozenset({"host", "port", "key_file", "memory", "log"})
_OF_LOG = frozenset({"origin", "vkeys"})
_MOST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessConfig:
    """How one witness is set up; files are beside the file that says so unless they are named whole."""

    host: str
    port: int
    key_file: Path
    memory: Path
    logs: Mapping[str, tuple[PublicKey, ...]]


def config_of(text: str, folder: Path) -> WitnessConfig:
    """A witness as its file sets it up. Raises: WitnessUnusable, with all that is wrong."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WitnessUnusable(f"the witness's file is not TOML: {error}") from None
    wrong = [f"{one!r} is not known" for one in sorted(told.keys() - _KNOWN)]
    host, port = told.get("host", "127.0.0.1"), told.get("port", 8030)
    key_file, memory = told.get("key_file", "witness.key"), told.get("memory", "memory")
    if not isinstance(host, str) or not host:
        wrong.append("host is the address to listen on, such as 127.0.0.1")
    if type(port) is not int or not 0 <= port <= _MOST_PORT:
        wrong.append(f"port is a number from 0 to {_MOST_PORT}")
    if not all(isinstance(one, str) and one for one in (key_file, memory)):
        wrong.append("key_file and memory are names of a file and of a folder")
    logs = _logs(told.get("log"), wrong)
    if wrong:
        raise WitnessUnusable("the witness's file has problems: " + "; ".join(wrong))
    return WitnessConfig(host=host, port=port, key_file=folder / key_file, memory=folder / memory, logs=logs)


def config_text(*, host: str, port: int, keys: Sequence[PublicKey]) -> str:
    """The file of a witness that knows the logs of these keys."""
    logs: dict[str, list[str]] = {}
    for one in keys:
        logs.setdefault(one.name, []).append(str(one))
    # A string of JSON is one of TOML as well.
    head = (
        "# A witness of Siklus. It signs that a log it knows has only grown; keep this folder for yourself.\n"
        f'host = {json.dumps(host)}\nport = {port}\nkey_file = "witness.key"\nmemory = "memory"\n'
    )
    told = (
        f"\n[[log]]\norigin = {json.dumps(origin)}\nvkeys = {json.dumps(vkeys)}\n"
        for origin, vkeys in logs.items()
    )
    return head + "".join(told)


def _logs(told: Any, wrong: list[str]) -> dict[str, tuple[PublicKey, ...]]:
    if not isinstance(told, list) or not told or not all(isinstance(one, dict) for one in told):
        wrong.append("a witness knows at least one log: [[log]] with origin and vkeys")
        return {}
    logs: dict[str, tuple[PublicKey, ...]] = {}
    for one in told:
        origin, vkeys = one.get("origin"), one.get("vkeys")
        if not isinstance(origin, str) or not possible_origin(origin) or origin in logs:
            wrong.append(f"{origin!r} is no origin of a log, or stands there twice")
            continue
        if one.keys() != _OF_LOG or not isinstance(vkeys, list) or not vkeys:
            wrong.append(f"{origin} has an origin and a list of vkeys, and nothing else")
            continue
        logs[origin] = tuple(key for text in vkeys if (key := _key(text, origin, wrong)) is not None)
    return logs


def _key(text: Any, origin: str, wrong: list[str]) -> PublicKey | None:
    try:
        key = public_key(text) if isinstance(text, str) else None
    except NoteUnreadable as error:
        wrong.append(str(error))
        return None
    if key is None or key.name != origin or key.kind not in (ED25519, COSIGNS_ML_DSA_44):
        wrong.append(f"{origin}: a vkey of the log is name+id+base64, with the log's own name")
        return None
    return key
