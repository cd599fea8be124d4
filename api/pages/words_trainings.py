"""What the page of trainings says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

TRAINING_WORDS: Mapping[str, Label] = {
    "nav.trainings": Label(id="Pelatihan", en="Trainings"),
    "trainings.title": Label(id="Pelatihan", en="Trainings"),
    "trainings.lead": Label(
        id="Pelatihan yang dikenal aturan yang berlaku: bagaimana diperoleh, untuk apa, dan siapa yang memilikinya hari"
        " ini.",
        en="The trainings that the rules in force know: how each is gained, what it is for, and who has it today.",
    ),
    "trainings.none": Label(
        id="Aturan yang berlaku tidak mengenal pelatihan.", en="The rules in force know no training."
    ),
    "trainings.name": Label(id="Nama dalam data pegawai", en="Its name in the people file"),
    "trainings.gain": Label(id="Cara memperoleh", en="How it is gained"),
    "trainings.use": Label(id="Untuk apa", en="What it is for"),
    "trainings.holders": Label(id="Pemilik", en="Who has it"),
    "trainings.mine": Label(id="Anda", en="You"),
    "trainings.gained": Label(
        id="Catatan dalam “{journal}” ({rules}) bila {when}; {lasts}",
        en="An entry in “{journal}” ({rules}) where {when}; {lasts}",
    ),
    "trainings.only_file": Label(id="Hanya lewat data pegawai", en="By the people file alone"),
    "trainings.lasts": Label(id="berlaku {span}", en="it counts for {span}"),
    "trainings.for_good": Label(id="tanpa batas waktu", en="for good"),
    "trainings.since": Label(id="sejak {day}", en="since {day}"),
    "trainings.by_file": Label(id="menurut data pegawai", en="by the people file"),
    "trainings.until": Label(id="sampai {day}", en="until {day}"),
    "trainings.lets": Label(id="Menjadi {role} dalam {rules}", en="Serving as {role} in {rules}"),
    "trainings.record": Label(
        id="Tercatat; tidak disyaratkan untuk peran mana pun", en="On record; no role asks for it"
    ),
    "trainings.not_mine": Label(id="Belum Anda miliki", en="You do not have it"),
    "trainings.nobody": Label(id="Belum ada", en="Nobody yet"),
}
