"""What the verifier's command answers: text, JSON and the number it exits with, for packs whose verdicts are known."""

from __future__ import annotations

import gc
import io
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from engine import verify
from engine.lawful.report import NOT_JUDGED, joined
from tests.sealer.lived import Lived
from tests.sealer.packs import put_together

__all__ = ["Answered", "commands", "with_shares"]

#: how it exits if the command itself is wrong
_NO_COMMAND = verify.UNUSABLE


class Answered(NamedTuple):
    """What a command answered: how it exited, and what it wrote for people or programs and beside that."""

    code: int
    out: str
    beside: str


def run(arguments: Sequence[str]) -> Answered:
    """What the command answers, as it is now."""
    out, beside = io.StringIO(), io.StringIO()
    code = -1
    with redirect_stdout(out), redirect_stderr(beside):
        try:
            code = verify.main(arguments)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else -1
    return Answered(code, out.getvalue(), beside.getvalue())


def commands(lived: Lived, folder: Path, receipt: bytes) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Each command with whether it answers as it did; what it must exit with is held against what it did."""
    whole, policy = put_together(lived.whole, folder / "asked.zip"), folder / "policy.txt"
    policy.write_bytes(lived.policy)
    kept, torn = folder / "kept.txt", folder / "torn.zip"
    kept.write_bytes(lived.kept[0])
    entries = lived.whole["entries.jsonl"]
    put_together(lived.whole | {"entries.jsonl": entries.replace(b'"seq":1', b'"seq":2', 1)}, torn)
    unlawful, part = _unlawful(lived, folder), put_together(lived.part, folder / "asked-part.zip")
    ruled = {name: data for name, data in lived.whole.items() if not name.startswith("definitions/")}
    ruleless = put_together(ruled, folder / "ruleless.zip")
    promised = folder / "receipt.txt"
    promised.write_bytes(receipt)
    trusting = ("--policy", str(policy))
    about = [one for stream in lived.streams for one in ("--about", stream)]
    asked: dict[str, tuple[int, tuple[str, ...]]] = {
        "whole": (verify.WITH_ERASURES, (str(whole), *trusting)),
        "older": (verify.WITH_ERASURES, (str(whole), *trusting, "--older", str(kept))),
        "lawful": (verify.WITH_ERASURES, (str(whole), *trusting, "--lawful")),
        "json": (verify.WITH_ERASURES, (str(whole), *trusting, "--lawful", "--json", *about)),
        "not trusted": (verify.INCOMPLETE, (str(whole), "--lawful")),
        "torn": (verify.TAMPERED, (str(torn), *trusting, "--lawful")),
        "part": (verify.VERIFIED, (str(part), *trusting, "--lawful", *about)),
        "not judged": (verify.INCOMPLETE + NOT_JUDGED, (str(ruleless), *trusting, "--lawful")),
        "receipt": (verify.INCOMPLETE, (str(whole), *trusting, "--receipt", str(promised))),
        "no pack": (verify.UNUSABLE, (str(folder / "none.zip"), *trusting)),
        "no policy": (verify.UNUSABLE, (str(whole), "--policy", str(folder / "none.txt"))),
        "no receipt": (verify.UNUSABLE, (str(whole), "--receipt", str(folder / "none\u202e.txt"), "--json")),
        "no processes": (_NO_COMMAND, (str(whole), "--jobs", "0")),
        "too many": (_NO_COMMAND, (str(whole), "--jobs", str(verify.MOST_JOBS + 1))),
        "most": (verify.WITH_ERASURES, (str(whole), *trusting, "--jobs", str(verify.MOST_JOBS))),
        "one": (verify.WITH_ERASURES, (str(whole), *trusting, "--jobs", "1")),
        "nonsense": (_NO_COMMAND, (str(whole), "--nonsense")),
    }
    for name, (code, arguments) in asked.items():
        before = run(arguments)
        assert before.code == code, (name, before)
        assert before.out.isascii(), (name, before)
        if "--json" in arguments:
            json.loads(before.out)
        yield f"command {name}", partial(_is_as_before, arguments, before)
    for name, path in (("whole", whole), ("unlawful", unlawful)):
        yield f"shares of {name}", partial(with_shares, str(path), _report(str(path)))
    yield "broken", partial(_says_that_it_broke, str(whole))
    yield "unwritten", partial(_says_that_nothing_was_written, str(whole))
    yield "processors", partial(_takes_processors, str(whole))


def _unlawful(lived: Lived, folder: Path) -> Path:
    """A pack in which somebody is told to have acted in a role that may not."""
    entries = lived.whole["entries.jsonl"]
    spoilt = entries.replace(b'"role":"holder"', b'"role":"nobody"', 1)
    return put_together(lived.whole | {"entries.jsonl": spoilt}, folder / "unlawful.zip")


def _is_as_before(arguments: Sequence[str], before: Answered) -> bool:
    return run(arguments) == before


def _report(path: str) -> object:
    return verify.lawful_of(path).json()


def with_shares(path: str, known: object) -> bool:
    """Whether shares of a pack make the report on the whole, and the collector is left as it was found."""
    counted = []
    try:
        for collecting in (gc.disable, gc.enable):
            collecting()
            shares = [verify.share_of_pack(path, 3, number) for number in range(3)]
            counted.append(gc.isenabled())
            if joined(shares).json() != known or not all(one.cases for one in shares):
                return False
            if any(set(one.cases) & set(other.cases) for one, other in combinations(shares, 2)):
                return False
    finally:
        gc.enable()
    return counted == [False, True]


@contextmanager
def _verifying(other: Callable[..., verify.Verdict]) -> Iterator[None]:
    """With another in the place of the function that verifies."""
    kept = verify.verify
    setattr(verify, "verify", other)  # noqa: B010 - a function is exchanged
    try:
        yield
    finally:
        setattr(verify, "verify", kept)  # noqa: B010


def _says_that_it_broke(path: str) -> bool:
    """What nobody foresaw is told in a line, without a traceback and without a verdict."""

    def breaks(*_: object) -> verify.Verdict:
        raise RuntimeError("\x1b[2J")

    found = Answered(-1, "", "")
    with _verifying(breaks), suppress(RuntimeError):
        found = run([path])
    told = "verify.py broke, and nothing is verified: RuntimeError('\\x1b[2J')\n"
    return found == (verify.UNUSABLE, "", told)


def _says_that_nothing_was_written(path: str) -> bool:
    """A verdict that nobody can have read, since the disk is full, is no verdict."""

    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    beside = io.StringIO()
    with redirect_stdout(Full()), redirect_stderr(beside):
        code = verify.main([path])
    return code == verify.UNUSABLE and "nothing is verified" in beside.getvalue()


def _takes_processors(path: str) -> bool:
    """Asked for no number of processes, it takes as many as there are processors, four at most; one if nobody knows."""
    asked: list[object] = []

    def noting(*arguments: object) -> verify.Verdict:
        asked.append(arguments[-1])
        return verify.Verdict()

    kept = os.cpu_count
    try:
        with _verifying(noting):
            for count in (None, 1, 3, 64):
                setattr(os, "cpu_count", lambda count=count: count)  # noqa: B010 - a function is exchanged
                run([path])
    finally:
        setattr(os, "cpu_count", kept)  # noqa: B010
    return asked == [1, 1, 3, 4]
