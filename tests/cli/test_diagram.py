"""`siklus diagram` as people run it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import WORKFLOWS

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("svg", b"<svg "),
        ("png", PNG),
        ("mmd", b"stateDiagram-v2\n"),
        ("txt", b"Civil-service annual cycle (asn-tahunan@1)\n"),
        ("scxml", b"<?xml "),
        ("bpmn", b"<?xml "),
    ],
)
def test_the_ending_of_the_file_says_what_is_written(siklus, folder, ending, begins):
    done = siklus("diagram", str(WORKFLOWS / "asn-tahunan.yaml"), "-o", f"out.{ending}")

    assert (folder / f"out.{ending}").read_bytes().startswith(begins)
    assert done.stdout.startswith(f"out.{ending}: asn-tahunan@1, ")


def test_what_another_language_cannot_say_is_told_beside_the_answer(siklus):
    done = siklus("diagram", "asn-tahunan", "-o", "out.bpmn", "--lang", "id")

    assert "Tenggat dan tangga pengingatnya tidak ikut: keduanya tidak memindahkan kasus." in done.stderr


def test_another_ending_is_refused_before_anything_is_written(siklus, folder):
    done = siklus("diagram", "asn-tahunan", "-o", "out.pdf", code=2)

    assert all(f".{ending}" in done.stderr for ending in ("svg", "png", "mmd", "txt", "scxml", "bpmn"))
    assert not (folder / "out.pdf").exists()


def test_without_the_library_a_picture_in_pixels_says_what_would_work(siklus, monkeypatch, folder):
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    done = siklus("diagram", "asn-tahunan", "-o", "out.png", code=1)

    assert "siklus[png]" in done.stderr
    assert not Path(folder / "out.png").exists()


def test_a_wrong_definition_is_told_and_not_drawn(siklus, folder):
    (folder / "bad.yaml").write_text("workflow: bad\n")
    (folder / "bad.texts.yaml").write_text("title: {id: a, en: b}\n")

    done = siklus("diagram", "bad.yaml", "-o", "out.svg", code=1)

    assert "missing_key" in done.stdout + done.stderr
    assert not (folder / "out.svg").exists()
