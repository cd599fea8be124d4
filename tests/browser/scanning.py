"""An automatic look at accessibility: axe-core from npm, installed once into a cached folder, run inside a page."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_WANTED = Path(__file__).parent / "axe/package.json"
_CACHE = Path(__file__).parents[2] / ".cache" / "axe"
#: the criteria of WCAG up to 2.2 AA, and what its authors advise besides
# The browser of the API's documentation is another's program, for those who write programs: it is not ours to mend,
# and all that it shows is in openapi.json as well.
_RUN = """async () => {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const where = { include: [['html']], exclude: [['#swagger-ui']] };
  // Two landmarks at once are seen from ours as well: that page has a second one, which it brings.
  const twice = document.querySelector('#swagger-ui') ? { 'landmark-no-duplicate-main': { enabled: false } } : {};
  const found = await axe.run(where, { runOnly: rules, rules: twice, resultTypes: ['violations'] });
  return found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`));
}"""


def scanned(page: Any) -> list[str]:
    """What the checker finds wrong with the page that is open."""
    page.evaluate(_script())
    found: list[str] = page.evaluate(_RUN)
    return found


@cache
def _script() -> str:
    wanted = _WANTED.read_bytes()
    folder = _CACHE / hashlib.sha256(wanted).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            _install(folder, wanted)
            (folder / "done").touch()
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def _install(folder: Path, wanted: bytes) -> None:
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("SIKLUS_REQUIRE_ALL") == "1":
            pytest.fail("npm is not installed, and nothing may be skipped here")
        pytest.skip("npm is not installed")
    (folder / "package.json").write_bytes(wanted)
    subprocess.run(
        [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=110,
    )
