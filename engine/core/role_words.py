"""The sentence that tells a person why a role fell to them, in Indonesian and English.

It reads only what was recorded with the resolution, so an old answer is explained by the chart it was given on.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from engine.core.chart import Chart, Person
from engine.core.roles import Found, Look, Trace, retrace

__all__ = ["day_text", "explain"]

Language = Literal["id", "en"]

_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_DESKS = {
    "id": {
        "personnel": "pengelola kepegawaian",
        "performance": "pengelola kinerja",
        "competence": "pengelola pengembangan kompetensi",
    },
    "en": {
        "personnel": "personnel officer",
        "performance": "performance officer",
        "competence": "competence officer",
    },
}
_COMMITTEES = {
    "id": {"calibration": "kalibrasi", "competence": "penguji kompetensi"},
    "en": {"calibration": "calibration", "competence": "competence assessment"},
}
#: What was asked for, as a noun: "... as {noun}".
_NOUNS = {
    "id": {
        "superior_of": "atasan langsung {of}",
        "head_of": "pimpinan unit {unit}",
        "head_of_agency": "pimpinan instansi",
        "desk": "{desk} untuk {unit}",
        "committee": "anggota tim {desk}",
        "named_in": "orang yang ditunjuk dalam kasus ini",
        "next_level": "pejabat satu jenjang di atas {of}",
        "substitute_of": "pengganti {of}",
    },
    "en": {
        "superior_of": "the direct superior of {of}",
        "head_of": "the head of {unit}",
        "head_of_agency": "the head of the agency",
        "desk": "the {desk} for {unit}",
        "committee": "a member of the {desk} committee",
        "named_in": "somebody named in this case",
        "next_level": "the official one level above {of}",
        "substitute_of": "the stand-in for {of}",
    },
}
_SENTENCES = {
    "id": {
        "subject": "Anda adalah pegawai yang dinilai dalam kasus ini.",
        "holder": "Anda adalah {noun} pada {day}.",
        "member": "Anda adalah {noun} pada {day}.",
        "named": "Anda ditunjuk dalam kasus ini dan masih bekerja di unit yang sama pada {day}.",
        "acting": "Anda adalah {acting} {position}{decree} pada {day}, menggantikan {post}{reason}, "
        "sehingga bertindak sebagai {noun}.",
        "acting_vacant": "Anda adalah {acting} {position}{decree}, jabatan yang lowong pada {day}, "
        "sehingga bertindak sebagai {noun}.",
        "substitute": "Anda ditunjuk sebagai pengganti {post}{reason} pada {day}, "
        "sehingga bertindak sebagai {noun}.",
        "next_level": "Anda adalah pejabat pada jenjang di atasnya: {first}{reason} pada {day}, "
        "sehingga Anda bertindak sebagai {noun}.",
        "next_level_plain": "Anda adalah pejabat terdekat di atasnya yang dapat bertindak sebagai {noun} pada {day}.",
        "desk": "Anda bertugas sebagai {personnel}; pada {day} tidak ada pejabat lain yang dapat bertindak "
        "sebagai {noun}.",
        "external": "Anda adalah pejabat di luar instansi pada puncak garis atasan; pada {day} tidak ada pejabat lain "
        "yang dapat bertindak sebagai {noun}.",
    },
    "en": {
        "subject": "You are the employee appraised in this case.",
        "holder": "You are {noun} on {day}.",
        "member": "You are {noun} on {day}.",
        "named": "You were named in this case and still work in the same unit on {day}.",
        "acting": "You act for the post of {position} ({acting}{decree}) on {day} in place of {post}{reason}, "
        "and so serve as {noun}.",
        "acting_vacant": "You act for the vacant post of {position} ({acting}{decree}) on {day}, "
        "and so serve as {noun}.",
        "substitute": "You are the named substitute of {post}{reason} on {day}, and so serve as {noun}.",
        "next_level": "You are the next level up: {first}{reason} on {day}, so you serve as {noun}.",
        "next_level_plain": "You are the nearest official above who can serve as {noun} on {day}.",
        "desk": "You are a {personnel}; on {day} nobody else can serve as {noun}.",
        "external": "You are the official outside the agency at the top of the line; on {day} nobody else can serve "
        "as {noun}.",
    },
}
#: Why somebody nearer was passed over: beside a name, and as the verb of a sentence.
_REASONS = {
    "id": {
        "left": " yang tidak lagi menjabat",
        "away": " yang sedang berhalangan",
        "inactive": " yang sedang tidak aktif",
        "subject": " yang tidak boleh memutus perkaranya sendiri",
        "excluded": " yang sudah memegang peran lain dalam kasus ini",
        "untrained": " yang belum memiliki pelatihan yang disyaratkan",
    },
    "en": {
        "left": ", who is not in post",
        "away": ", who is away",
        "inactive": ", who is not in active service",
        "subject": ", who may not decide their own case",
        "excluded": ", who already has another part in this case",
        "untrained": ", who lacks the training this asks for",
    },
}
_VERBS = {
    "id": {
        "left": " tidak menjabat",
        "away": " berhalangan",
        "inactive": " tidak dalam dinas aktif",
        "subject": " tidak boleh memutus perkaranya sendiri",
        "excluded": " sudah memegang peran lain dalam kasus ini",
        "untrained": " belum memiliki pelatihan yang disyaratkan",
    },
    "en": {
        "left": " is not in post",
        "away": " is away",
        "inactive": " is not in active service",
        "subject": " may not decide their own case",
        "excluded": " already has another part in this case",
        "untrained": " lacks the training this asks for",
    },
}


def explain(found: Found, chart: Chart, language: Language) -> str:
    """One sentence to the chosen person: what they are to the case, on which day, and why not somebody nearer."""
    trace = retrace(found.path)
    if found.via == "subject":
        return _SENTENCES[language]["subject"]
    parts = {
        "noun": _noun(trace, chart, found.as_of, language),
        "day": day_text(found.as_of, language),
        "personnel": _DESKS[language]["personnel"],
    }
    kind = "holder" if found.via == "desk" and _on_desk(found, trace, chart) else found.via
    if kind == "next_level":
        kind = _passed_over(parts, trace, chart, found.as_of, language)
    elif kind in {"acting", "substitute"}:
        kind = _stood_in_for(parts, kind, found, trace, chart, language)
    return _SENTENCES[language][kind].format(**parts)


def day_text(day: date, language: Language) -> str:
    """A date as people write it: 31 Maret 2026, 31 March 2026."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def _on_desk(found: Found, trace: Trace, chart: Chart) -> bool:
    """Whether the desk that answered is the desk that was asked, not the personnel desk in its place."""
    own = chart.near(found.person, found.as_of)
    return own is not None and trace.query in own.duties


