"""What pages say about bringing rules into force, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

PUBLICATION_WORDS: Mapping[str, Label] = {
    "publication.proposed": Label(id="Diusulkan", en="Proposed"),
    "publication.published": Label(id="Diberlakukan", en="In force"),
    "publication.withdrawn": Label(id="Ditarik kembali", en="Withdrawn"),
    "publication.since": Label(id="berlaku sejak {day}", en="holds from {day}"),
    "publication.demo": Label(
        id="oleh demo sendiri, tanpa persetujuan siapa pun", en="by the demo itself, approved by nobody"
    ),
    "publication.agency": Label(id="Dengan angka {agency}", en="With the numbers of {agency}"),
    "publication.by": Label(id="oleh {name}", en="by {name}"),
    "publication.look": Label(id="Periksa dan setujui", en="Look at it and approve"),
    "publication.approve": Label(id="Setujui dan berlakukan", en="Approve and bring into force"),
    "publication.withdraw": Label(id="Tarik usulan ini", en="Take this proposal back"),
    "publication.effective": Label(id="Berlaku sejak tanggal", en="Holds from"),
    "publication.reason": Label(id="Alasan", en="Reason"),
    "publication.remarks": Label(id="Catatan pemeriksaan:", en="What the checks remarked:"),
    "publication.no_reason": Label(id="Alasan wajib diisi.", en="A reason is needed."),
    "publication.no_day": Label(
        id="Isi tanggal mulai berlaku.",
        en="Fill in the day it holds from.",
    ),
    "publication.done_approve": Label(
        id="Aturan ini disetujui. Siklus dapat diluncurkan dengannya sejak tanggal berlakunya.",
        en="These rules are approved. Cycles can be launched with them from that day on.",
    ),
    "publication.done_withdraw": Label(id="Usulan ditarik kembali.", en="The proposal was taken back."),
}
