"""What pages say about promises, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

PROMISE_WORDS: Mapping[str, Label] = {
    "nav.promises": Label(id="Janji", en="Promises"),
    "promises.title": Label(id="Janji aturan", en="Promises of the rules"),
    "promises.lead": Label(
        id="Apa yang dijanjikan aturan, dan pada berapa kasus janji itu ditepati.",
        en="What the rules promise, and on how many cases it is kept.",
    ),
    "promises.promise": Label(id="Janji", en="Promise"),
    "promises.rule": Label(id="Aturan", en="Rules"),
    "promises.standing": Label(id="Keadaan", en="Standing"),
    "promises.none": Label(id="Tidak ada kasus dengan keadaan ini.", en="No case stands like that."),
    "promises.empty": Label(
        id="Aturan yang berlaku belum menjanjikan apa pun tentang kasus yang ada.",
        en="The rules in force promise nothing yet about the cases there are.",
    ),
    "promises.of_case": Label(id="Janji tentang kasus ini", en="Promises about this case"),
    "promises.evidence": Label(id="lihat kejadian nomor {entry}", en="see entry number {entry}"),
    "promises.look": Label(id="Periksa janji ini", en="Look at this promise"),
    "promises.done_about": Label(id="Apa yang sudah dilakukan", en="What was done about it"),
    "promises.say": Label(id="Nyatakan sudah diperiksa", en="Say it was looked at"),
    "promises.done": Label(
        id="Tercatat: janji ini sudah diperiksa.", en="Recorded: this promise was looked at."
    ),
}
