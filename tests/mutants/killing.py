"""What kills mutants of the verifier: known answers for its small parts, and packs whose verdicts are known.

A mutant is put in the place of one function of the module and taken out again; nothing is started anew.
"""

from __future__ import annotations

import signal
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from engine import verify
from tests.mutants.mutating import Mutant
from tests.sealer.lived import Lived, cosigned
from tests.sealer.packs import put_together
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

    def is_as_known(self) -> bool:
        """Whether the verifier, as it is now, says the same."""
        found = verify.verify(str(self.path), self.policy, self.older, self.about)
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
    for name, attack in ON_PACKS.items():
        for number in range(each * (4 if name == "A15" else 1)):
            spoilt = attack(Random(f"{name}/pack/{number}"), lived)
            assert spoilt.files is not None
            path = put_together(spoilt.files, folder / f"{name}-{number}.zip")
            found = _judged(name, path, spoilt.policy or lived.policy, spoilt.older, spoilt.about)
            assert found.code in spoilt.codes
            assert saying(spoilt, "; ".join(found.reasons))
            yield found


def _judged(
    name: str, path: Path, policy: bytes | None, older: bytes | None, about: tuple[str, ...]
) -> Judged:
    found = verify.verify(str(path), policy, older, about)
    return Judged(
        name=name, path=path, policy=policy, older=older, about=about, code=found.code,
        reasons=tuple(found.reasons), facts=repr(found.facts),
    )  # fmt: skip


@contextmanager
def with_mutant(mutant: Mutant) -> Iterator[None]:
    """The module with the mutant's function in the place of its own."""
    owner, _, name = mutant.function.rpartition(".")
    holder = getattr(verify, owner) if owner else verify
    before = holder.__dict__[name]
    space: dict[str, object] = {}
    exec(compile(mutant.made, verify.__file__, "exec"), verify.__dict__, space)  # noqa: S102 - of our own text
    setattr(holder, name, space[name])
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
            except (Exception, EndlessError) as error:  # noqa: BLE001 - whatever a mutant does is noticed
                return f"{name} ({type(error).__name__})"
            finally:
                signal.alarm(0)
    return ""
