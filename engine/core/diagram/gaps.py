"""What a definition says that the languages of other people's tools have no words for; told once each."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.definition import At, Definition, Label


def gaps(definition: Definition) -> Iterator[Label]:
    """One sentence for each thing that an export of the control flow leaves out or only names."""
    states = definition.states.values()
    ways = [way for state in states for way in state.transitions]
    tasks = [task for state in states if (task := state.task or state.gather) is not None]
    if any(isinstance(way.trigger, At) for way in ways):
        yield Label(
            id="Saat yang dihitung dengan hari kerja, masa, atau tenggat hanya disebut dengan kata-kata.",
            en="Moments that count working days, the period or a due time are only named in words.",
        )
    if any(task.due is not None for task in tasks) or any(phase.due for phase in definition.phases.values()):
        yield Label(
            id="Tenggat dan tangga pengingatnya tidak ikut: keduanya tidak memindahkan kasus.",
            en="Due times and their ladders are left out: they never move a case.",
        )
    if any(task.not_before is not None for task in tasks) or any(
        phase.not_before is not None for phase in definition.phases.values()
    ):
        yield Label(
            id="Awal yang ditunda (`not_before`) tidak ikut.",
            en="Delayed openings (`not_before`) are left out.",
        )
    if any(state.gather is not None for state in states):
        yield Label(
            id="Pengumpulan jawaban dan tanda tangan beberapa orang menjadi satu tugas.",
            en="Answers and signatures of several people become one task.",
        )
    if definition.grants:
        yield Label(id="Hak baca tidak ikut.", en="Who may read what is left out.")
    if definition.journals:
        yield Label(id="Catatan berkala (`journals`) tidak ikut.", en="Journals are left out.")
    if definition.tracks or definition.linked:
        yield Label(
            id="Kasus terkait, koreksi, dan jalur (`linked`, `tracks`) tidak ikut; hanya kasus ini yang digambarkan.",
            en="Linked cases, corrections and tracks are left out; this is the flow of the case itself.",
        )
    if definition.promises:
        yield Label(id="Janji (`promises`) tidak ikut.", en="Promises are left out.")
