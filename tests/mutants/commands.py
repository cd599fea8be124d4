"""What the verifier's command answers: text, JSON and the number it exits with, for packs whose verdicts are known."""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import partial
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
        "no receipt": (verify.UNUSABLE, (str(whole), "--receipt", str(folder / "none.txt"), "--json")),
        "no processes": (_NO_COMMAND, (str(whole), "--jobs", "0")),
        "too many": (_NO_COMMAND, (str(whole), "--jobs", str(verify.MOST_JOBS + 1))),
        "most": (verify.WITH_ERASURES, (str(whole), *trusting, "--jobs", str(verify.MOST_JOBS))),
        "one": (verify.WITH_ERASURES, (str(whole), *trusting, "--jobs", "1")),
        "nonsense": (_NO_COMMAND, (str(whole), "--nonsense")),
    }
    for name, (code, arguments) in asked.items():
        before = run(arguments)
        assert before.code == code, (name, before)
        if "--json" in arguments:
            json.loads(before.out)
        yield f"command {name}", partial(_is_as_before, arguments, before)
    for name, path in (("whole", whole), ("unlawful", unlawful)):
        yield f"shares of {name}", partial(with_shares, str(path), _report(str(path)))
    yield "broken", partial(_says_that_it_broke, str(whole))


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
            shares = [verify.share_of_pack(path, 2, number) for number in range(2)]
            counted.append(gc.isenabled())
            if joined(shares).json() != known or not all(one.cases for one in shares):
                return False
            if set(shares[0].cases) & set(shares[1].cases):
                return False
    finally:
        gc.enable()
    return counted == [False, True]


def _says_that_it_broke(path: str) -> bool:
    """What nobody foresaw is told in a line, without a traceback and without a verdict."""
    kept = verify.verify

    def breaks(*_: object) -> verify.Verdict:
        raise RuntimeError("\x1b[2J")

    verify.verify = breaks
    found = Answered(-1, "", "")
    try:
        with suppress(RuntimeError):
            found = run([path])
    finally:
        verify.verify = kept
    told = "verify.py broke, and nothing is verified: RuntimeError('\\x1b[2J')\n"
    return found == (verify.UNUSABLE, "", told)
