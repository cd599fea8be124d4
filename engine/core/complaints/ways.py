"""What is said of phases, states and the ways between them."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "the_choice": ("the choice '{name}'", "percabangan '{name}'"),
    "end_with_otherwise": ("end it with `- {otherwise: state}`", "akhiri dengan `- {otherwise: state}`"),
    "choice_otherwise": (
        "the choice '{name}' has {count} `otherwise`, not one",
        "percabangan '{name}' memiliki {count} `otherwise`, seharusnya satu",
    ),
    "choice_one_way": (
        "the choice '{name}' leads one way only",
        "percabangan '{name}' hanya menuju satu arah",
    ),
    "write_state_after_to": ("write that state after `to`", "tulis keadaan itu sesudah `to`"),
    "choice_reads_too_much": (
        "the choice '{name}' reads {count} values, at most {most}",
        "percabangan '{name}' membaca {count} nilai, paling banyak {most}",
    ),
    "figure_for_some": ("work some of them out in a figure", "hitung sebagian di antaranya dalam `figures`"),
    "a_row": ("a row", "baris"),
    "where_a_row_leads": ("where a row leads", "tujuan baris"),
    "who_is_told": ("who is told", "pihak yang diberi tahu"),
    "what_is_opened": ("what is opened", "kasus yang dibuka"),
    "facts_known": (
        (
            "a fact is one of: employee leaves, employee moves, gathered, <link> closed, <read> "
            "reaches <state>"
        ),
        (
            "fakta ialah salah satu dari: employee leaves, employee moves, gathered, <link> closed, "
            "<read> reaches <state>"
        ),
    ),
    "a_fact": ("a fact", "fakta"),
    "is_no_fact": ("{said} is no fact", "{said} bukan fakta"),
    "fact_twice": ("the fact '{text}' stands here twice", "fakta '{text}' ditulis dua kali di sini"),
    "name_it_once": ("name it once", "sebut satu kali saja"),
    "declare_under": ("declare it under `{section}`", "nyatakan di bawah `{section}`"),
    "there_is_no": ("there is no {kind} {name}", "tidak ada {kind} {name}"),
    "two_ways_called": (
        "two ways out of '{state}' are called '{transition}'",
        "dua jalan keluar dari '{state}' bernama '{transition}'",
    ),
    "rename_one_of_them": ("rename one of them", "ganti nama salah satunya"),
    "two_leave_at_once": (
        "'{name}' and '{transition}' leave '{state}' at the same moment",
        "'{name}' dan '{transition}' meninggalkan '{state}' pada saat yang sama",
    ),
    "another_moment": (
        "give one of them another moment, or remove it",
        "beri salah satunya saat lain, atau hapus",
    ),
    "counts_from_no_due": (
        "'{transition}' counts from a due time, and the {work} of '{state}' has none",
        "'{transition}' dihitung dari tenggat, padahal {work} pada '{state}' tidak bertenggat",
    ),
    "add_due_to_work": (
        "add `due:` to the {work}, or name a day",
        "tambahkan `due:` pada {work}, atau sebutkan suatu hari",
    ),
    "nobody_could_act": (
        "nobody holds a task in '{state}' who could do '{transition}'",
        "tidak ada pemegang tugas pada '{state}' yang dapat melakukan '{transition}'",
    ),
    "add_by_or_task": ("add `by: role`, or a task", "tambahkan `by: role`, atau suatu tugas"),
    "no_way_out": ("nothing ever leads out of '{name}'", "tidak ada jalan keluar dari '{name}'"),
    "add_ways_or_final": (
        "add `transitions`, or say how it ends: `final: complete`",
        "tambahkan `transitions`, atau sebutkan akhirnya: `final: complete`",
    ),
    "not_reached": (
        "no way leads from '{initial}' to '{name}'",
        "tidak ada jalan dari '{initial}' ke '{name}'",
    ),
    "let_transition_lead_there": (
        "let a transition lead there, or remove it",
        "arahkan suatu transisi ke sana, atau hapus",
    ),
    "no_way_to_end": ("from '{name}' no way leads to an end", "dari '{name}' tidak ada jalan ke suatu akhir"),
    "lead_to_final": (
        "let a way out lead to a final state",
        "arahkan salah satu jalan keluar ke keadaan akhir",
    ),
    "turns_in_a_circle": (
        "a case would turn in a circle by itself: {names}",
        "kasus akan berputar dengan sendirinya: {names}",
    ),
    "let_person_decide": (
        "let a person decide somewhere in it, or lead out",
        "biarkan seseorang memutuskan di salah satu tempatnya, atau beri jalan keluar",
    ),
    "ladder_only_reminds": (
        "if nobody acts, the ladder '{ladder}' only reminds the one who is silent",
        "bila tidak ada yang bertindak, tangga '{ladder}' hanya mengingatkan orang yang diam itu",
    ),
    "nothing_to_extend": (
        "no clock with the ladder '{ladder}' can be given time: `extend` is for tasks and gatherings with `within`",
        "tangga '{ladder}' tidak punya waktu yang dapat ditambah: `extend` untuk tugas dan pengumpulan dengan `within`",
    ),
    "extend_counts_within": (
        "write `collapse` or `skip_superseded`, or count the time with `within`",
        "tulis `collapse` atau `skip_superseded`, atau hitung waktunya dengan `within`",
    ),
    "what_rings_after": ("what rings after a standstill", "apa yang berbunyi setelah Siklus berhenti"),
    "add_at_or_last_rung": (
        "add an `at` transition here, or a last rung that notifies, opens a task or reassigns",
        (
            "tambahkan transisi dengan `at` di sini, atau anak tangga terakhir dengan `notify`, "
            "`task`, atau `reassign`"
        ),
    ),
    "the_phase": ("the phase '{name}'", "fase '{name}'"),
    "own_state_name": ("give each state a name of its own", "beri setiap keadaan nama tersendiri"),
    "two_states": ("there are two states '{key}'", "ada dua keadaan bernama '{key}'"),
    "state_is_a_mapping": (
        "a state is a mapping with task, transitions or final",
        "keadaan ialah pemetaan yang memuat `task`, `transitions`, atau `final`",
    ),
    "no_key_no_state": (
        "{key} is no key of a phase and no state",
        "{key} bukan kunci fase dan bukan keadaan",
    ),
    "phase_without_state": ("the phase '{name}' has no state", "fase '{name}' tidak memiliki keadaan"),
    "write_a_state": ("write at least one", "tulis sekurang-kurangnya satu"),
    "the_state": ("the state '{name}'", "keadaan '{name}'"),
    "how_it_ends": ("how it ends", "cara kasus berakhir"),
    "closed_case_rests": (
        "a closed case does not move, and only `corrects` opens one from it; remove it, or `final`",
        (
            "kasus yang ditutup tidak berpindah, dan hanya `corrects` yang membuka kasus darinya; "
            "hapus kunci itu, atau `final`"
        ),
    ),
    "final_has": (
        "'{name}' is final and has a `{key}`",
        "'{name}' adalah keadaan akhir, tetapi memiliki `{key}`",
    ),
    "keep_one_or_two_states": (
        "keep one of them, or make two states",
        "pertahankan salah satu, atau jadikan dua keadaan",
    ),
    "task_and_gathering": (
        "'{name}' waits for a task and for a gathering",
        "'{name}' menunggu tugas sekaligus pengumpulan",
    ),
    "the_ways_out_of": ("the ways out of '{name}'", "jalan keluar dari '{name}'"),
    "a_task": ("a task", "tugas"),
    "who_does_the_task": ("who does the task", "pemegang tugas"),
    "offered_nowhere": (
        "'{name}' is offered in no open state",
        "'{name}' tidak tersedia pada satu pun keadaan yang terbuka",
    ),
    "offered_where_closed": (
        "'{key}' is offered in '{name}', where a case is closed",
        "'{key}' tersedia pada '{name}', padahal di sana kasus sudah ditutup",
    ),
    "put_under_anytime": (
        "put it under `anytime` of the whole definition",
        "tulis di bawah `anytime` untuk seluruh definisi",
    ),
    "offered_outside_phase": (
        "'{key}' of the phase '{owner}' is offered outside it, in '{name}'",
        "'{key}' milik fase '{owner}' tersedia di luarnya, pada '{name}'",
    ),
    "track_ends": (
        "the track '{name}' has {count} states `final: ended`, not one, to end in with its case",
        (
            "jalur '{name}' memiliki {count} keadaan `final: ended` untuk berakhir bersama kasusnya, "
            "seharusnya satu"
        ),
    ),
    "add_stopped": ("add `stopped: {final: ended}`", "tambahkan `stopped: {final: ended}`"),
    "form_filled_twice": (
        "the form '{form}' is filled in {filler} and in the track '{name}'",
        "formulir '{form}' diisi dalam {filler} dan dalam jalur '{name}'",
    ),
    "own_form": ("give each a form of its own", "beri masing-masing formulir tersendiri"),
    "the_transition": ("the transition '{name}'", "transisi '{name}'"),
    "where_it_is_offered": ("where it is offered", "tempat transisi tersedia"),
    "lead_elsewhere": (
        "let it lead elsewhere, or remove `at_most` and `then`",
        "arahkan ke tempat lain, atau hapus `at_most` dan `then`",
    ),
    "count_changes_nothing": (
        "'{name}' leads to '{to}' before and after `at_most`, so the count changes nothing",
        ("'{name}' menuju '{to}' sebelum dan sesudah `at_most`, sehingga hitungannya tidak mengubah apa pun"),
    ),
    "lead_to_state": (
        "let it lead to a state, or let a role act with `by` and stay",
        "arahkan ke suatu keadaan, atau biarkan suatu peran bertindak dengan `by` dan tetap di tempat",
    ),
    "would_stay": (
        "'{name}' would stay where its fact stays true, and so never be over",
        "'{name}' akan tetap di tempat selama faktanya benar, sehingga tidak pernah selesai",
    ),
    "a_named_journal": ("the journal", "jurnal"),
    "add_to": ("add `to: state`", "tambahkan `to: state`"),
    "keep_to_or_choose": ("keep either `to` or `choose`", "pertahankan `to` atau `choose`, salah satu saja"),
    "leads": ("'{key}' leads {where}", "'{key}' {where}"),
    "two_ways": ("two ways", "menuju ke dua arah"),
    "where_it_leads": ("where it leads", "tujuannya"),
    "split_transition": (
        "keep one, and write another transition for the other",
        "pertahankan satu, dan tulis transisi lain untuk yang lainnya",
    ),
    "several_triggers": (
        "'{name}' has {count} triggers: {names}",
        "'{name}' memiliki {count} pemicu: {names}",
    ),
    "who_may_act": ("who may act", "pihak yang boleh bertindak"),
    "when_it_happens": ("when it happens", "waktu terjadinya"),
    "a_moment": ("a moment", "suatu saat"),
    "remove_or_by": (
        "remove it, or let a role act with `by`",
        "hapus, atau biarkan suatu peran bertindak dengan `by`",
    ),
    "form_one_by_one": (
        "'{name}' has a form of its own, which is filled in anew for each case, so it is never done in bulk",
        (
            "'{name}' mempunyai formulir sendiri yang diisi baru untuk setiap kasus, sehingga tidak pernah "
            "dilakukan sekaligus"
        ),
    ),
    "happens_by_itself": (
        "'{name}' happens by itself (`{trigger}`), so nobody can give its `{key}`",
        (
            "'{name}' terjadi dengan sendirinya (`{trigger}`), sehingga tidak ada yang dapat "
            "memberikan `{key}`"
        ),
    ),
    "where_it_leads_after_that": ("where it leads after that", "tujuan sesudah itu"),
    "then_needs_cap": (
        "`then` says what happens once `at_most` is used up",
        "`then` menyebut apa yang terjadi setelah `at_most` habis",
    ),
    "add_cap": ("add `at_most: 2`, or remove `then`", "tambahkan `at_most: 2`, atau hapus `then`"),
    "would_stop_leading": (
        "'{key}' happens by itself and would stop leading anywhere",
        "'{key}' terjadi dengan sendirinya, lalu tidak akan menuju ke mana pun",
    ),
    "add_then": ("add `then: state`", "tambahkan `then: state`"),
    "task": ("task", "tugas"),
    "leads_nowhere_at_all": ("nowhere", "tidak menuju ke mana pun"),
}
