"""What the people of the demo do when a task is theirs: which act, which form, with invented content in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.demo_behaviours import AMENDED, NOT_IMPROVING, Behaviour

Form = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act as it is fired: the trigger, its forms, the reason if it needs one."""

    trigger: str
    forms: Mapping[str, Form] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a case is about, as far as acts depend on it."""

    row: int
    position: str
    behaviour: Behaviour


def act_in(state: str, subject: Subject) -> Act | None:
    """What the holder of the task in this state does about this subject; None if they let it pass."""
    plain = _PLAIN.get(state)
    if plain is not None:
        return Act(trigger=plain)
    match state:
        case "employee_drafts":
            return Act(trigger="submit", forms={"plan": _plan(subject)})
        case "manager_sets":
            return Act(trigger="set", forms={"plan": _plan(subject)})
        case "employee_reports":
            return Act(trigger="send", forms={"report": _report(subject)})
        case "rater_rates":
            return Act(trigger="rate", forms={"rating": _rating(*subject.behaviour.rated)})
        case "disclosed" if subject.behaviour.objects:
            return Act(trigger="object", forms={"objection": _OBJECTION})
        case "disclosed":
            return Act(trigger="received")
        case _:
            return _follow_up(state, subject)


#: acts that need neither form nor reason
_PLAIN: Mapping[str, str] = {
    "manager_checks": "pass",
    "rater_agrees": "agree",
    "employee_signs": "sign",
    "rater_signs": "set_plan",
    "reviewer_looks": "seen",
}


def _follow_up(state: str, subject: Subject) -> Act | None:
    improves = subject.row not in NOT_IMPROVING
    acts = {
        "reviewer_rules": _ruling(subject),
        "employee_explains": Act(trigger="explain", forms={"employee_explanation": _EMPLOYEE_EXPLAINS}),
        "rater_explains": Act(trigger="explain", forms={"rater_explanation": _RATER_EXPLAINS}),
        "head_recognises": Act(trigger="award", forms={"recognition": _RECOGNITION}),
        "leader_proposes": Act(trigger="begin", forms={"improvement_plan": _IMPROVEMENT_PLAN}),
        "leader_judges": Act(trigger="judge", forms={"outcome": _IMPROVED if improves else _NOT_IMPROVED}),
        "test_held": Act(trigger="find", forms={"test": _TEST}),
        "ppk_decides": Act(trigger="decide", forms={"decree": _DECREE}),
        "ppk_ends": Act(
            trigger="keep", reason="Sudah tersedia jabatan yang sesuai dengan hasil uji kompetensi."
        ),
    }
    return acts.get(state)


def _plan(subject: Subject) -> Form:
    """A plan of three results whose weights add up to 100."""
    post = subject.position
    results = (
        (
            f"Layanan tugas {post} terselesaikan tepat waktu",
            "main",
            50,
            "time",
            "95 persen selesai sesuai standar waktu",
        ),
        (
            f"Mutu keluaran tugas {post} meningkat",
            "main",
            30,
            "quality",
            "paling banyak 3 persen perlu perbaikan",
        ),
        ("Arsip kegiatan unit kerja tertata", "additional", 20, "quantity", "12 laporan bulanan"),
    )
    return {
        "results": [
            {
                "title": title,
                "kind": kind,
                "weight": weight,
                "indicators": [{"aspect": aspect, "target": target}],
            }
            for title, kind, weight, aspect, target in results
        ],
        "behaviour": "Berorientasi pelayanan, akuntabel, kompeten, harmonis, loyal, adaptif, dan kolaboratif.",
        "resources": "Perangkat kerja, data unit kerja, dan pendampingan dari rekan satu tim.",
        "consequences": "Hasil kerja menjadi dasar pengembangan kompetensi dan penghargaan.",
    }


def _report(subject: Subject) -> Form:
    done = f"Seluruh rencana hasil kerja {subject.position} telah dilaksanakan"
    return {
        "achieved": f"{done}; rinciannya ada pada bukti dukung.",
        "evidence": [f"https://arsip.telagabiru.example/kinerja/2026/{subject.row}"],
    }


_REASONS = {
    "above": "Hasil kerja melampaui target dan umpan balik rekan kerja sangat baik.",
    "as": "Hasil kerja sesuai target yang disepakati.",
    "below": "Sebagian target tidak tercapai meskipun sudah ada dialog kinerja.",
}


def _rating(results: str, behaviour: str) -> Form:
    return {"results": results, "behaviour": behaviour, "reasons": _REASONS[results]}


def _ruling(subject: Subject) -> Act:
    if subject.row in AMENDED:
        return Act(
            trigger="amend",
            forms={"rating": _rating("as", "as")},
            reason="Bukti dukung menunjukkan target tercapai; penilaian diperbaiki.",
        )
    return Act(trigger="uphold", reason="Penilaian didukung bukti; keberatan tidak dapat diterima.")


_OBJECTION: Form = {
    "grounds": "Target triwulan keempat tercapai, tetapi belum tercatat pada laporan yang dinilai.",
    "evidence": ["https://arsip.telagabiru.example/kinerja/2026/keberatan"],
}
_EMPLOYEE_EXPLAINS: Form = {"text": "Laporan triwulan keempat terlambat diunggah karena gangguan jaringan."}
_RATER_EXPLAINS: Form = {"text": "Penilaian didasarkan pada laporan yang tersedia sampai akhir Desember."}
_RECOGNITION: Form = {
    "award": "talent_pool",
    "citation": "Hasil kerja dan perilaku di atas ekspektasi sepanjang tahun.",
}
_IMPROVEMENT_PLAN: Form = {
    "missed": "Ketepatan waktu dan mutu laporan bulanan belum mencapai target.",
    "help": "Pendampingan mingguan oleh atasan dan pelatihan penyusunan laporan.",
    "judged_by": "Lima laporan berturut-turut selesai tepat waktu tanpa perbaikan berarti.",
}
_IMPROVED: Form = {
    "verdict": "improved",
    "reasons": "Semua laporan selesai tepat waktu selama masa perbaikan.",
}
_NOT_IMPROVED: Form = {
    "verdict": "not_improved",
    "reasons": "Ketepatan waktu tidak berubah setelah enam bulan pendampingan.",
}
_TEST: Form = {"suits": "lower_post", "reasons": "Kompetensi sesuai dengan jabatan satu jenjang di bawahnya."}
_DECREE: Form = {"consequence": "lowered", "reasons": "Mengikuti hasil uji kompetensi."}
