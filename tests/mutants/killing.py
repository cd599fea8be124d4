"""What kills mutants of the verifier: known answers for its small parts, and packs whose verdicts are known.

A mutant is put in the place of one function of the module and taken out again; nothing is started anew.
"""

from __future__ import annotations

import re
import signal
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from engine import verify
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import Note, note_of
from tests.mutants.mutating import Mutant
from tests.mutants.odd_packs import odd_packs
from tests.mutants.receipts import receipts, trusting
from tests.sealer.lived import Lived, cosigned
from tests.sealer.packs import Files, put_together, stranger
from tests.sealer.spoiling_packs import ON_PACKS
from tests.sealer.spoiling_zips import SPOILT_ZIPS, zipped
from tests.sealer.spoilt import saying

__all__ = ["Judged", "killer_of", "packs", "with_mutant"]

#: seconds after which a mutant goes round in circles
_ENDLESS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A pack on disk, and what is known of it: given by those who spoilt it, or found by the true verifier."""

    name: str
    path: Path
    policy: bytes | None
    older: bytes | None
    about: tuple[str, ...]
    code: int
    reasons: tuple[str, ...]
    facts: str
    receipts: tuple[bytes, ...] = ()

    def is_as_known(self) -> bool:
        """Whether the verifier, as it is now, says the same."""
        found = verify.verify(str(self.path), self.policy, self.older, self.about, self.receipts)
        return (self.code, self.reasons, self.facts) == (found.code, tuple(found.reasons), repr(found.facts))


def packs(lived: Lived, folder: Path, each: int) -> Iterator[Judged]:
    """Honest packs, and so many of each attack; what must be said of these is held against what is said."""
    for name, files in (("whole", lived.whole), ("part", lived.part)):
        for number, older in enumerate((None, *lived.kept)):
            path = put_together(files, folder / f"{name}-{number}.zip")
            yield _judged(name, path, lived.policy, older, lived.streams if name == "part" else ())
    seen = put_together(cosigned(lived, lived.whole), folder / "seen.zip")
    yield _judged("seen", seen, lived.strict, None, ())
    yield _judged("no policy", seen, None, None, ())
    bare = zipped({name: data for name, data in lived.part.items() if name != "verify.py"})
    for name, spoil in SPOILT_ZIPS.items():
        path = folder / f"{name}.zip"
        path.write_bytes(spoil(bare))
        yield _judged(name, path, lived.policy, None, ())
    yield from _odd(lived, folder)
    for number, odd in enumerate(odd_packs(lived)):
        path = put_together(odd.files, folder / f"told-{number}.zip")
        path.write_bytes(odd.spoil(path.read_bytes()))
        policy = odd.policy or lived.policy
        found = _judged(f"told {number}", path, policy, odd.older, (), odd.receipts)
        assert (found.code, bool(re.search(odd.said, "; ".join(found.reasons)))) == (odd.code, True), (
            odd.said,
            found,
        )
        yield found
    for name, attack in ON_PACKS.items():
        for number in range(each * (4 if name == "A15" else 1)):
            spoilt = attack(Random(f"{name}/pack/{number}"), lived)
            assert spoilt.files is not None
            path = put_together(spoilt.files, folder / f"{name}-{number}.zip")
            found = _judged(name, path, spoilt.policy or lived.policy, spoilt.older, spoilt.about)
            assert found.code in spoilt.codes
            assert saying(spoilt, "; ".join(found.reasons))
            yield found


def _odd(lived: Lived, folder: Path) -> Iterator[Judged]:
    """What no attack of the fifteen does: other rules, lines without an end, checkpoints and receipts of others."""
    for number, files in enumerate(_other_files(lived)):
        yield _judged(
            f"files {number}", put_together(files, folder / f"files-{number}.zip"), lived.policy, None, ()
        )
    whole = put_together(lived.whole, folder / "odd-whole.zip")
    part = put_together(lived.part, folder / "odd-part.zip")
    for number, older in enumerate(_other_checkpoints(lived)):
        for name, path in (("whole", whole), ("part", part)):
            for policy in (lived.policy, None):
                yield _judged(f"older {number} {name}", path, policy, older, ())
    for number, one in enumerate(receipts(lived)):
        for name, path in (("whole", whole), ("part", part)):
            for policy in (trusting(lived), lived.policy, None):
                yield _judged(f"receipt {number} {name}", path, policy, None, (), (one,))


def _other_files(lived: Lived) -> Iterator[Files]:
    whole = lived.whole
    for folder in ("definitions/", "calendars/"):
        name = next(one for one in sorted(whole) if one.startswith(folder))
        yield whole | {name: whole[name] + b" "}
        yield {one: data for one, data in whole.items() if one != name}
    for name in ("entries.jsonl", "words.jsonl", "erased.jsonl"):
        yield whole | {name: whole[name] + b"x"}
        yield whole | {name: whole[name][:-1]}
        yield whole | {name: whole[name] + b"\n"}
        yield {one: data for one, data in whole.items() if one != name}
    yield whole | {"leaves.bin": whole["leaves.bin"] + b"x"}
    yield whole | {"leaves.bin": whole["leaves.bin"] + bytes(32)}
    yield whole | {"leaves.bin": whole["leaves.bin"][:-32]}
    yield lived.part | {"proofs.jsonl": lived.part["proofs.jsonl"] + b"{}\n"}


def _other_checkpoints(lived: Lived) -> Iterator[bytes]:
    """Of another log, of a larger size, of another root, each by the log's own key; and by a stranger's."""
    signer = lived.last.keyring.signers()[0]
    newest = checkpoint_of(note_of(lived.kept[-1]))
    others = [
        replace(newest, origin="other.example"), replace(newest, size=newest.size + 10_000),
        replace(newest, root=bytes(32)), replace(checkpoint_of(note_of(lived.kept[0])), root=bytes(32)),
    ]  # fmt: skip
    for key in (signer, stranger(signer.public)):
        for point in others:
            yield str(key.signed(Note(text=point.text, signatures=()), point, 0)).encode()


def _judged(
    name: str,
    path: Path,
    policy: bytes | None,
    older: bytes | None,
    about: tuple[str, ...],
    receipts: tuple[bytes, ...] = (),
) -> Judged:
    found = verify.verify(str(path), policy, older, about, receipts)
    return Judged(
        name=name, path=path, policy=policy, older=older, about=about, code=found.code,
        reasons=tuple(found.reasons), facts=repr(found.facts), receipts=receipts,
    )  # fmt: skip


@contextmanager
def with_mutant(mutant: Mutant) -> Iterator[None]:
    """The module with the mutant's function in the place of its own.

    A function keeps its place and is given another's code, since others may have taken hold of it when the module
    was read: the readers of JSON have. What is no plain function (a property, a method of a class) is exchanged.
    """
    owner, _, name = mutant.function.rpartition(".")
    holder = getattr(verify, owner) if owner else verify
    before = holder.__dict__[name]
    space: dict[str, object] = {}
    exec(compile(mutant.made, verify.__file__, "exec"), verify.__dict__, space)  # noqa: S102 - of our own text
    made = space[name]
    if isinstance(before, types.FunctionType) and isinstance(made, types.FunctionType):
        kept = before.__code__, before.__defaults__, before.__kwdefaults__
        before.__code__, before.__defaults__, before.__kwdefaults__ = (
            made.__code__, made.__defaults__, made.__kwdefaults__,
        )  # fmt: skip
        try:
            yield
        finally:
            before.__code__, before.__defaults__, before.__kwdefaults__ = kept
        return
    setattr(holder, name, made)
    try:
        yield
    finally:
        setattr(holder, name, before)


class EndlessError(BaseException):
    """It did not come back."""


def _late(_number: int, _frame: types.FrameType | None) -> None:
    raise EndlessError


def killer_of(mutant: Mutant, checks: list[tuple[str, Callable[[], bool]]]) -> str:
    """The first check that notices a mutant; "" if it survives."""
    signal.signal(signal.SIGALRM, _late)
    with with_mutant(mutant):
        for name, check in checks:
            signal.alarm(_ENDLESS)
            try:
                if not check():
                    return name
            except (Exception, SystemExit, EndlessError) as error:  # noqa: BLE001 - whatever a mutant does is noticed
                return f"{name} ({type(error).__name__})"
            finally:
                signal.alarm(0)
    return ""
