"""The language of the command line: `--lang`, else SIKLUS_LANGUAGE, else English."""

from __future__ import annotations

import pytest

from tests.cli.conftest import ROOT


@pytest.mark.parametrize(
    ("set_to", "words", "title"),
    [
        ("", (), "A value stands for one written elsewhere"),
        ("id", (), "Sebuah nilai menunjuk ke tulisan di tempat lain"),
        ("id", ("--lang", "en"), "A value stands for one written elsewhere"),
        ("en", ("--lang", "id"), "Sebuah nilai menunjuk ke tulisan di tempat lain"),
    ],
)
def test_what_is_said_after_the_command_wins_over_the_environment(siklus, monkeypatch, set_to, words, title):
    if set_to:
        monkeypatch.setenv("SIKLUS_LANGUAGE", set_to)

    assert f"# alias: {title}" in siklus("explain", "alias", *words).stdout


@pytest.mark.parametrize(
    ("language", "told"),
    [("id", "tidak ada yang disimpan"), ("en", "nothing was stored")],
)
def test_errors_of_a_command_without_a_language_are_told_in_that_of_the_installation(
    siklus, folder, monkeypatch, language, told
):
    """`siklus test` has no `--lang`, and tells what is wrong with a definition all the same, to the last word."""
    monkeypatch.setenv("SIKLUS_LANGUAGE", language)
    small = ROOT / "tests/definitions"
    (folder / "small.yaml").write_text(
        (small / "small.yaml").read_text("utf-8").replace("to: checking", "to: cheking", 1), encoding="utf-8"
    )
    (folder / "small.texts.yaml").write_bytes((small / "small.texts.yaml").read_bytes())

    assert told in siklus("test", "small.yaml", code=1).stderr


def test_a_language_that_is_not_spoken_is_told_with_those_that_are(siklus, monkeypatch):
    monkeypatch.setenv("SIKLUS_LANGUAGE", "jv")
    told = siklus("explain", "alias", code=2)

    assert "SIKLUS_LANGUAGE" in told.stderr
    assert "'jv' is not spoken here; use id or en" in told.stderr


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", ("kalender X Y memiliki", "tulis huruf kecil, angka, dan tanda hubung", "seharusnya daftar")),
        ("en", ("Calendar X Y has", "write small letters, digits and hyphens", "should be a list")),
    ],
)
def test_what_is_wrong_with_a_calendar_is_told_in_that_of_the_installation(
    siklus, demo, folder, monkeypatch, language, told
):
    """Each problem on a line, in words; a program gets both languages."""
    monkeypatch.setenv("SIKLUS_LANGUAGE", language)
    (folder / "x.yaml").write_text("name: X Y\n", encoding="utf-8")
    line = ("calendar", "preview", "x.yaml", "--database", demo)
    shown = siklus(*line, code=1).stderr
    problems = siklus.json(*line, code=1)["error"]["problems"]

    assert [] == [one for one in told if one.casefold() not in shown.casefold()]
    assert all({"id", "en"} == one.keys() and one["id"] != one["en"] for one in problems)
