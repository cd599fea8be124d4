"""How a denial is told, in both languages, and the names of what denies where no rule of the table allows."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

__all__ = ["DENIED", "OWN_RECORD", "SCOPED", "TOKEN_SCOPE", "WHERE_DONE"]

_CASE_ONLY = Label(
    id="Kasus ini terbuka bagi pegawai yang bersangkutan, pemegang peran di dalamnya, dan unit kepegawaian;"
    " Anda bukan salah satunya.",
    en="this case is open to the employee it is about, to those who hold a role in it, and to the personnel"
    " desk; you are none of them",
)
_DESK_ONLY = Label(
    id="Ini untuk unit kepegawaian; tanyakan kepada mereka, atau buka kasus Anda sendiri.",
    en="this is for the personnel desk; ask somebody there, or open your own cases",
)

#: why what is nobody's by any rule is denied, by the first part of the action's name and then by the whole
DENIED: Mapping[str, Label] = {
    **dict.fromkeys(("people", "parked", "cycle", "calendar", "outage", "definition"), _DESK_ONLY),
    "": Label(
        id="Yang terbuka bagi Anda adalah tugas, pesan, dan kasus Anda sendiri; jika pekerjaan Anda memerlukan lebih,"
        " mintalah kepada pengelola akun.",
        en="your own tasks, messages and cases are open to you; if your work needs more, ask whoever looks after"
        " accounts",
    ),
    "audit": Label(
        id="Log audit terbuka bagi pemeriksa; yang terjadi dalam kasus Anda sendiri ada di halaman kasus itu.",
        en="the audit log is open to auditors; what happened in your own case stands on its page",
    ),
    "clock": Label(
        id="Jam sistem diurus pengelola akun; tanyakan kepada mereka.",
        en="the clock is for administrators; ask one of them",
    ),
    "case": _CASE_ONLY,
    "case.steer": Label(
        id="Jalannya kasus diatur oleh unit kepegawaian atau pemegang eskalasi, tidak pernah dalam kasus sendiri.",
        en="a case is steered by the personnel desk or by whoever holds an escalation of it, never by its subject",
    ),
    "case.list": Label(
        id="Daftar kasus adalah untuk orang dalam bagan dan pemeriksa.",
        en="cases are listed for people of the chart and for auditors",
    ),
    "journal": _CASE_ONLY,
    "promise": Label(
        id="Ini untuk unit kepegawaian dan pejabat dari luar; buka kasus Anda sendiri.",
        en="this is for the personnel desk and for external officials; open your own cases",
    ),
    "person": Label(
        id="Ini untuk unit kepegawaian; buka milik Anda sendiri.",
        en="this is for the personnel desk; ask somebody there, or open your own",
    ),
    "person.tasks": Label(
        id="Tugas orang lain hanya terbuka bagi unit kepegawaian; bukalah tugas Anda sendiri.",
        en="tasks of other people are open to the personnel desk only; ask for your own",
    ),
    "person.messages": Label(
        id="Pesan hanya terbuka bagi yang dituju, dan tidak bagi siapa pun selain dia.",
        en="messages are open to the person they were written to and to nobody else",
    ),
    "person.mark_read": Label(
        id="Pesan hanya terbuka bagi yang dituju, dan tidak bagi siapa pun selain dia.",
        en="messages are open to the person they were written to and to nobody else",
    ),
    "delegation": Label(
        id="Pelimpahan terbuka bagi pemberi, penerima, dan unit kepegawaian.",
        en="a delegation is open to whoever gave it or took it, and to the personnel desk",
    ),
    "delegation.give": Label(
        id="Pekerjaan dilimpahkan oleh pemegangnya, atau baginya oleh unit kepegawaian.",
        en="work is delegated by whoever holds it, or for them by the personnel desk",
    ),
    "account": Label(id="Ini untuk pengelola akun.", en="this is for those who look after accounts"),
    "denial": Label(id="Ini untuk pemeriksa.", en="this is for auditors"),
    "privacy": Label(
        id="Ini untuk unit kepegawaian dan pejabat pelindungan data; bukalah data Anda sendiri.",
        en="this is for the personnel desk and the data protection officer; open your own data",
    ),
    "glass": Label(
        id="Akses darurat diputuskan unit kepegawaian, pejabat pelindungan data, dan pengelola.",
        en="break-glass is for the personnel desk, the data protection officer and administrators",
    ),
}

#: the rule that says no where another would say yes, if it were not one's own
OWN_RECORD = "own-record"
#: the rule that says no where something is done: to whoever asked for it, gets it, or is concerned by it
WHERE_DONE = "where-done"
#: the rule that says no to a token made for less
TOKEN_SCOPE = "token-scope"  # noqa: S105 - the name of a rule
SCOPED = Label(
    id="Token ini tidak dibuat untuk itu.",
    en="this token was not made for that",
)
