"""What entries of streams that are no case's say, in words: of the log itself, rules, people, calendars, privacy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.audit import Entry
from engine.core.codec import decode
from engine.core.definition import Label, Language

__all__ = ["BESIDE_KINDS", "say_beside"]


def say_beside(entry: Entry, language: Language) -> str:
    """The sentence of an entry; "" for one of a case, of an account, or of a kind that nobody knows here."""
    said = _SAID.get((entry.stream.partition("/")[0], entry.kind))
    return said[language].format(**_values(decode(entry.body), language)) if said is not None else ""


def _values(facts: Mapping[str, Any], language: Language) -> dict[str, object]:
    """What sentences name; what an entry does not say is not named by its sentence."""
    streams = [str(one) for one in facts.get("streams", ())]
    whole = Label(id="seluruh log", en="the whole log")[language]
    worker, before = str(facts.get("worker", "")), str(facts.get("before", ""))
    return {
        "size": facts.get("size", 0),
        "count": facts.get("count", 0),
        "streams": whole if facts.get("whole") else ", ".join(streams),
        "new": _key_name(facts.get("new", "")),
        "keys": ", ".join(map(_key_name, facts.get("keys", ()))),
        "before": before,
        "origin": facts.get("origin", ""),
        "calendar": facts.get("calendar", ""),
        "worker": worker,
        "name": _first(
            facts, ("erasure", "hold", "glass", "cancelling", "outage", "standstill", "delegation")
        ),
    }


def _first(facts: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """What an entry goes on with, after a blank; "" if it begins something."""
    return next((f" {facts[name]}" for name in names if isinstance(facts.get(name), str)), "")


def _key_name(line: object) -> str:
    """Name and number of a public key, without its bytes."""
    return "+".join(str(line).split("+")[:2])


_SAID: Mapping[tuple[str, str], Label] = {
    ("log", "heads"): Label(
        id="Ujung {count} aliran pada ukuran log {size} dicatat, agar bagian terakhirnya tidak dapat disembunyikan.",
        en="The ends of {count} streams at the size {size} were told, so that nobody can hide their last part.",
    ),
    ("log", "exported"): Label(
        id="Paket bukti diserahkan: {streams}.", en="An evidence pack was handed out: {streams}."
    ),
    ("log", "key_rotated"): Label(
        id="Kunci log diganti; kunci baru {new}.", en="The log's key was rotated; the new one is {new}."
    ),
    ("log", "key_retired"): Label(
        id="Kunci log yang lama tidak dipakai lagi: {keys}.", en="The log's older keys sign no longer: {keys}."
    ),
    ("log", "log_restarted"): Label(
        id="Log {before} dimulai lagi dengan nama {origin}.", en="The log {before} began again as {origin}."
    ),
    ("definitions", "proposed"): Label(id="Versi aturan diusulkan.", en="A version of rules was proposed."),
    ("definitions", "published"): Label(
        id="Versi aturan diberlakukan.", en="A version of rules came into force."
    ),
    ("definitions", "withdrawn"): Label(
        id="Usulan aturan ditarik kembali.", en="A proposal of rules was withdrawn."
    ),
    ("people", "imported"): Label(id="Data pegawai diimpor.", en="The people were imported."),
    ("people", "undone"): Label(
        id="Impor pegawai dibatalkan.", en="An import of people was taken back."
    ),
    ("people", "trained"): Label(id="Pelatihan dicatat.", en="A training was recorded."),
    ("people", "delegated"): Label(id="Pekerjaan dilimpahkan{name}.", en="Work was delegated{name}."),
    ("people", "ended"): Label(id="Pelimpahan diakhiri{name}.", en="A delegation was ended{name}."),
    ("calendars", "added"): Label(
        id="Versi kalender ditambahkan: {calendar}.", en="A version of a calendar was added: {calendar}."
    ),
    ("calendars", "applied"): Label(
        id="Versi kalender diberlakukan pada kasus yang berjalan.",
        en="A version of a calendar was applied to running cases.",
    ),
    ("calendars", "recounted"): Label(
        id="Batas waktu kasus dihitung ulang.", en="Deadlines of cases were counted again."
    ),
    ("cycle", "launched"): Label(id="Siklus dimulai.", en="The cycle was launched."),
    ("cycle", "opened"): Label(id="Kasus dibuka dalam siklus ini.", en="A case was opened in this cycle."),
    ("refusals", "refused"): Label(
        id="Suatu tindakan dalam kasus ditolak.", en="An act in the case was refused."
    ),
    ("cancellings", "cancel_asked"): Label(
        id="Pembatalan siklus diminta.", en="It was asked to cancel a cycle."
    ),
    ("cancellings", "cancel_agreed"): Label(
        id="Pembatalan siklus disetujui{name}.", en="The cancelling{name} was agreed to."
    ),
    ("cancellings", "cancel_refused"): Label(
        id="Pembatalan siklus ditolak{name}.", en="The cancelling{name} was refused."
    ),
    ("cancellings", "cancelled"): Label(id="Siklus dibatalkan{name}.", en="A cycle was cancelled{name}."),
    ("outages", "declared"): Label(id="Gangguan unit dinyatakan.", en="An outage of a unit was declared."),
    ("outages", "ended"): Label(id="Gangguan berakhir{name}.", en="The outage ended{name}."),
    ("outages", "applied"): Label(
        id="Gangguan diterapkan pada kasus{name}.", en="The outage was applied to cases{name}."
    ),
    ("outages", "stood_still"): Label(
        id="Setelah sistem terhenti, waktunya diganti{name}.", en="After a standstill its time was given back{name}."
    ),
    ("standstills", "stood_still"): Label(
        id="Sistem terhenti beberapa waktu{name}.", en="The system stood still for a while{name}."
    ),
    ("clock", "clock_doubted"): Label(
        id="Jam server {worker} diragukan: terlalu maju.", en="The clock of {worker} was doubted: it ran ahead."
    ),
    ("clock", "clock_returned"): Label(
        id="Jam server {worker} kembali benar.", en="The clock of {worker} was right again."
    ),
    ("clock", "clock_accepted"): Label(
        id="Jam server {worker} diterima seperti adanya.", en="The clock of {worker} was accepted as it is."
    ),
    ("clock", "clock_set_back"): Label(
        id="Jam server {worker} dimundurkan.", en="The clock of {worker} was set back."
    ),
    ("privacy", "erasure_asked"): Label(id="Penghapusan data diminta.", en="An erasure was asked for."),
    ("privacy", "erasure_refused"): Label(
        id="Permintaan penghapusan ditolak{name}.", en="The erasure was refused{name}."
    ),
    ("privacy", "erased"): Label(id="Data dihapus{name}.", en="Data were erased{name}."),
    ("privacy", "hold_put"): Label(
        id="Data ditahan karena kepentingan hukum.", en="Data were put under a legal hold."
    ),
    ("privacy", "hold_lifted"): Label(
        id="Penahanan data dicabut{name}.", en="The legal hold was lifted{name}."
    ),
    ("privacy", "exported"): Label(
        id="Data seseorang diserahkan kepadanya.", en="All data about somebody were handed out."
    ),
    ("privacy", "documented"): Label(
        id="Dokumen sebuah kasus dibuat untuk disimpan.", en="A document of a case was made to be kept."
    ),
    ("privacy", "retention_set"): Label(
        id="Masa simpan data ditetapkan.", en="How long data are kept was set."
    ),
    ("glass", "glass_asked"): Label(id="Akses darurat diminta.", en="Break-glass was asked for."),
    ("glass", "glass_given"): Label(id="Akses darurat diberikan{name}.", en="Break-glass was given{name}."),
    ("glass", "glass_refused"): Label(id="Akses darurat ditolak{name}.", en="Break-glass was refused{name}."),
    ("glass", "glass_ended"): Label(id="Akses darurat berakhir{name}.", en="Break-glass ended{name}."),
    ("reads", "looked"): Label(
        id="Data yang peka dilihat.", en="Sensitive data were looked at."
    ),
    ("reads", "looked_under"): Label(
        id="Data yang peka dilihat dengan akses darurat.", en="Sensitive data were looked at by break-glass."
    ),
    ("denials", "denied"): Label(
        id="Permintaan ditolak menurut aturan akses.", en="Something asked for was denied by the rules of access."
    ),
}  # fmt: skip

#: stream and kind of all that is told here
BESIDE_KINDS = frozenset(_SAID)
