"""The few words of a picture that no definition brings along."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import FinalKind, Language

WORDS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "anytime": "Setiap saat",
        "anytime_phase": "Selama tahap ini",
        "track": "jalur",
        "waits": "menunggu",
        "gather": "bersama",
        "otherwise": "selain itu",
        "stay": "tetap di sini",
        "then": "setelah itu",
        "at_most": "paling banyak {n} kali",
        "once": "paling banyak satu kali",
        "opens": "dibuka {day}",
        "due": "tenggat {day}",
        "within": "{span} sejak masuk",
        "at_least": "paling cepat {span}",
        "if": "jika {condition}",
        "choice": "Pilihan",
        "final": "Selesai",
        "act": "tindakan orang",
        "moment": "terjadi sendiri pada waktunya",
        "fact": "terjadi karena suatu keadaan",
        "remind": "diingatkan",
        "notify": "diberi tahu",
        "task": "tugas eskalasi",
        "reassign": "tugas beralih",
        "legend": "Keterangan",
        "begin": "mulai",
        "here": "kasus ini di sini",
        "starts": "membuka {links}",
        "corrects": "hasilnya menggantikan hasil kasus ini",
        "wd": "hk",
        "d": "h",
        "w": "mg",
        "m": "bl",
        "y": "th",
        "units": "hk hari kerja, h hari, mg minggu, bl bulan, th tahun",
    },
    "en": {
        "anytime": "At any time",
        "anytime_phase": "All through this phase",
        "track": "track",
        "waits": "waits",
        "gather": "together",
        "otherwise": "otherwise",
        "stay": "stays here",
        "then": "after that",
        "at_most": "at most {n} times",
        "once": "at most once",
        "opens": "opens {day}",
        "due": "due {day}",
        "within": "{span} from entry",
        "at_least": "at least {span}",
        "if": "if {condition}",
        "choice": "Choice",
        "final": "End",
        "act": "a person acts",
        "moment": "happens by itself at its time",
        "fact": "happens upon a fact",
        "remind": "reminded",
        "notify": "told",
        "task": "escalation task",
        "reassign": "task handed over",
        "legend": "Legend",
        "begin": "begins",
        "here": "this case is here",
        "starts": "opens {links}",
        "corrects": "its result replaces that of this case",
        "wd": "wd",
        "d": "d",
        "w": "w",
        "m": "m",
        "y": "y",
        "units": "wd working days, d days, w weeks, m months, y years",
    },
}

FINALS: Mapping[Language, Mapping[FinalKind, str]] = {
    "id": {
        "complete": "lengkap",
        "incomplete": "tidak lengkap",
        "continued": "dilanjutkan",
        "ended": "berakhir sebelum waktunya",
    },
    "en": {
        "complete": "complete",
        "incomplete": "incomplete",
        "continued": "continued",
        "ended": "ended early",
    },
}

#: the short sign of each unit of time
UNITS = {"working days": "wd", "days": "d", "weeks": "w", "months": "m", "years": "y"}
