"""`siklus check`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, WORKFLOWS
from tests.definitions_varied import FORK_RULES, FORK_TEXTS, varied
from tests.proof.grounds import NO_SILENCE, USED_UP

#: a cycle that opens and reads no other
ALONE = Path(ROOT) / "tests/definitions/alone"
RULES = (ALONE / "asn-tahunan.yaml").read_text(encoding="utf-8")
TEXTS = (ALONE / "asn-tahunan.texts.yaml").read_text(encoding="utf-8")


@pytest.fixture
def broken(folder):
    """A definition with two mistakes, far apart."""
    rules = RULES.replace("to: manager_checks", "to: manager_chekcs", 1).replace(
        "form: report", "form: repport", 1
    )
    (folder / "mine.yaml").write_text(rules, encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(TEXTS, encoding="utf-8")
    return folder / "mine.yaml"


def test_the_shipped_definition_is_clean(siklus):
    """What comes with the program has no problem, not even a warning."""
    told = siklus.json("check", WORKFLOWS / "asn-tahunan.yaml")

    assert (0, 0, []) == (told["errors"], told["warnings"], told["problems"])
    assert "asn-tahunan@1" == told["definition"]["name"]


def test_all_problems_are_told_with_their_places(siklus, broken):
    """Both mistakes come at once, each as file:line:column: severity code: sentence; suggestion."""
    lines = siklus("check", broken, code=1).stdout.splitlines()

    assert all(re.match(rf"{re.escape(str(broken))}:\d+:\d+: (error|warning) \w+: ", line) for line in lines)
    assert any("did you mean 'manager_checks'?" in line for line in lines)
    assert any("did you mean 'report'?" in line for line in lines)


def test_problems_are_told_in_the_language_asked_for(siklus, broken):
    """An author in an agency reads every line in Indonesian; places and codes are the same."""
    english = siklus("check", broken, code=1).stdout.splitlines()
    indonesian = siklus("check", broken, "--lang", "id", code=1).stdout.splitlines()

    assert [line.split(": ")[:2] for line in english] == [line.split(": ")[:2] for line in indonesian]
    assert any("apakah maksudnya 'manager_checks'?" in line for line in indonesian)
    assert not any("did you mean" in line for line in indonesian)


def test_problems_come_as_json(siklus, broken):
    """A program gets place, code and suggestion apart."""
    told = siklus.json("check", broken, code=1)
    first = told["problems"][0]

    assert told["errors"] + told["warnings"] == len(told["problems"])
    assert told["definition"] is None
    assert {"file", "line", "column", "severity", "code", "path", "message", "suggestion"} == first.keys()
    assert {"id", "en"} == first["message"].keys()


def test_nothing_is_stored(siklus, broken, folder):
    """Checking leaves the folder as it was."""
    before = sorted(one.name for one in folder.iterdir())
    siklus("check", broken, code=1)

    assert before == sorted(one.name for one in folder.iterdir())


def test_missing_texts_are_one_problem(siklus, broken, folder):
    """Without its texts a definition is told so once, beside the mistakes of its rules."""
    (folder / "mine.texts.yaml").unlink()
    lines = siklus("check", broken, code=1).stdout.splitlines()

    assert 1 == sum("texts_missing" in line for line in lines)
    assert any("manager_chekcs" in line for line in lines)


def test_texts_may_lie_elsewhere(siklus, folder):
    """The option names another file of texts."""
    (folder / "mine.yaml").write_text(RULES, encoding="utf-8")
    (folder / "words.yaml").write_text(TEXTS, encoding="utf-8")

    assert "no errors" in siklus("check", "mine.yaml", "--texts", "words.yaml").stdout


def test_a_file_that_is_not_there_is_said_kindly(siklus):
    """One sentence, with the path."""
    told = siklus("check", "nowhere.yaml", code=1)

    assert "There is no file 'nowhere.yaml'; check the path.\n" == told.stderr


def test_a_file_that_is_no_text_is_said_kindly(siklus, folder):
    """A workbook given by mistake is no definition."""
    (folder / "book.yaml").write_bytes(b"PK\x03\x04\xff\xfe")

    assert "is not UTF-8 text" in siklus("check", "book.yaml", code=1).stderr


def test_every_question_is_answered_in_both_languages(siklus):
    """After the problems comes one line for each question, in the language asked for."""
    english = siklus("check", WORKFLOWS / "asn-tahunan.yaml", "--year", 2026).stdout
    indonesian = siklus("check", WORKFLOWS / "asn-tahunan.yaml", "--year", 2026, "--lang", "id").stdout

    assert "sound: proven; every case can always finish" in english
    assert "utuh: terbukti; setiap kasus selalu dapat selesai" in indonesian


def test_a_finding_has_place_story_and_suggestion(siklus, folder):
    """What a proof found is told where it is written, with a case to which it happens; it is an error."""
    before = "give_back: {to: rater_rates, reason: required, at_most: 1}"
    endless = before.replace(", at_most: 1", "")
    (folder / "mine.yaml").write_text(RULES.replace(before, endless), encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(TEXTS, encoding="utf-8")
    told = siklus.json("check", "mine.yaml", "--year", 2026)
    sound = next(one for one in told["proofs"] if one["question"] == "sound")
    (finding,) = sound["findings"]

    assert ("proven", "loop_without_cap", "warning") == (
        sound["answer"],
        finding["code"],
        finding["severity"],
    )
    assert endless in RULES.replace(before, endless).splitlines()[finding["line"] - 1]
    assert "Sari's case opens" in finding["story"][0]["en"]
    assert "Lalu semuanya berulang" in finding["story"][-1]["id"]


def test_a_refuted_question_is_an_error(siklus, folder):
    """The rules can be read, and yet a case could not finish: that exits like any other error."""
    varied(folder, USED_UP, NO_SILENCE)
    told = siklus.json("check", "varied.yaml", "--year", 2026, code=1)
    codes = [one["code"] for proof in told["proofs"] for one in proof["findings"]]

    assert (0, 1) == (told["errors"], told["refuted"])
    assert ["cannot_finish"] == codes


def test_a_code_is_explained_in_both_languages(siklus):
    """One page for each code: what it means and rules that show it; without a code, the list of them."""
    assert "Only moments and facts lead round" in siklus("explain", "circle").stdout
    assert "Hanya waktu dan fakta" in siklus("explain", "circle", "--lang", "id").stdout
    assert "circle: A case would turn in a circle by itself" in siklus("explain").stdout
    assert "circle" == siklus.json("explain", "circle")["pages"][0]["code"]


def test_a_code_nobody_knows_is_told_kindly(siklus):
    """The nearest one is named."""
    assert "circle" in siklus("explain", "circel", code=4).stderr


def test_an_agencys_own_numbers_are_checked_with_the_whole(siklus, folder):
    """The definition that is proven is the effective one, and what the agency says wrongly stands in its own file."""
    rules = WORKFLOWS / "asn-tahunan.yaml"
    own = "overrides: asn-tahunan@{version}\nagency: Dinas Kesehatan\nsettings: {{objection_time: {time}}}\n"
    version = int(RULES.split("\nversion: ")[1].split("\n")[0])
    (folder / "own.yaml").write_text(own.format(version=version, time="14 working days"), encoding="utf-8")
    (folder / "wrong.yaml").write_text(own.format(version=version, time="2 days"), encoding="utf-8")
    plain = siklus.json("check", rules, "--year", 2026)
    told = siklus.json("check", rules, "--override", "own.yaml", "--year", 2026)
    wrong = siklus.json("check", rules, "--override", "wrong.yaml", "--year", 2026, code=1)

    assert plain["definition"]["digest"] != told["definition"]["digest"]
    assert "wrong.yaml" == wrong["problems"][0]["file"]


def test_the_whole_answer_is_in_the_language_asked_for(siklus, folder, broken):
    """How it ends is told in Indonesian too, with what is wrong and without."""
    told = siklus("check", WORKFLOWS / "asn-tahunan.yaml", "--lang", "id", "--year", 2026)
    wrong = siklus("check", broken, "--lang", "id", code=1)

    assert "tidak ada kesalahan; asn-tahunan@1 memiliki" in told.stdout
    assert "no errors" not in told.stdout
    assert "kesalahan; tidak ada yang disimpan." in wrong.stderr


def test_what_the_proofs_refute_is_counted_at_the_end(siklus, folder):
    """A file that reads well and is refuted does not seem fine to whoever reads the last line only."""
    varied(folder, USED_UP, NO_SILENCE)

    assert "1 error found by the proofs." in siklus("check", "varied.yaml", "--year", 2026, code=1).stderr


def test_a_terminal_folds_long_sentences_and_sets_them_in(siklus, folder, monkeypatch):
    """Eighty columns hold every line; what belongs to a finding stands further in; other programs get whole lines."""
    varied(folder, USED_UP, NO_SILENCE)
    piped = siklus("check", "varied.yaml", "--year", 2026, code=1).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    folded = siklus("check", "varied.yaml", "--year", 2026, code=1).stdout

    assert max(map(len, piped.splitlines())) > 80
    assert max(map(len, folded.splitlines())) <= 80
    assert piped.split() == folded.split()
    assert any(line.startswith("    ") for line in folded.splitlines())


def test_what_agencies_are_allowed_is_proven_on_request(siklus, folder):
    """As written the fork's rows exclude each other; at one end of what is allowed, two of them fit."""
    name = varied(
        folder,
        {
            **FORK_RULES,
            "\nsettings:\n": "\nsettings:\n  passing: {is: 5, allow: 2 .. 6, note: invented}\n",
            "\nphases:\n": FORK_RULES["\nphases:\n"].replace(
                "'verdict.points > 3', to: done}\n",
                "'verdict.points >= passing', to: done}\n    - {when: 'verdict.points <= 3', to: left}\n",
            ),
        },
        {**FORK_TEXTS, "\nsettings:\n": "\nsettings:\n  passing: {id: Batas lulus, en: Passing}\n"},
    )
    plain = siklus.json("check", f"{name}.yaml", code=1)
    told = siklus.json("check", f"{name}.yaml", "--allowed", code=1)["allowed"]
    finding = told["findings"][0]

    assert None is plain["allowed"]
    assert (5, 1) == (told["tried"], len(told["findings"]))
    assert ("allowed_value", "rows_overlap") == (finding["code"], finding["facts"]["code"])
    assert "'passing' may be '2', and then rows 1 and 2 of 'fork' both fit" in finding["message"]["en"]
    assert "settings.passing.allow" == finding["path"]


