"""What the page of parked cases says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

PARKED_WORDS: Mapping[str, Label] = {
    "nav.parked": Label(id="Kasus tertahan", en="Parked cases"),
    "parked.title": Label(id="Kasus yang tertahan", en="Parked cases"),
    "parked.lead": Label(
        id="Yang seharusnya terjadi dengan sendirinya di kasus-kasus ini gagal. Kasus lain tidak terganggu."
        " Siklus mencobanya lagi makin jarang; orang tetap dapat bertindak di dalamnya.",
        en="What should have happened by itself in these cases failed. No other case is held up."
        " Siklus tries again less and less often; people can still act in them.",
    ),
    "parked.none": Label(id="Tidak ada kasus yang tertahan.", en="No case is parked."),
    "parked.since": Label(id="Gagal sejak", en="Failing since"),
    "parked.times": Label(id="Percobaan", en="Attempts"),
    "parked.until": Label(id="Dicoba lagi", en="Tried again"),
    "parked.why": Label(id="Sebab", en="Why"),
    "parked.now": Label(id="segera", en="at once"),
    "parked.try": Label(id="Coba sekarang", en="Try now"),
    "parked.done": Label(
        id="Kasus itu dicoba lagi pada denyut berikutnya.", en="The case is tried again with the next beat."
    ),
}
