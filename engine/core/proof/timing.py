"""On time: do dates, windows, rungs and phases fit on every entry day of the year, through the real calendar."""

from __future__ import annotations

from engine.core.definition import Label
from engine.core.proof.clocks_ahead import check_clocks
from engine.core.proof.dated import both, say_days
from engine.core.proof.entries import Year, year_of
from engine.core.proof.finding import Answer, Finding, Ground, Proof, answer_of
from engine.core.proof.keeping import Kept, deadlines_kept
from engine.core.proof.stories import say_state

__all__ = ["prove_on_time"]

_UNITS = {"working days": ("hari kerja", "working days"), "days": ("hari", "days")}


def prove_on_time(ground: Ground) -> Proof:
    """Whether every due day can be kept whenever a case begins; `facts` has what each needs and is given."""
    year = year_of(ground)
    kept = tuple(deadlines_kept(year))
    findings = (*(_cannot(year, one) for one in kept if one.fails), *check_clocks(year))
    answer = answer_of(findings)
    return Proof(
        question="on_time",
        answer=answer,
        summary=_summary(year, kept, answer),
        findings=findings,
        facts={"entry_days": len(year.entries), "due_days": [_facts(one) for one in kept]},
    )


def _summary(year: Year, kept: tuple[Kept, ...], answer: Answer) -> Label:
    if answer == "refuted":
        return Label(id="ada tanggal yang tidak mungkin ditepati", en="some dates cannot be kept")
    tightest = min(kept, key=lambda one: one.given - (one.needed or 0), default=None)
    if tightest is None:
        return both(
            "semua tanggal cocok pada {days} hari pembukaan",
            "all dates fit on {days} entry days",
            days=len(year.entries),
        )
    return both(
        "semua tanggal cocok pada {days} hari pembukaan; yang tersempit {what}: perlu {needed} dari {given} {unit}",
        "all dates fit on {days} entry days; the tightest is {what}: {needed} of {given} {unit} are needed",
        days=len(year.entries),
        what=_name(year, tightest),
        needed=tightest.needed or 0,
        given=tightest.given,
        unit=_unit(tightest),
    )


def _name(year: Year, one: Kept) -> Label:
    whole = Label(id="seluruh kasus", en="the whole case")
    return year.definition.texts.labels.get("phases", {}).get(one.phase, whole) if one.phase else whole


def _unit(one: Kept) -> Label:
    return Label(id=_UNITS[one.unit][0], en=_UNITS[one.unit][1])


def _facts(one: Kept) -> dict[str, object]:
    return {
        "phase": one.phase,
        "tightest_entry": one.entry.isoformat(),
        "from": one.entered.isoformat(),
        "due": one.due.isoformat(),
        "unit": one.unit,
        "given": one.given,
        "needed": one.needed,
        "way": [[leg.state, leg.most, leg.people] for leg in one.legs],
        "fails": [day.isoformat() for day in one.fails],
        "repairs": [[list(change) for change in repair] for repair in one.repairs],
        "clash": list(one.clashing),
    }


def _cannot(year: Year, one: Kept) -> Finding:
    """A due day that cannot be kept if everybody takes their time: since when, what is needed, what would mend it."""
    return Finding(
        code="deadline_cannot_be_kept",
        question="on_time",
        severity="error",
        path=("phases", one.phase, "due") if one.phase else ("due",),
        message=both(
            "tenggat {what} tidak dapat ditepati bila kasus dibuka {days}: perlu {needed} {unit}, tersedia {given}",
            "the due day of {what} cannot be kept if the case is opened {days}: {given} {unit} given, {needed} needed",
            what=_name(year, one),
            days=say_days(one.fails),
            needed=one.needed or 0,
            given=one.given,
            unit=_unit(one),
        ),
        story=_story(year, one),
        suggestion=_mending(year, one),
        facts=_facts(one),
    )


def _story(year: Year, one: Kept) -> tuple[Label, ...]:
    lines = [
        both("Kasus Sari dibuka pada {day}.", "Sari's case opens on {day}.", day=one.entry),
    ]
    for leg in one.legs:
        lines.append(  # noqa: PERF401 - a line for each leg
            both(
                "{entered}: “{state}”, sampai {left} ({most} {unit})",
                "{entered}: “{state}”, until {left} ({most} {unit})",
                entered=leg.entered,
                left=max(leg.entered, leg.left),
                state=say_state(year.definition, leg.state),
                most=leg.most,
                unit=_unit(one),
            )
        )
    lines.append(
        both(
            "Semua orang tepat waktu, tetapi tenggatnya {due}.",
            "Everybody was on time, but the due day was {due}.",
            due=one.due,
        )
    )
    return tuple(lines)


def _mending(year: Year, one: Kept) -> Label:
    """The earliest due day that can always be kept, and the smallest changes of the tasks' times."""
    said = {"id": list[str](), "en": list[str]()}
    for repair in one.repairs:
        for language, joined in (("id", " dan "), ("en", " and ")):
            most = {leg.state: leg.most for leg in one.legs}
            parts = [
                f"“{say_state(year.definition, state)[language]}” {most[state]} -> {value}"
                for state, value in repair
            ]
            said[language].append(joined.join(parts))
    first = both("beri {needed} {unit}", "give {needed} {unit}", needed=one.needed or 0, unit=_unit(one))
    return Label(id="; atau ".join([first.id, *said["id"]]), en="; or ".join([first.en, *said["en"]]))
