"""Whom an auditor trusts: the log and the witnesses, in a file of C2SP tlog-policy. It is theirs, never the pack's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from engine.core.sealing.notes import COSIGNS_ED25519, COSIGNS_ML_DSA_44, ED25519, PublicKey, public_key
from engine.core.sealing.strict import number_of
from engine.errors import NoteUnreadable, PolicyInvalid

__all__ = ["Group", "Policy", "policy_of"]

_NONE = "none"
_LARGEST = 256 * 1024
_LOG_KINDS = (ED25519, COSIGNS_ML_DSA_44)
_WITNESS_KINDS = (COSIGNS_ED25519, COSIGNS_ML_DSA_44)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Members, named witnesses or groups, of which `least` must have seen a checkpoint."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The keys of logs that are believed, the witnesses by the names of this file, and how many of them it takes."""

    logs: tuple[PublicKey, ...]
    witnesses: Mapping[str, PublicKey]
    groups: Mapping[str, Group]
    quorum: str
    urls: Mapping[str, str]

    def is_met(self, seen: Collection[PublicKey]) -> bool:
        """Whether the keys that cosigned are enough. Two names of one key cannot be: a file with them is refused."""
        return self.quorum == _NONE or self._saw(self.quorum, {(one.kind, one.key) for one in seen})

    def _saw(self, name: str, seen: Collection[tuple[int, bytes]]) -> bool:
        group = self.groups.get(name)
        if group is None:
            key = self.witnesses[name]
            return (key.kind, key.key) in seen
        return sum(self._saw(one, seen) for one in group.members) >= group.least


@dataclass(slots=True)
class _Reading:
    """What the lines so far have said, and what is wrong with them."""

    logs: list[PublicKey] = field(default_factory=list)
    witnesses: dict[str, PublicKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    #: names that are a member of a group already: each counts in one way only
    grouped: set[str] = field(default_factory=set)
    quorums: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def policy_of(data: bytes) -> Policy:
    """A policy from the bytes of its file. Raises: PolicyInvalid, with everything that is wrong, by line."""
    if len(data) > _LARGEST:
        raise PolicyInvalid((f"a policy has at most {_LARGEST} bytes, and this one has {len(data)}",))
    reading = _Reading()
    # Names are bytes to the specification: Latin-1 keeps each byte apart without knowing an encoding.
    for number, line in enumerate(data.decode("latin-1").split("\n"), start=1):
        said = _line(reading, line)
        if said:
            reading.problems.append(f"line {number}: {said}")
    if len(reading.quorums) != 1:
        reading.problems.append(f"there must be one quorum line, and there are {len(reading.quorums)}")
    if reading.problems:
        raise PolicyInvalid(reading.problems)
    return Policy(
        logs=tuple(reading.logs),
        witnesses=reading.witnesses,
        groups=reading.groups,
        quorum=reading.quorums[0],
        urls=reading.urls,
    )


def _line(reading: _Reading, line: str) -> str:
    """Take a line in; what is wrong with it, "" if nothing is."""
    if any((one < " " and one != "\t") or one == "\x7f" for one in line):
        return "has a control character; only tabs are allowed"
    words = [one for one in line.replace("\t", " ").split(" ") if one]
    if not words or words[0].startswith("#"):
        return ""
    kind, rest = words[0], words[1:]
    if kind == "log":
        return _log(reading, rest)
    if kind == "witness":
        return _witness(reading, rest)
    if kind == "group":
        return _group(reading, rest)
    if kind == "quorum":
        return _quorum(reading, rest)
    return f"begins with {kind!r}; a line is one of log, witness, group, quorum"


def _log(reading: _Reading, words: list[str]) -> str:
    if len(words) not in (1, 2):
        return "a log is written: log <vkey> [<url>]"
    key, said = _key(words[0], _LOG_KINDS, "log")
    if key is None:
        return said
    if any(one.key == key.key for one in (*reading.logs, *reading.witnesses.values())):
        return f"the key of {key.name} is that of another log or witness here"
    reading.logs.append(key)
    if len(words) > 1:
        reading.urls[str(key)] = words[1]
    return ""


def _witness(reading: _Reading, words: list[str]) -> str:
    if len(words) not in (2, 3):
        return "a witness is written: witness <name> <vkey> [<url>]"
    key, said = _key(words[1], _WITNESS_KINDS, "witness")
    if key is None:
        return said
    if any(one.key == key.key for one in (*reading.witnesses.values(), *reading.logs)):
        return f"the key of {key.name} is that of another log or witness here: it would count twice"
    said = _new_name(reading, words[0])
    if said:
        return said
    reading.witnesses[words[0]] = key
    if len(words) > 2:  # noqa: PLR2004
        reading.urls[words[0]] = words[2]
    return ""


def _group(reading: _Reading, words: list[str]) -> str:
    if len(words) < 3:  # noqa: PLR2004
        return "a group is written: group <name> all|any|<number> <member>..."
    name, how, members = words[0], words[1], words[2:]
    said = _new_name(reading, name)
    if said:
        return said
    unknown = [one for one in members if one not in reading.witnesses and one not in reading.groups]
    if unknown:
        return f"{', '.join(unknown)}: no witness or group of this name stands above"
    twice = [one for one in dict.fromkeys(members) if members.count(one) > 1 or one in reading.grouped]
    if twice:
        return f"{', '.join(twice)}: is a member already; each counts once"
    least = {"all": len(members), "any": 1}.get(how) or number_of(how)
    if least is None or not 1 <= least <= len(members):
        return f"{how!r} of {len(members)}: it takes all, any, or a number from 1 to {len(members)}"
    reading.grouped.update(members)
    reading.groups[name] = Group(least=least, members=tuple(members))
    return ""


def _quorum(reading: _Reading, words: list[str]) -> str:
    if len(words) != 1:
        return "the quorum is written: quorum <name>"
    if words[0] != _NONE and words[0] not in reading.witnesses and words[0] not in reading.groups:
        return f"{words[0]}: no witness or group of this name stands above; `none` asks for no witness"
    reading.quorums.append(words[0])
    return ""


def _key(text: str, kinds: Collection[int], what: str) -> tuple[PublicKey | None, str]:
    try:
        # Names of keys are UTF-8, which was read byte by byte.
        key = public_key(text.encode("latin-1").decode("utf-8"))
    except UnicodeDecodeError:
        return None, "the name of the key is not UTF-8"
    except NoteUnreadable as error:
        return None, str(error)
    if key.kind not in kinds:
        return None, f"the key of {key.name} is of type {key.kind:#04x}, which is not one for a {what}"
    return key, ""


def _new_name(reading: _Reading, name: str) -> str:
    if name == _NONE or name in reading.witnesses or name in reading.groups:
        return f"the name {name!r} is taken"
    return ""
