"""What pages say of gatherings: answers asked of several people, and signatures under one text."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

GATHERING_WORDS: Mapping[str, Label] = {
    "gather.progress": Label(id="Pengumpulan", en="Gathering"),
    "gather.waiting": Label(id="{progress}; menunggu {names}", en="{progress}; waiting for {names}"),
    "gather.answer": Label(id="{roles} menjawab, masing-masing sekali", en="{roles} answer, each once"),
    "gather.sign": Label(id="{roles} menandatangani {text}", en="{roles} sign {text}"),
    "gather.unnamed": Label(
        id="tanpa nama, hanya bila sekurangnya {count} menjawab",
        en="without names, and only if at least {count} answer",
    ),
    "gather.binds": Label(
        id="Tanda tangan Anda mengikat naskah ini (sidik {digest}). Bila naskah berubah, tanda tangan gugur dan Anda"
        " diminta lagi.",
        en="Your signature binds this text (digest {digest}). If the text is changed, it lapses and you are asked"
        " again.",
    ),
    "gather.no_text": Label(id="Belum ada naskah untuk ditandatangani.", en="There is no text to sign yet."),
    "gather.lapses": Label(
        id="Perubahan membatalkan semua tanda tangan; penandatangannya diberi tahu.",
        en="A change lapses every signature; the signers are told.",
    ),
    "gather.promise": Label(
        id="Jawaban Anda disimpan tanpa nama dan tanpa urutan waktu, dan hanya ditampilkan bila sekurangnya {count}"
        " orang menjawab. Setelah dikirim, Anda sendiri pun tidak dapat melihat atau mengubahnya.",
        en="Your answer is kept without a name and in no order of time, and is shown only if {count} or more people"
        " answer. Once it is sent, not even you can see or change it.",
    ),
    "gather.own_words": Label(
        id="Tulisan Anda sendiri dapat mengungkap siapa Anda: jangan sebut nama atau kejadian yang hanya Anda ketahui.",
        en="Your own words may tell who you are: write no name and nothing that only you can know.",
    ),
    "gather.own": Label(id="Jawaban Anda", en="Your answer"),
    "gather.signed": Label(id="Anda sudah menandatangani naskah ini.", en="You have signed this text."),
    "gather.answered": Label(id="Anda sudah menjawab.", en="You have answered."),
    "gather.declined": Label(id="Anda tidak bersedia menjawab.", en="You declined to answer."),
    "gather.of": Label(id="Jawaban {number} dari {count}", en="Answer {number} of {count}"),
    "gather.not_enough": Label(
        id="Jawaban tidak cukup untuk ditampilkan: {answered} dari {asked}.",
        en="Not enough answers to be shown: {answered} of {asked}.",
    ),
}
