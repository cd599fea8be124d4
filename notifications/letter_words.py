"""The words of messages: subjects and first sentences by kind, in Indonesian and English."""

from __future__ import annotations

__all__ = ["ABOUT_DUE", "BEHALF", "DUE", "LEADS", "LENT", "SUBJECTS", "WHOLE"]

SUBJECTS = {
    "id": {
        "task": "Giliran Anda: {thing} – {subject}",
        "reminder": "Pengingat: {thing} – {subject}",
        "notice": "Untuk diketahui: {thing} – {subject}",
        "escalation": "Mohon turun tangan: {thing} – {subject}",
        "escalated": "{other} diminta turun tangan: {thing} – {subject}",
        "handed_over": "Tugas beralih kepada {other}: {thing} – {subject}",
        "moved": "Kabar kasus: “{way}” – {subject}",
        "extended": "Tenggat berubah: {thing} – {subject}",
        "lapsed": "Tanda tangan Anda gugur: {thing} – {subject}",
        "outage": "Gangguan layanan: hitungan tenggat {unit}",
        "outage_over": "Gangguan layanan selesai: hitungan tenggat {unit}",
        "ended": "Kasus ditutup: {thing} – {subject}",
        "corrected": "Hasil dikoreksi: {thing} – {subject}",
        "check": "Perlu Anda periksa: {journal} – {subject}",
        "breach": "Janji tidak ditepati: {promise} – {subject}",
        "superior": "Periksa siapa atasan {subject}",
        "superior_answered": "Jawaban tentang atasan Anda – {subject}",
        "asked_again": "{other} meminta catatan dilengkapi: {journal} – {subject}",
        "held": "Catatan perlu dilihat dahulu: {journal} – {subject}",
        "": "Kabar kasus: {thing} – {subject}",
    },
    "en": {
        "task": "Your turn: {thing} – {subject}",
        "reminder": "Reminder: {thing} – {subject}",
        "notice": "For your information: {thing} – {subject}",
        "escalation": "Please step in: {thing} – {subject}",
        "escalated": "{other} {was} asked to step in: {thing} – {subject}",
        "handed_over": "Task passed to {other}: {thing} – {subject}",
        "moved": "News of a case: “{way}” – {subject}",
        "extended": "New due day: {thing} – {subject}",
        "lapsed": "Your signature lapsed: {thing} – {subject}",
        "outage": "Outage: the due days of {unit}",
        "outage_over": "The outage is over: the due days of {unit}",
        "ended": "Case closed: {thing} – {subject}",
        "corrected": "Result corrected: {thing} – {subject}",
        "check": "For you to check: {journal} – {subject}",
        "breach": "Promise not kept: {promise} – {subject}",
        "superior": "Check who the superior of {subject} is",
        "superior_answered": "Answer about your superior – {subject}",
        "asked_again": "{other} asks for more: {journal} – {subject}",
        "held": "An entry waits for a look: {journal} – {subject}",
        "": "News of a case: {thing} – {subject}",
    },
}
#: kinds whose subject ends with the due day; the others end with the day on which the message came to be
DUE = {"id": "{line}, tenggat {day}", "en": "{line}, due {day}"}
#: what is told to somebody because they may do it for another
BEHALF = {"id": "{line} (atas nama {giver})", "en": "{line} (on behalf of {giver})"}
LENT = {
    "id": "{giver} melimpahkan pekerjaannya kepada Anda. {lead}",
    "en": "{giver} delegated their work to you. {lead}",
}
ABOUT_DUE = frozenset({"task", "reminder", "notice", "escalation", "escalated", "extended", "lapsed"})
LEADS = {
    "id": {
        "task": "Sebuah tugas menunggu Anda.",
        "task_from": "Sebuah tugas beralih kepada Anda dari {other}.",
        "reminder": "Tugas ini masih menunggu Anda.",
        "reminder_by": "{other} mengingatkan Anda akan tugas ini.",
        "waiting": "Tugas ini masih menunggu {holder}.",
        "missed": "Siklus sempat tidak berjalan; pesan ini juga mewakili {count} pesan yang tidak sampai.",
        "phase": "Tahap {phase} harus selesai {due}.",
        "case": "Kasus ini harus selesai {due}.",
        "escalation": "Tugas {other} belum selesai, dan Anda diminta turun tangan.",
        "escalated": "{other} diberi tahu bahwa tugas ini belum selesai, dan diminta turun tangan.",
        "handed_over": "Tugas ini beralih dari Anda kepada {other}. Anda tidak perlu melakukan apa pun lagi.",
        "moved": "“{way}”: kasus {subject} kini {state}.",
        "extended": "Tenggat tugas ini menjadi {day}.",
        "lapsed": "Naskah yang Anda tanda tangani berubah, sehingga tanda tangan Anda tidak berlaku lagi. "
        "Baca naskah yang baru, lalu tanda tangani bila Anda setuju dengannya.",
        "outage": "Tenggat kerja di {unit} berhenti dihitung sejak {first} karena gangguan layanan. "
        "Semua tugas Anda di sana mendapat kembali waktu yang hilang; tugas di bawah ini salah satunya.",
        "outage_past": "Karena gangguan layanan {first}–{last}, tugas Anda di {unit} mendapat kembali "
        "waktu yang hilang; tugas di bawah ini salah satunya.",
        "outage_over": "Gangguan layanan di {unit} selesai dan tenggat dihitung lagi. "
        "Tenggat baru setiap tugas Anda ada di Siklus; tugas di bawah ini salah satunya.",
        "ended": "Kasus {subject} ditutup dengan hasil {state}.",
        "corrected": "Hasil kasus {subject} yang sudah ditutup dikoreksi; sejak kini hasil koreksi itu yang berlaku. "
        "Hasil semula tetap dapat dibaca.",
        "check": "Ada catatan baru di {journal} yang menunggu pemeriksaan Anda.",
        "breach": "Dalam kasus {subject} ada janji yang tidak ditepati: {promise}. "
        "Mohon periksa, lalu nyatakan apa yang sudah dilakukan.",
        "superior": "{subject} menyatakan bahwa atasan yang tercatat bukan atasannya. "
        "Mohon periksa, betulkan data pegawai bila salah, lalu jawab.",
        "superior_corrected": "Data atasan Anda sudah dibetulkan.",
        "superior_right": "Data atasan Anda sudah diperiksa dan ternyata benar.",
        "asked_again": "{other} memeriksa {journal} dan meminta catatan Anda dilengkapi.",
        "held": "Sebuah catatan di {journal} belum dapat dibaca siapa pun sampai Anda melihatnya.",
        "": "Ada kabar tentang kasus {subject}: {state}.",
    },
    "en": {
        "task": "A task waits for you.",
        "task_from": "A task passed to you from {other}.",
        "reminder": "This task still waits for you.",
        "reminder_by": "{other} reminds you of this task.",
        "waiting": "This task still waits for {holder}.",
        "missed": "Siklus had stood still; this message also speaks for {count} that did not come.",
        "phase": "The phase {phase} must be finished {due}.",
        "case": "This case must be finished {due}.",
        "escalation": "The task of {other} is not done, and you are asked to step in.",
        "escalated": "{other} {was} told that this task is not done, and {was} asked to step in.",
        "handed_over": "This task passed from you to {other}. There is nothing more for you to do.",
        "moved": "“{way}”: the case of {subject} is now at {state}.",
        "extended": "This task is now due on {day}.",
        "lapsed": "The text you signed was changed, so your signature no longer stands. "
        "Read the new text, then sign it if it is as you want it.",
        "outage": "Because of an outage the due days of {unit} have stood still since {first}. "
        "All your tasks there get back the time that is lost; the task below is one of them.",
        "outage_past": "Because of an outage on {first}–{last} your tasks in {unit} get back the time that was lost; "
        "the task below is one of them.",
        "outage_over": "The outage of {unit} is over and time runs on. "
        "Siklus shows the new due day of each of your tasks; the task below is one of them.",
        "ended": "The case of {subject} closed with {state}.",
        "corrected": "The result of the closed case of {subject} was corrected; from now on the correction counts. "
        "What it was before can still be read.",
        "check": "New entries of {journal} wait for your check.",
        "breach": "In the case of {subject} a promise is not kept: {promise}. "
        "Please look at it, then say what was done.",
        "superior": "{subject} says that the superior on record is not theirs. "
        "Please look, correct the people if they are wrong, then answer.",
        "superior_corrected": "The record of your superior was corrected.",
        "superior_right": "The record of your superior was looked at, and is right.",
        "asked_again": "{other} checked {journal} and asks you to complete what you wrote.",
        "held": "An entry of {journal} can be read by nobody until you have looked at it.",
        "": "There is news of the case of {subject}: {state}.",
    },
}
#: an outage of no one unit
WHOLE = {"id": "seluruh instansi", "en": "the whole agency"}
