"""A pack that is made while somebody erases: it is refused, and never says that words are missing without a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.errors import Conflict
from engine.sealer import Keyring, Memory, Sealer, export
from engine.sealer.sealing import Sealing
from engine.verify import NAMES, verify
from tests.privacy.conftest import Bureau
from tests.privacy.test_erasing import of_case
from tests.sealer.packs import policy_of

ORIGIN = "agency.example/log"


class Overtaken(Sealer):
    """A sealer after whose work, before the pack is written, somebody erases."""

    then: Any = None

    def seal_heads(self, now: int, **more: Any) -> Sealing:
        """As it is, and what comes after."""
        done = super().seal_heads(now, **more)
        between, self.then = self.then, None
        if between is not None:
            between()
        return done


def test_words_erased_while_a_pack_is_made_refuse_it(bureau: Bureau, tmp_path: Path) -> None:
    """Asked for again, it is verified with the erasure that it tells of."""
    keyring = Keyring(tmp_path / "log.key")
    keyring.make(ORIGIN)
    sealer = Overtaken(bureau.engine.database, keyring, Memory(tmp_path / "log.signed"), ORIGIN)
    sealer.then = lambda: bureau.erased(of_case(bureau))
    pack = tmp_path / "pack.zip"

    def ask() -> None:
        now = bureau.clock.now()
        export(bureau.engine.database, sealer, pack, now, streams=None, with_words=True, actor="x")

    with pytest.raises(Conflict, match="erased while the pack was made"):
        ask()
    assert not pack.exists()
    ask()
    assert "VERIFIED WITH ERASURES" == NAMES[verify(str(pack), policy_of(keyring), None).code]
