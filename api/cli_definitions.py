"""`siklus check` and `siklus explain`: everything that is wrong with a definition file, what is proven, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import FIRST_YEAR, LAST_YEAR, JsonOption, LanguageOption, a_language
from api.cli_speech import OK, WRONG, counted, err, put_json, say, say_folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.checking import Checked
    from api.limits import Limits
    from engine.core.definition import Definition, Label
    from engine.core.places import Mark
    from engine.core.proof.finding import Finding, Proof


def check(  # noqa: PLR0913 - each is an option somebody types
    *,
    file: Annotated[Path, typer.Argument(help="The definition, a YAML file.")],
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="FILE", help="Its texts.", show_default="NAME.texts.yaml beside it"),
    ] = None,
    override: Annotated[
        Path | None,
        typer.Option("--override", metavar="FILE", help="An agency's own numbers, checked with the whole."),
    ] = None,
    others: Annotated[
        list[Path] | None,
        typer.Option(
            "--with", metavar="FILE",
            help="Another definition that this one opens or reads; as often as needed.",
            show_default="those of that name beside it, or shipped",
        ),
    ] = None,
    people: Annotated[
        Path | None, typer.Option("--people", metavar="FILE", help="The people it is to run for, CSV or XLSX.")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="YEAR", min=FIRST_YEAR, max=LAST_YEAR,
            help="The year appraised, for every proof about days.", show_default="this year",
        ),
    ] = None,
    allowed: Annotated[
        bool,
        typer.Option(
            "--allowed",
            help="Prove as well what `allow` lets agencies make of each setting: both ends, or every value listed, "
            "one at a time. As slow as that many checks.",
        ),
    ] = False,
    language: LanguageOption,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show all problems of a definition, and prove it before anybody is bothered.

    First what is wrong, one line each: file:line:column: severity code: sentence; suggestion. If nothing is an error,
    one line for each question (sound, never stuck, decided, on time, staffed, seen rightly, promises kept, across
    files) with its answer: proven, refuted, or not proven, which is said where a search was not complete. Below an
    answer stand its findings, each with a short story of a case to which it happens.

    Nothing is stored. Exits with 0 if nothing is an error, warnings and "not proven" included; with 1 if a problem or a
    finding is an error.
    """
    from api.checking import check_file

    a_language(language)
    if allowed and override is not None:
        raise typer.BadParameter(
            "an agency's own numbers are proven as they are; leave out --override or --allowed"
        )
    checked = check_file(
        file, texts=texts, override=override, others=others or (), people=people, year=year or _this_year(),
        allowed=allowed,
    )  # fmt: skip
    if as_json:
        put_json(_as_json(file, checked))
    else:
        for one in checked.problems:
            say_folded(one.told(language))
        _conclude(file, checked, language)
        for proof in checked.proofs:
            _tell(checked, proof, language)
        if checked.limits is not None:
            _tell_limits(checked, checked.limits, language)
        if checked.refuted:
            many = _errors(checked.refuted, language)
            found = {"id": "ditemukan pembuktian", "en": "found by the proofs"}
            err().print(f"{file}: {many} {found[language]}.", style="bold red")
    raise typer.Exit(WRONG if checked.errors or checked.refuted else OK)


def explain(
    *,
    code: Annotated[
        str | None, typer.Argument(help="The code of a problem or a finding.", show_default="all codes")
    ] = None,
    language: LanguageOption,
    as_json: JsonOption = False,
) -> None:
    """Tell what a problem or a finding means, why it matters, and what would be right.

    Without a code, lists all of them.
    """
    from api.explaining import codes, page

    a_language(language)
    asked = (code,) if code is not None else codes()
    pages = [page(one) for one in asked]
    if as_json:
        put_json({"pages": [one.as_json() for one in pages]})
    elif code is not None:
        say(pages[0].told(language))
    else:
        for one in pages:
            say(f"{one.code}: {one.title[language]}")


def _this_year() -> int:
    from datetime import UTC, datetime

    from engine.clock import SystemClock

    return datetime.fromtimestamp(SystemClock().now() / 1_000_000, UTC).year


