"""How a witness is set up: one file, read strictly, with all that is wrong in it told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.sealing.notes import ED25519
from engine.errors import WitnessUnusable
from engine.signing_keys import SigningKey
from engine.witness import config_of, config_text

LOG = SigningKey.made("agency.example/appraisal", ED25519).public
NEWER = SigningKey.made("agency.example/appraisal", ED25519).public
OTHER = SigningKey.made("other.example/log", ED25519).public


def test_what_is_written_is_read() -> None:
    """Several keys of one log while it has two; files stand beside the one that names them."""
    text = config_text(host="127.0.0.1", port=8030, keys=[LOG, NEWER, OTHER])
    read = config_of(text, Path("here"))

    assert {LOG.name: (LOG, NEWER), OTHER.name: (OTHER,)} == read.logs
    assert (Path("here/witness.key"), Path("here/memory")) == (read.key_file, read.memory)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log = 3",
        "host = [",
        f'[[log]]\norigin = "{LOG.name}"\nvkeys = ["{OTHER}"]',
        f'[[log]]\norigin = "{LOG.name}"\nvkeys = ["{str(LOG)[:-4]}AAAA"]',
        f'[[log]]\norigin = "{LOG.name}"\nvkeys = []',
        f'[[log]]\norigin = "a b"\nvkeys = ["{LOG}"]',
        f'port = 70000\n[[log]]\norigin = "{LOG.name}"\nvkeys = ["{LOG}"]',
        f'port = true\n[[log]]\norigin = "{LOG.name}"\nvkeys = ["{LOG}"]',
        f'color = "red"\n[[log]]\norigin = "{LOG.name}"\nvkeys = ["{LOG}"]',
        f'key_file = 3\n[[log]]\norigin = "{LOG.name}"\nvkeys = ["{LOG}"]',
        f'[[log]]\norigin = "{LOG.name}"\nvkeys = ["{LOG}"]\nmore = 1',
    ],
)
def test_what_cannot_be_is_refused(text: str) -> None:
    """Each in words, none with a traceback."""
    with pytest.raises(WitnessUnusable, match="witness"):
        config_of(text, Path())
