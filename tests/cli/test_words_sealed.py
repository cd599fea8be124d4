"""Keys of words at the command line: made by setup, used by whoever opens the installation, missed by the doctor."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from api.cli_speech import UNUSABLE


def test_setup_makes_the_keys_for_its_owner_alone(siklus, folder: Path) -> None:
    """And says where they are, and that they are copied apart."""
    told = siklus("setup").stdout
    place = folder / "siklus-words.keys"

    assert 0o600 == stat.S_IMODE(place.stat().st_mode)
    assert "siklus-words.keys: copy it apart" in " ".join(told.split())
    (found,) = [one for one in siklus.json("doctor")["findings"] if one["name"] == "keys of words"]
    assert (True, True) == (found["ok"], "beside the database" in found["found"])


def test_what_is_there_is_sealed_by_a_command(siklus, agency: str) -> None:
    """Once; asked again, nothing is left to do."""
    said = siklus("privacy", "seal").stdout

    assert "Sealed: " in said
    assert "Sealed: 0 texts." in siklus("privacy", "seal").stdout


def test_keys_stand_where_it_is_said_and_are_missed_there(
    siklus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By SIKLUS_WORD_KEYS_FILE; without the file the doctor says what to bring back."""
    place = folder / "apart.keys"
    monkeypatch.setenv("SIKLUS_WORD_KEYS_FILE", str(place))
    siklus("setup")
    assert place.exists()
    assert not (folder / "siklus-words.keys").exists()

    place.unlink()
    (found,) = [
        one for one in siklus.json("doctor", code=UNUSABLE)["findings"] if one["name"] == "keys of words"
    ]
    assert (False, True) == (found["ok"], "bring back" in found["remedy"])