def _noun(trace: Trace, chart: Chart, day: date, language: Language) -> str:
    of = chart.near(trace.of, day) if trace.of else None
    query, _, desk = trace.query.partition(":")
    if query == "desk":
        desk = _DESKS[language].get(desk, f"bagian {desk}" if language == "id" else f"{desk} officer")
    elif query == "committee":
        desk = _COMMITTEES[language].get(desk, desk)
    name, unit = (of.name, of.unit) if of is not None else ("?", "?")
    return _NOUNS[language][query].format(of=name, unit=unit, desk=desk.replace("_", " "))


def _stood_in_for(
    parts: dict[str, str], kind: str, found: Found, trace: Trace, chart: Chart, language: Language
) -> str:
    """Fills in the post that is served; the kind of sentence that says so."""
    day = found.as_of
    post, own = chart.near(trace.post, day), chart.near(found.person, day)
    if post is None or own is None:
        return "next_level_plain"
    outcome = _outcome(trace, post.key)
    vacant = not post.holds_on(day)
    decree = own.acting_decree
    parts |= {
        "acting": own.acting_kind or ("Plt" if vacant else "Plh"),
        "position": post.position,
        "decree": _decree(decree, language) if decree else "",
        "post": post.name,
        "reason": _REASONS[language].get(outcome, ""),
    }
    parts["acting"] = parts["acting"].removesuffix(".") + "."
    return "acting_vacant" if kind == "acting" and vacant else kind


def _decree(decree: str, language: Language) -> str:
    return f" (SK {decree})" if language == "id" else f", decree {decree}"


def _passed_over(parts: dict[str, str], trace: Trace, chart: Chart, day: date, language: Language) -> str:
    """Names the first who was nearer, and why it is not them; the kind of sentence that says so."""
    nearer = next((look for look in trace.looks if look.outcome != "chosen"), None)
    person = _person(nearer, chart, day)
    if nearer is None or person is None or trace.query == "next_level":
        return "next_level_plain" if trace.query != "next_level" else "holder"
    parts |= {"first": person.name, "reason": _VERBS[language].get(nearer.outcome, "")}
    return "next_level"


def _person(look: Look | None, chart: Chart, day: date) -> Person | None:
    return None if look is None else chart.near(look.person, day)


def _outcome(trace: Trace, key: str) -> str:
    return next((look.outcome for look in trace.looks if look.person == key), "")
