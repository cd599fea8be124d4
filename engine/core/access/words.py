"""What the rules say, in words: each action and each atom in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.access.actions import Action
from engine.core.access.who import (
    Administrator,
    Anyone,
    Auditor,
    BrokenGlass,
    DelegateOf,
    Desk,
    ExternalOfficial,
    Holder,
    JournalWriter,
    Official,
    Party,
    PersonOfChart,
    Privacy,
    Self,
    SignedIn,
    Subject,
    Who,
)
from engine.core.definition import Label

__all__ = ["ACTION_WORDS", "OTHERS_ONLY", "WHO_WORDS"]

WHO_WORDS: Mapping[type[Who], Label] = {
    Anyone: Label(id="siapa pun", en="anybody"),
    SignedIn: Label(id="siapa pun yang masuk", en="anybody signed in"),
    PersonOfChart: Label(
        id="setiap orang dalam bagan organisasi", en="every person of the organisation chart"
    ),
    Subject: Label(id="pegawai yang bersangkutan", en="the employee it is about"),
    Party: Label(
        id="yang menjalankan peran dalam kasus itu pada periodenya, atau pernah memegang tugasnya",
        en="who fills a role of the case, or did within its period, or has had a task of it",
    ),
    Holder: Label(id="pemegang tugas yang terbuka", en="who holds an open task of it"),
    DelegateOf: Label(
        id="yang menerima pelimpahan peran itu, selama berlaku",
        en="who such a role is delegated to, while that lasts",
    ),
    Desk: Label(
        id="unit kepegawaian (yang bertugas hari itu)", en="the personnel desk (in service that day)"
    ),
    Official: Label(
        id="unit kepegawaian (yang bertugas hari itu) dan kepala instansi",
        en="the personnel desk (in service that day) and the head of the agency",
    ),
    ExternalOfficial: Label(id="pejabat dari luar instansi", en="an official from outside the agency"),
    Auditor: Label(id="akun pemeriksa", en="an auditor's account"),
    Administrator: Label(id="akun administrator", en="an administrator's account"),
    Privacy: Label(id="akun pelindungan data", en="a privacy officer's account"),
    Self: Label(id="yang bersangkutan sendiri", en="the very person, or account, it is about"),
    BrokenGlass: Label(
        id="yang dibukakan oleh dua orang untuk sementara", en="to whom two people opened it for a time"
    ),
    JournalWriter: Label(id="yang boleh menulis dalam jurnalnya", en="who may write in a journal of it"),
}

#: beside a rule that is never about one's own record
OTHERS_ONLY = Label(id="tidak pernah atas catatan sendiri", en="never about one's own record")

ACTION_WORDS: Mapping[Action, Label] = {
    "open": Label(id="halaman masuk, kesehatan, tautan undangan", en="sign-in, health, links that invite"),
    "own.account": Label(
        id="akun sendiri: sandi, sesi, token", en="one's own account: password, sessions, tokens"
    ),
    "case.list": Label(id="daftar kasus", en="the list of cases"),
    "case.read": Label(id="membuka kasus", en="open a case"),
    "case.act": Label(id="bertindak dalam kasus", en="act in a case"),
    "case.steer": Label(
        id="mengatur jalannya kasus: mengingatkan, menambah waktu, menjeda, mengalihkan",
        en="steer a case: remind, grant time, pause, reassign",
    ),
    "case.release": Label(id="melepas isi jurnal yang ditahan", en="release held entries of a journal"),
    "journal.read": Label(id="membuka jurnal kasus", en="open the journals of a case"),
    "journal.write": Label(id="menulis dalam jurnal kasus", en="write in the journals of a case"),
    "clock.read": Label(id="keadaan jam peladen", en="how the server's clock stands"),
    "clock.accept": Label(id="menyatakan jam peladen benar", en="say that the server's clock is right"),
    "parked.list": Label(id="kasus yang macet", en="cases that time could not move"),
    "parked.retry": Label(id="mencoba lagi kasus yang macet", en="try such a case again"),
    "promise.list": Label(id="janji atas semua kasus", en="promises over all cases"),
    "person.list": Label(id="daftar pegawai", en="the list of people"),
    "person.tasks": Label(id="tugas seseorang", en="a person's tasks"),
    "person.messages": Label(id="pesan seseorang", en="a person's messages"),
    "person.mark_read": Label(id="menandai pesan sudah dibaca", en="mark messages as read"),
    "person.handover": Label(id="lembar serah terima seseorang", en="a person's handover sheet"),
    "people.preview": Label(id="melihat akibat impor pegawai", en="preview an import of people"),
    "people.import": Label(id="mengimpor pegawai", en="import people"),
    "people.undo": Label(id="membatalkan impor pegawai", en="take an import of people back"),
    "delegation.list": Label(id="daftar pelimpahan", en="the list of delegations"),
    "delegation.read": Label(id="membaca pelimpahan", en="read a delegation"),
    "delegation.give": Label(id="melimpahkan pekerjaan", en="delegate work"),
    "delegation.end": Label(id="mengakhiri pelimpahan", en="end a delegation"),
    "cycle.list": Label(id="daftar siklus", en="the list of cycles"),
    "cycle.cancel": Label(id="membatalkan siklus seluruhnya", en="cancel a cycle as a whole"),
    "cycle.launch": Label(id="meluncurkan siklus", en="launch a cycle"),
    "definition.read": Label(id="membaca aturan", en="read the rules"),
    "definition.publish": Label(
        id="mengusulkan, mengesahkan, menarik aturan", en="propose, approve, withdraw rules"
    ),
    "calendar.read": Label(id="membaca kalender", en="read calendars"),
    "calendar.preview": Label(id="melihat akibat kalender baru", en="preview a calendar"),
    "calendar.apply": Label(id="memberlakukan kalender", en="apply a calendar"),
    "outage.list": Label(id="daftar gangguan", en="the list of outages"),
    "outage.declare": Label(id="menyatakan dan mengakhiri gangguan", en="declare and end an outage"),
    "account.list": Label(id="daftar akun", en="the list of accounts"),
    "account.change": Label(id="membuat dan mengubah akun", en="make and change accounts"),
    "denial.read": Label(id="catatan penolakan", en="the log of denials"),
    "audit.search": Label(id="mencari entri dalam log audit", en="look entries up in the audit log"),
    "privacy.read": Label(id="golongan data pribadi", en="the classes of personal data"),
    "privacy.export": Label(id="salinan data seseorang", en="a copy of a person's data"),
    "privacy.looks": Label(id="siapa yang melihat data seseorang", en="who looked at a person's data"),
    "privacy.ask": Label(id="meminta penghapusan data", en="ask for data to be erased"),
    "privacy.office": Label(
        id="daftar permintaan penghapusan, penahanan, dan masa simpan",
        en="the lists of erasures, holds and what is past its years",
    ),
    "privacy.decide": Label(
        id="memutus penghapusan dan penahanan data", en="decide on erasures and holds of data"
    ),
    "glass.read": Label(id="daftar akses darurat", en="the list of break-glass"),
    "glass.break": Label(
        id="meminta dan menyetujui akses darurat (dua orang)",
        en="ask for and approve break-glass (two people)",
    ),
    "glass.end": Label(id="mengakhiri akses darurat", en="end break-glass"),
}