def test_an_agencys_own_numbers_are_proven_as_they_are(siklus, folder):
    """Ends of ranges are tried of the definition as it is written, so the two options exclude each other."""
    told = siklus("check", WORKFLOWS / "asn-tahunan.yaml", "--allowed", "--override", "own.yaml", code=2)

    assert "leave out" in told.stderr


def test_a_calendar_beside_a_definition_may_stand_on_one_that_comes_with_siklus(siklus, folder):
    """Proofs count its regional days and its week; what it cannot stand on is told."""
    (folder / "calendars").mkdir()
    own = folder / "calendars/id-bali.yaml"
    own.write_text("name: id-bali\nbased_on: id-asn\ndecrees: []\n", encoding="utf-8")
    (folder / "mine.yaml").write_text(RULES.replace("use: id-asn", "use: id-bali"), encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(TEXTS, encoding="utf-8")
    proven = siklus.json("check", folder / "mine.yaml")
    own.write_text("name: id-bali\nbased_on: id-asm\ndecrees: []\n", encoding="utf-8")
    refused = siklus.json("check", folder / "mine.yaml", code=1)

    assert (0, 0) == (proven["errors"], proven["warnings"])
    assert "id-bali is based on id-asm, which is not known" in str(refused)


def test_with_people_the_calendars_of_their_units_are_proven_as_well(siklus, folder):
    """A unit that works on Mondays only has windows that are too short for it; the finding names its calendar."""
    (folder / "calendars").mkdir()
    (folder / "calendars/id-senin.yaml").write_text(
        "name: id-senin\nbased_on: id-asn\nweek: [Monday]\nunits: [{unit: Dinas Kesehatan}]\ndecrees: []\n",
        encoding="utf-8",
    )
    (folder / "mine.yaml").write_text(RULES, encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(TEXTS, encoding="utf-8")
    people = WORKFLOWS / "examples/people-demo.csv"
    without = siklus.json("check", folder / "mine.yaml")
    told = siklus.json("check", folder / "mine.yaml", "--people", people)
    found = [
        one for proof in told["proofs"] for one in proof["findings"] if "id-senin" in str(one["message"])
    ]

    assert "id-senin" not in str(without)
    assert "window_too_short" in {one["code"] for one in found}
    assert all("by the calendar id-senin" in one["message"]["en"] for one in found)
