"""What the pages themselves say, in Indonesian and English.

Words of a definition come from its own texts, sentences about tasks, dates and history from `engine.core.telling`.
Each word is used by some page; a test says so, and that both languages take the same parts.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.words_accounts import ACCOUNT_WORDS
from api.pages.words_audit import AUDIT_WORDS
from api.pages.words_bulk import BULK_WORDS
from api.pages.words_calendar import CALENDAR_WORDS
from api.pages.words_cancelling import CANCELLING_WORDS
from api.pages.words_case import CASE_WORDS
from api.pages.words_checkpoint import CHECKPOINT_WORDS
from api.pages.words_clock import CLOCK_WORDS
from api.pages.words_delegation import DELEGATION_WORDS
from api.pages.words_denials import DENIALS_WORDS
from api.pages.words_documents import DOCUMENT_WORDS
from api.pages.words_gathering import GATHERING_WORDS
from api.pages.words_journal import JOURNAL_WORDS
from api.pages.words_outages import OUTAGE_WORDS
from api.pages.words_parked import PARKED_WORDS
from api.pages.words_people import PEOPLE_WORDS
from api.pages.words_privacy import PRIVACY_WORDS
from api.pages.words_promises import PROMISE_WORDS
from api.pages.words_public import PUBLIC_WORDS
from api.pages.words_publication import PUBLICATION_WORDS
from api.pages.words_signing_in import SIGNING_IN_WORDS
from api.pages.words_superior import SUPERIOR_WORDS
from api.pages.words_trainings import TRAINING_WORDS
from api.pages.words_unit import UNIT_WORDS
from api.pages.words_unsent import UNSENT_WORDS
from api.pages.words_year import YEAR_WORDS
from engine.core.definition import Label, Language

SHELL_WORDS: Mapping[str, Label] = {
    "shell.skip": Label(id="Langsung ke isi", en="Skip to the content"),
    "shell.menu": Label(id="Menu utama", en="Main menu"),
    "shell.open_menu": Label(id="Menu", en="Menu"),
    "shell.tagline": Label(id="Siklus penilaian kinerja", en="Appraisal cycles"),
    "shell.language": Label(id="Bahasa", en="Language"),
    "shell.you": Label(id="Anda masuk sebagai {name}", en="You are {name}"),
    "shell.api": Label(id="Dokumentasi API", en="API documentation"),
    "shell.unread": Label(id="{count} belum dibaca", en="{count} unread"),
    "nav.inbox": Label(id="Tugas saya", en="My tasks"),
    "nav.messages": Label(id="Pesan", en="Messages"),
    "nav.cases": Label(id="Kasus", en="Cases"),
    "nav.cycles": Label(id="Siklus", en="Cycles"),
    "nav.definitions": Label(id="Aturan", en="Rules"),
    "nav.calendars": Label(id="Kalender", en="Calendars"),
    "nav.outages": Label(id="Gangguan", en="Outages"),
    "nav.people": Label(id="Pegawai", en="People"),
    "demo.mark": Label(id="DEMO", en="DEMO"),
    "demo.about": Label(
        id="Data rekaan. Tidak ada surel yang dikirim.", en="Invented data. No mail is sent anywhere."
    ),
    "demo.now": Label(id="Waktu demo", en="Demo time"),
    "demo.move": Label(id="Majukan waktu demo", en="Move the demo's time on"),
    "demo.day": Label(id="+1 hari", en="+1 day"),
    "demo.week": Label(id="+1 minggu", en="+1 week"),
    "demo.next": Label(id="Kejadian berikutnya", en="Next event"),
    "demo.outside_chart": Label(id="Di luar bagan", en="Outside the chart"),
    "demo.auditor": Label(
        id="membaca semua, mengubah tidak satu pun", en="reads everything, changes nothing"
    ),
    "demo.persona": Label(id="Berperan sebagai", en="Act as"),
    "demo.switch": Label(id="Ganti", en="Switch"),
    "demo.moved": Label(
        id="Waktu demo maju; semua yang jatuh tempo di antaranya sudah terjadi.",
        en="Time moved on; everything due on the way has happened.",
    ),
    "demo.switched": Label(id="Anda sekarang {name}.", en="You are {name} now."),
    "choose.title": Label(id="Pilih peran Anda", en="Choose who you are"),
    "choose.lead": Label(
        id="Ini demo tanpa kata sandi: pilih seorang pegawai dan lihat kasus dari sudut pandangnya.",
        en="This is a demo without passwords: choose a person and see the cases as they do.",
    ),
    "choose.empty": Label(
        id="Belum ada pegawai. Impor dahulu dengan perintah siklus people import.",
        en="There is nobody yet. Import people first with siklus people import.",
    ),
    "duty.head": Label(id="kepala unit", en="head of unit"),
    "duty.desk:personnel": Label(id="pengelola kepegawaian", en="personnel desk"),
    "duty.desk:performance": Label(id="pengelola kinerja", en="performance desk"),
    "duty.desk:competence": Label(id="penguji kompetensi", en="competence desk"),
    "duty.external": Label(id="pejabat di luar instansi", en="official outside the agency"),
    "duty.acting": Label(id="pelaksana tugas", en="acting head"),
    "duty.away": Label(id="sedang tidak bertugas", en="away"),
    "inbox.title": Label(id="Tugas saya", en="My tasks"),
    "inbox.finding": Label(id="{count} tugas menunggu Anda", en="{count} tasks wait for you"),
    "inbox.finding_one": Label(id="Satu tugas menunggu Anda", en="One task waits for you"),
    "inbox.finding_none": Label(id="Tidak ada tugas yang menunggu Anda", en="No task waits for you"),
    "inbox.overdue": Label(id="Terlambat", en="Overdue"),
    "inbox.today": Label(id="Hari ini", en="Today"),
    "inbox.week": Label(id="Minggu ini", en="This week"),
    "inbox.later": Label(id="Nanti", en="Later"),
    "inbox.place": Label(id="Tugas {first}–{last} dari {count}", en="Tasks {first}–{last} of {count}"),
    "inbox.before": Label(id="Sebelumnya", en="Earlier ones"),
    "inbox.after": Label(id="Berikutnya", en="Next ones"),
    "inbox.all": Label(id="Semua sekaligus", en="All at once"),
    "inbox.others": Label(id="Menunggu orang lain", en="Waiting for others"),
    "inbox.others_more": Label(id="Semua kasus yang masih berjalan", en="All cases still open"),
    "inbox.due": Label(id="Tenggat", en="Due"),
    "inbox.ignored": Label(id="Bila dibiarkan", en="If nobody acts"),
    "inbox.open": Label(id="Buka tugas", en="Open the task"),
    "inbox.empty": Label(
        id="Semua beres. Tugas berikutnya muncul di sini begitu giliran Anda tiba.",
        en="All done. The next task appears here as soon as it is your turn.",
    ),
    "inbox.own": Label(id="Kasus saya", en="My own case"),
    "inbox.own_none": Label(id="Belum ada kasus tentang Anda.", en="There is no case about you yet."),
    "inbox.next": Label(id="Berikutnya", en="What comes next"),
    "messages.title": Label(id="Pesan", en="Messages"),
    "messages.empty": Label(
        id="Belum ada pesan. Pemberitahuan tentang kasus muncul di sini.",
        en="No messages yet. What you are told about cases appears here.",
    ),
    "messages.gone": Label(
        id="Tugas ini sudah selesai atau sudah beralih; tidak ada lagi yang perlu Anda lakukan untuknya.",
        en="This task is done already or has passed on; there is nothing more to do for it.",
    ),
    "messages.past": Label(id="sudah selesai atau beralih", en="done or passed on"),
    "messages.new": Label(id="baru", en="new"),
    "messages.read": Label(id="Tandai semua sudah dibaca", en="Mark all as read"),
    "messages.done": Label(id="Semua pesan ditandai sudah dibaca.", en="All messages are marked as read."),
    "message.note": Label(id="Catatan", en="Note"),
    "cases.title": Label(id="Kasus", en="Cases"),
    "cases.finding": Label(id="{count} kasus pada halaman ini", en="{count} cases on this page"),
    "cases.finding_one": Label(id="Satu kasus pada halaman ini", en="One case on this page"),
    "cases.empty": Label(
        id="Tidak ada kasus yang cocok dan terbuka bagi Anda.", en="No case fits that is open to you."
    ),
    "cases.filter": Label(id="Saring", en="Filter"),
    "cases.any": Label(id="semua", en="all"),
    "cases.open_only": Label(id="Hanya yang masih berjalan", en="Only those still open"),
    "cases.next": Label(id="Halaman berikutnya", en="Next page"),
    "cases.first": Label(id="Kembali ke awal", en="Back to the beginning"),
    "col.person": Label(id="Pegawai", en="Employee"),
    "col.state": Label(id="Tahap", en="State"),
    "col.phase": Label(id="Fase", en="Phase"),
    "col.holder": Label(id="Giliran", en="Waiting for"),
    "col.due": Label(id="Tenggat", en="Due"),
    "col.cycle": Label(id="Siklus", en="Cycle"),
    "col.period": Label(id="Periode", en="Period"),
    "col.opens": Label(id="Dibuka", en="Opens"),
    "col.rule": Label(id="Aturan", en="Rules"),
    "col.unit": Label(id="Unit kerja", en="Unit"),
    "col.position": Label(id="Jabatan", en="Position"),
    "col.superior": Label(id="Atasan", en="Superior"),
    "col.duties": Label(id="Keterangan", en="Remarks"),
    "col.who": Label(id="Pelaksana", en="Who acts"),
    "col.form": Label(id="Formulir", en="Form"),
    "col.ways": Label(id="Jalan keluar", en="Ways out"),
    "col.setting": Label(id="Pengaturan", en="Setting"),
    "col.value": Label(id="Nilai", en="Value"),
    "col.allow": Label(id="Boleh", en="Allowed"),
    "col.ground": Label(id="Dasar", en="Ground"),
    "cycles.title": Label(id="Siklus", en="Cycles"),
    "cycles.empty": Label(id="Belum ada siklus yang dimulai.", en="No cycle has been launched yet."),
    "cycles.cases": Label(id="Lihat kasusnya", en="See its cases"),
    "people.title": Label(id="Pegawai", en="People"),
    "people.finding": Label(id="{count} orang pada {day}", en="{count} people on {day}"),
    "people.finding_one": Label(id="1 orang pada {day}", en="One person on {day}"),
    "definitions.title": Label(id="Aturan", en="Rules"),
    "definitions.empty": Label(id="Belum ada aturan yang diusulkan.", en="No rules have been proposed yet."),
    "definitions.basis": Label(id="Dasar", en="Ground"),
    "definitions.digest": Label(id="Sidik digital", en="Digest"),
    "definitions.matrix": Label(id="Siapa boleh melihat dan melakukan apa", en="Who may see and do what"),
    "definitions.picture": Label(id="Gambar aturan", en="The rules as a picture"),
    "definitions.picture_alt": Label(
        id="Gambar {title}: setiap tahap, langkah, giliran, dan tenggat; isinya sama dengan daftar di bawah",
        en="Picture of {title}: every phase, state, turn and due time; the list below says the same",
    ),
    "definitions.picture_hint": Label(
        id="Buka gambar untuk memperbesar; daftar di bawah memuat hal yang sama.",
        en="Open the picture to enlarge it; the list below says the same.",
    ),
    "definitions.at": Label(id="Kasus itu berada di: {state}.", en="The case stands at: {state}."),
    "definitions.at_list": Label(id="Lihat dalam daftar", en="See it in the list"),
    "definitions.here": Label(id="kasus di sini", en="the case is here"),
    "definitions.states": Label(id="Tahap dan jalan keluarnya", en="States and their ways out"),
    "definitions.promises": Label(id="Yang dijanjikan aturan ini", en="What these rules promise"),
    "definitions.windows": Label(id="Jadwal", en="Timetable"),
    "col.window": Label(id="Jendela", en="Window"),
    "col.first_day": Label(id="Hari pertama", en="First day"),
    "col.last_day": Label(id="Hari terakhir", en="Last day"),
    "group.employee.echelon.one": Label(id="eselon satu", en="echelon one"),
    "group.employee.echelon.two": Label(id="eselon dua", en="echelon two"),
    "group.employee.echelon.lower": Label(id="lainnya", en="everybody else"),
    "group.employee.status.active": Label(id="aktif", en="active"),
    "group.employee.status.unpaid_leave": Label(id="cuti di luar tanggungan negara", en="on unpaid leave"),
    "group.employee.status.pre_retirement": Label(id="masa persiapan pensiun", en="before retirement"),
    "group.employee.status.suspended": Label(id="diberhentikan sementara", en="suspended"),
    "group.employee.status.state_official": Label(id="pejabat negara", en="state official"),
    "definitions.settings": Label(id="Pengaturan", en="Settings"),
    "definitions.range": Label(id="{least} sampai {most}", en="{least} to {most}"),
    "definitions.initial": Label(id="awal", en="begins here"),
    "definitions.everywhere": Label(
        id="Setiap saat selama kasus berjalan", en="At any time while a case is open"
    ),
    "definitions.final": Label(id="akhir", en="final"),
    "way.to": Label(id="ke {state}", en="to {state}"),
    "way.choice": Label(id="bercabang menurut isian: {states}", en="by what was filled in: {states}"),
    "way.stay": Label(id="kasus tetap di sini", en="the case stays here"),
    "way.corrects": Label(
        id="kasus ini tetap ditutup; hasil koreksi menggantikan hasilnya",
        en="this case stays closed; the result of the correction replaces its own",
    ),
    "way.by": Label(id="oleh {roles}", en="by {roles}"),
    "way.at": Label(id="otomatis: {moment}", en="by itself: {moment}"),
    "way.upon": Label(id="begitu tercatat: {fact}", en="as soon as it is recorded: {fact}"),
    "way.employee leaves": Label(id="pegawai berhenti", en="the employee leaves"),
    "way.employee moves": Label(id="pegawai pindah", en="the employee moves"),
    "way.gathered": Label(
        id="semua yang diminta sudah cukup menjawab", en="enough of those asked have answered"
    ),
    "way.closed": Label(id="{name} ditutup", en="{name} is closed"),
    "way.closed_all": Label(id="{name} ditutup semua", en="{name} are all closed"),
    "way.reached": Label(id="{name} sampai di “{state}”", en="{name} comes to “{state}”"),
    "way.reached_all": Label(
        id="{name}: semuanya sampai di “{state}”", en="{name}: all of them come to “{state}”"
    ),
    "way.reached_unknown": Label(
        id="{name} sampai di tahap yang ditunggu", en="{name} comes as far as is waited for"
    ),
    "way.when": Label(id="jika {condition}", en="if {condition}"),
    "way.reason": Label(id="dengan alasan", en="with a reason"),
    "way.undo_minutes": Label(
        id="dapat ditarik kembali oleh pelakunya selama {count} menit",
        en="whoever did it may take it back for {count} minutes",
    ),
    "way.undo_minutes_one": Label(
        id="dapat ditarik kembali oleh pelakunya selama 1 menit",
        en="whoever did it may take it back for 1 minute",
    ),
    "way.undo_hours": Label(
        id="dapat ditarik kembali oleh pelakunya selama {count} jam",
        en="whoever did it may take it back for {count} hours",
    ),
    "way.undo_hours_one": Label(
        id="dapat ditarik kembali oleh pelakunya selama 1 jam",
        en="whoever did it may take it back for 1 hour",
    ),
    "way.at_most_once": Label(id="paling banyak sekali", en="at most once"),
    "way.at_most": Label(id="paling banyak {times} kali", en="at most {times} times"),
    "due.within": Label(id="dalam {span}", en="within {span}"),
    "due.by": Label(id="paling lambat {moment}", en="by {moment}"),
    "due.at_least": Label(id="tetapi sekurangnya {span}", en="but at least {span}"),
    "problem.back": Label(id="Kembali ke tugas saya", en="Back to my tasks"),
    "problem.allowed": Label(id="Yang dapat Anda lakukan sekarang", en="What is open to you now"),
    "problem.code": Label(id="Kode", en="Code"),
    "problem.request": Label(id="Nomor permintaan", en="Request number"),
    "done.language": Label(id="Bahasa diganti.", en="The language is changed."),
}

WORDS: Mapping[str, Label] = {
    **SHELL_WORDS,
    **BULK_WORDS,
    **CALENDAR_WORDS,
    **CANCELLING_WORDS,
    **CASE_WORDS,
    **GATHERING_WORDS,
    **OUTAGE_WORDS,
    **TRAINING_WORDS,
    **CHECKPOINT_WORDS,
    **CLOCK_WORDS,
    **AUDIT_WORDS,
    **DENIALS_WORDS,
    **DOCUMENT_WORDS,
    **PARKED_WORDS,
    **PUBLIC_WORDS,
    **PUBLICATION_WORDS,
    **DELEGATION_WORDS,
    **PEOPLE_WORDS,
    **PRIVACY_WORDS,
    **UNIT_WORDS,
    **UNSENT_WORDS,
    **PROMISE_WORDS,
    **SUPERIOR_WORDS,
    **SIGNING_IN_WORDS,
    **ACCOUNT_WORDS,
    **JOURNAL_WORDS,
    **YEAR_WORDS,
}


class Words:
    """The words of one language: `word("inbox.finding", count=3)`."""

    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, /, **parts: object) -> str:
        """The words of this key, with the parts put in; those for one, where there are any and `count` is one."""
        one = f"{key}_one" if parts.get("count") == 1 else ""
        text = WORDS.get(one, WORDS[key])[self.language]
        return text.format(**parts) if parts else text
