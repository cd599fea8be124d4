"""No definition, however hostile, imports, opens, runs or hangs anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def watched(count, seed):
    """What reading so many hostile definitions under an audit hook printed."""
    done = subprocess.run(
        [sys.executable, str(HERE / "hostile.py"), str(count), str(seed)],
        check=False,
        capture_output=True,
        text=True,
        timeout=900,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )
    return done.stdout.splitlines() + done.stderr.splitlines()


@pytest.mark.heavy
def test_a_hundred_and_fifty_hostile_definitions_are_only_read():
    assert ["read 150"] == watched(150, 20261122)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2])
def test_thousands_of_hostile_definitions_are_only_read(seed):
    assert ["read 2000"] == watched(2000, seed)


PLANTED = """
import runpy, sys
import engine.core.parse as parse
real, calls = parse.problems, []
def careless(*texts):
    calls.append(texts)
    if len(calls) > 50:
        import wave
    return real(*texts)
parse.problems = careless
sys.argv = ["hostile.py", "100", "1"]
runpy.run_path({path!r}, run_name="__main__")
"""


@pytest.mark.heavy
def test_a_reader_that_imports_something_is_found_out():
    """The watcher itself: an import planted in the reader is seen and stopped."""
    done = subprocess.run(
        [sys.executable, "-c", PLANTED.replace("{path!r}", repr(str(HERE / "hostile.py")))],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )

    assert any(
        line.startswith("did what reading never needs: import ('wave'") for line in done.stdout.splitlines()
    )
