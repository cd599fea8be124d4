"""The verifier as it is handed out: one file, made of rooms, that needs nothing but the standard library."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

from engine import verify
from engine.sealer.verifier import ROOMS, verifier


def _imported(tree: ast.Module) -> set[str]:
    names = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {one.partition(".")[0] for one in names}


def test_it_imports_the_standard_library_alone_and_is_read_by_python_3_9():
    tree = ast.parse(verifier(), feature_version=(3, 9))

    assert _imported(tree) <= sys.stdlib_module_names


def test_every_room_is_in_it_once_and_no_name_stands_for_two_things():
    rooms = {one.stem for one in Path(verify.__file__).parent.joinpath("lawful").glob("*.py")} - {"__init__"}
    defined = Counter(
        one.name for one in ast.parse(verifier()).body if isinstance(one, ast.FunctionDef | ast.ClassDef)
    )

    assert rooms == set(ROOMS)
    assert [] == [name for name, times in defined.items() if times > 1]
    assert {"judge", "verify", "main"} <= defined.keys()


def test_its_constants_do_not_cover_one_another():
    """Two rooms may import the same thing; they may not call two things by one name."""
    named = Counter(
        target.id
        for one in ast.parse(verifier()).body
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name)
    )

    assert [] == [name for name, times in named.items() if times > 1]


def test_the_law_is_a_second_reading_of_its_own():
    """The rooms of the second report import one another and the standard library, nothing of the engine."""
    folder = Path(verify.__file__).parent / "lawful"
    for room in ROOMS:
        tree = ast.parse((folder / f"{room}.py").read_text(encoding="utf-8"))
        ours = [
            node.module or ""
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("engine")
        ]
        assert all(one.startswith("engine.lawful.") for one in ours)


def test_run_by_itself_it_answers_and_explains(tmp_path: Path):
    """In an empty folder, isolated, without site packages."""
    (tmp_path / "verify.py").write_bytes(verifier())
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as pack:
        pack.writestr("manifest.json", "{}")
    asked = [sys.executable, "-I", "-S", "verify.py"]
    told = subprocess.run([*asked, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True)
    done = subprocess.run(
        [*asked, "empty.zip", "--lawful"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "--lawful" in told.stdout
    assert (verify.UNUSABLE, "UNUSABLE") == (done.returncode, done.stdout.splitlines()[0])
