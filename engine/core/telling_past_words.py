"""The words of history: a sentence for each kind of entry, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Language

__all__ = ["FACTS", "PAUSES", "REFUSALS", "SENTENCES"]

_Words = Mapping[Language, Mapping[str, str]]

SENTENCES: _Words = {
    "id": {
        "timer": "Pengatur waktu, aturan {rule}",
        "operator": "Operator sistem",
        "behalf": "{who} atas nama {other}",
        "late": ", tercatat terlambat {delay}",
        "launched": "{who} membuka kasus {subject} untuk periode {first}–{last}; {arrival}",
        "woke": "{who}: kasus dibuka; {arrival}",
        "moved": "{who} memilih {act}; {arrival}{told}",
        "moved_itself": "{who}: {act}, {when}; {arrival}{told}",
        "day": "pada {day}",
        "moved_upon": "{who}: {act}; {arrival}{told}",
        "stayed": "{who} memilih {act}{told}",
        "rung": "{who}: {due}: {parts}",
        "noticed": "{who} mencatat bahwa {fact}",
        "extended": "{who} menambah waktu {span}: tenggat bergeser dari {before} ke {after}, {ladder}",
        "paused": "{who} menghentikan sementara penghitungan waktu karena {kind}",
        "resumed": "{who} melanjutkan penghitungan waktu; tenggat menjadi {days}",
        "reassigned": "{who} menyerahkan tugas dari {before} kepada {after}",
        "reminded": "{who} mengingatkan {people} dengan catatan",
        "followed": "{who}: bagan organisasi berubah, tugas beralih dari {before} kepada {after}",
        "entered": "{who} menulis di {journal} untuk {day}",
        "checked_confirmed": "{who} memeriksa {journal} dan membenarkan {numbers}",
        "checked_asked": "{who} memeriksa {journal} dan meminta {numbers} dilengkapi",
        "released_released": "{who} membuka {numbers} dari {journal} untuk dibaca",
        "released_withheld": "{who} menahan {numbers} dari {journal}",
        "journal_told": "{who}: {journal} ditutup dengan {count} tanggapan tanpa nama",
        "link_opened": "{who} membuat tautan {journal} untuk orang luar; tautan sebelumnya tidak berlaku lagi",
        "entry_number": "catatan nomor {numbers}",
        "refused": "{who} mencoba {act} tetapi ditolak: {reason}",
        "other": "{who}: kejadian nomor {seq}",
        "an_act": "suatu tindakan",
        "with_form": " dengan {forms}",
        "with_reason": ", disertai alasan",
        "turn": ", giliran {holder}",
        "arrives": "kini {state}{turn}",
        "sleeps": "{state} dibuka pada {day}",
        "closed": "kasus ditutup dengan hasil {state}",
        "told": "; {people} diberi tahu",
        "on": "pada",
        "before": "sebelum",
        "after": "setelah",
        "due_task": "tenggat tugas ({day})",
        "due_phase": "tenggat tahap {phase} ({day})",
        "due_case": "tenggat kasus ({day})",
        "ladder_kept": "urutan pengingat diteruskan",
        "ladder_restarted": "urutan pengingat dimulai lagi",
    },
    "en": {
        "timer": "Timer, rule {rule}",
        "operator": "The system's operator",
        "behalf": "{who} on behalf of {other}",
        "late": ", recorded {delay} late",
        "launched": "{who} opened the case of {subject} for the period {first}–{last}; {arrival}",
        "woke": "{who}: the case opens; {arrival}",
        "moved": "{who} chose {act}; {arrival}{told}",
        "moved_itself": "{who}: {act}, {when}; {arrival}{told}",
        "day": "on {day}",
        "moved_upon": "{who}: {act}; {arrival}{told}",
        "stayed": "{who} chose {act}{told}",
        "rung": "{who}: {due}: {parts}",
        "noticed": "{who} recorded that {fact}",
        "extended": "{who} granted {span} more: the due day moves from {before} to {after}, {ladder}",
        "paused": "{who} paused the clock because of {kind}",
        "resumed": "{who} let the clock run on; now due {days}",
        "reassigned": "{who} gave the task from {before} to {after}",
        "reminded": "{who} reminded {people} with a note",
        "followed": "{who}: the organisation chart changed, the task passes from {before} to {after}",
        "entered": "{who} wrote in {journal} about {day}",
        "checked_confirmed": "{who} checked {journal} and confirmed {numbers}",
        "checked_asked": "{who} checked {journal} and asked for more on {numbers}",
        "released_released": "{who} let {numbers} of {journal} be read",
        "released_withheld": "{who} withheld {numbers} of {journal}",
        "journal_told": "{who}: {journal} closed with {count} answers without names",
        "link_opened": "{who} made a link to {journal} for people from outside; the one before stopped working",
        "entry_number": "entry {numbers}",
        "refused": "{who} tried {act} and was refused: {reason}",
        "other": "{who}: event number {seq}",
        "an_act": "an act",
        "with_form": " with {forms}",
        "with_reason": ", giving a reason",
        "turn": ", waiting for {holder}",
        "arrives": "now {state}{turn}",
        "sleeps": "{state} opens on {day}",
        "closed": "the case closed with {state}",
        "told": "; told: {people}",
        "on": "on",
        "before": "before",
        "after": "after",
        "due_task": "the task's due day ({day})",
        "due_phase": "the due day of the phase {phase} ({day})",
        "due_case": "the due day of the case ({day})",
        "ladder_kept": "the reminders go on as they were",
        "ladder_restarted": "the reminders start again",
    },
}

#: facts of the chart; "" stands for one these words do not know
FACTS: _Words = {
    "id": {
        "employee leaves": "{subject} berhenti sebagai pegawai",
        "employee moves": "{subject} berpindah jabatan atau unit",
        "": "keadaan {subject} berubah",
    },
    "en": {
        "employee leaves": "{subject} leaves the service",
        "employee moves": "{subject} moves to another post or unit",
        "": "something changed for {subject}",
    },
}

PAUSES: _Words = {
    "id": {
        "leave": "cuti",
        "dispute": "perselisihan yang belum selesai",
        "outage": "gangguan layanan",
        "superior_plan": "rencana atasan yang belum ditetapkan",
        "": "suatu keadaan",
    },
    "en": {
        "leave": "leave",
        "dispute": "a dispute that is not settled",
        "outage": "an outage",
        "superior_plan": "the superior's plan, which is not set yet",
        "": "a circumstance",
    },
}

#: why an act was refused, by the error's code
REFUSALS: _Words = {
    "id": {
        "unknown_trigger": "tindakan itu tidak tersedia di langkah ini",
        "wrong_person": "tindakan itu bukan kewenangannya",
        "not_yet": "langkah ini belum dibuka",
        "guard_refused": "syaratnya belum terpenuhi",
        "form_invalid": "formulir belum lengkap atau belum benar",
        "reason_missing": "alasan belum diisi",
        "case_closed": "kasus sudah ditutup",
        "stale_visit": "kasus sudah berpindah langkah",
        "": "tidak diperbolehkan",
    },
    "en": {
        "unknown_trigger": "this step has no such act",
        "wrong_person": "it is for somebody else",
        "not_yet": "this step is not open yet",
        "guard_refused": "a condition does not hold",
        "form_invalid": "the form is not complete or not right",
        "reason_missing": "a reason is missing",
        "case_closed": "the case is closed",
        "stale_visit": "the case had moved on",
        "": "it is not allowed",
    },
}