def _conclude(file: Path, checked: Checked, language: str) -> None:
    definition = checked.examined.definition
    if definition is None or checked.errors:
        many = _errors(checked.errors, language)
        kept = {"id": "tidak ada yang disimpan", "en": "nothing was stored"}
        err().print(f"{file}: {many}; {kept[language]}.", style="bold red")
        return
    phases, states = len(definition.phases), len(definition.states)
    told = {
        "id": f"tidak ada kesalahan; {definition.name} memiliki {phases} tahap dan {states} keadaan.",
        "en": f"no errors; {definition.name} has {counted(phases, 'phase')[:-1]} and {counted(states, 'state')}",
    }
    say_folded(f"{file}: {told[language]}")
    say(f"Digest {definition.digest}.")


def _errors(number: int, language: str) -> str:
    return f"{number} kesalahan" if language == "id" else counted(number, "error")[:-1]


def _tell(checked: Checked, proof: Proof, language: str) -> None:
    """The answer to one question, and below it what was found."""
    from engine.core.proof.proving import ANSWERS, QUESTIONS

    question, answer = QUESTIONS[proof.question], ANSWERS[proof.answer]
    say_folded(f"{question[language]}: {answer[language]}; {proof.summary[language]}.")
    for line in proof.lines:
        say_folded(line[language], indent=2)
    _tell_findings(checked, proof.findings, language)


def _tell_limits(checked: Checked, limits: Limits, language: str) -> None:
    """How many allowed values were tried, and below it which of them would break something."""
    wrong = len({(one.facts["setting"], one.facts["value"]) for one in limits.findings})
    told = {
        "id": f"nilai yang diizinkan: {limits.tried} dicoba satu per satu, {wrong} terbantah.",
        "en": f"allowed values: {limits.tried} tried one at a time, {wrong} refuted.",
    }
    say_folded(told[language])
    _tell_findings(checked, limits.findings, language)


def _tell_findings(checked: Checked, findings: Iterable[Finding], language: str) -> None:
    from api.checking import place_of

    for one in findings:
        hint = f"; {one.suggestion[language]}" if one.suggestion is not None else ""
        place = place_of(checked.examined, one)
        say_folded(f"{place}: {one.severity} {one.code}: {one.message[language]}{hint}", indent=2)
        for line in one.story:
            say_folded(line[language], indent=4)


def _as_json(file: Path, checked: Checked) -> dict[str, Any]:
    definition = checked.examined.definition
    return {
        "file": str(file),
        "texts": str(checked.texts),
        "year": checked.year,
        "errors": checked.errors,
        "warnings": len(checked.problems) - checked.errors,
        "refuted": checked.refuted,
        "problems": [one.as_json() for one in checked.problems],
        "definition": None if checked.errors else _named(definition),
        "proofs": [_proof_json(checked, one) for one in checked.proofs],
        "allowed": None if checked.limits is None else _limits_json(checked, checked.limits),
    }


def _limits_json(checked: Checked, limits: Limits) -> dict[str, Any]:
    from api.checking import place_of

    findings = [_finding_json(one, place_of(checked.examined, one)) for one in limits.findings]
    return {"tried": limits.tried, "findings": findings}


def _named(definition: Definition | None) -> dict[str, str] | None:
    return None if definition is None else {"name": definition.name, "digest": definition.digest}


def _proof_json(checked: Checked, proof: Proof) -> dict[str, Any]:
    from api.checking import place_of

    return {
        "question": proof.question,
        "answer": proof.answer,
        "summary": _both(proof.summary),
        "lines": [_both(line) for line in proof.lines],
        "facts": dict(proof.facts),
        "findings": [_finding_json(one, place_of(checked.examined, one)) for one in proof.findings],
    }


def _finding_json(finding: Finding, place: Mark) -> dict[str, Any]:
    from engine.core.places import dotted

    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": finding.severity,
        "code": finding.code,
        "path": dotted(finding.path),
        "message": _both(finding.message),
        "story": [_both(line) for line in finding.story],
        "suggestion": None if finding.suggestion is None else _both(finding.suggestion),
        "facts": dict(finding.facts),
    }


def _both(label: Label) -> dict[str, str]:
    return {"id": label.id, "en": label.en}
