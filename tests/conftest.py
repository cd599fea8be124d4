"""What all tests share: where their files are, one Chromium per process, and rubbish that is not looked for in vain."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.postgres import postgres_server

# One definition, one server: each folder that imported the fixture for itself would start another.
__all__ = ["postgres_server"]

# What an example may take is no claim: a machine that is busy fails none.
settings.register_profile("siklus", deadline=None)
settings.load_profile("siklus")

# Nothing here outlives the tests, so nothing need survive a power cut of the machine: where there is plenty of memory
# to keep files in, they are kept there, and no commit waits for a disk.
_MEMORY, _PLENTY = Path("/dev/shm"), 4 << 30  # noqa: S108 - each makes a folder of its own in it
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _PLENTY:
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking through it for rubbish again and again costs a tenth of the time."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """The loop of the web clients ends where there was one; tests of the core never load them."""
    if "tests.clients" in sys.modules:
        sys.modules["tests.clients"].stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser, started once; without one the tests are skipped, unless nothing may be skipped."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("SIKLUS_REQUIRE_ALL") == "1":
            pytest.fail(f"none of {', '.join(_NAMES)} is installed, and nothing may be skipped here")
        pytest.skip(f"none of {', '.join(_NAMES)} is installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()
