"""What the page of outages says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

OUTAGE_WORDS: Mapping[str, Label] = {
    "outages.title": Label(id="Gangguan layanan", en="Outages"),
    "outages.lead": Label(
        id="Bila suatu unit tidak dapat bekerja, hitungan tenggat semua kasusnya berhenti dengan satu tindakan."
        " Hari yang hilang dikembalikan, juga bila gangguan baru dicatat sesudah selesai.",
        en="When a unit cannot work, the due days of all its cases stand still in one act."
        " The days that are lost are given back, also when the outage is recorded after it is over.",
    ),
    "outages.none": Label(id="Belum pernah ada gangguan yang dicatat.", en="No outage has been recorded."),
    "outages.unit": Label(id="Unit", en="Unit"),
    "outages.all": Label(id="Seluruh instansi", en="The whole agency"),
    "outages.first": Label(id="Hari pertama yang hilang", en="First day that was lost"),
    "outages.last": Label(id="Hari terakhir yang hilang", en="Last day that was lost"),
    "outages.last_hint": Label(
        id="Kosongkan selama gangguan masih berlangsung.", en="Leave it empty while the outage lasts."
    ),
    "outages.from": Label(id="Sejak", en="From"),
    "outages.to": Label(id="Sampai", en="Until"),
    "outages.cases": Label(id="Kasus", en="Cases"),
    "outages.by": Label(id="Dicatat oleh", en="Recorded by"),
    "outages.operator": Label(id="pengelola sistem", en="the system's operator"),
    "outages.lasts": Label(id="masih berlangsung", en="still lasts"),
    "outages.declare": Label(id="Catat gangguan", en="Record an outage"),
    "outages.end": Label(id="Gangguan ini selesai", en="This outage is over"),
    "outages.no_day": Label(
        id="Isi hari pertama dengan lengkap; hari terakhir boleh kosong.",
        en="Fill in the first day; the last one may be empty.",
    ),
    "outages.bad_days": Label(
        id="Hari itu tidak cocok: hari pertama paling lambat hari ini dan paling lama sebulan yang lalu, hari terakhir"
        " tidak sebelum yang pertama dan tidak sesudah hari ini.",
        en="These days do not fit: the first is today at the latest and a month ago at the earliest, the last is not"
        " before the first and not after today.",
    ),
    "outages.lasts_already": Label(
        id="Gangguan unit ini sudah dicatat dan masih berlangsung, atau sudah selesai.",
        en="An outage of this unit is recorded already and still lasts, or it is over already.",
    ),
    "outages.done_begun": Label(
        id="Gangguan dicatat; hitungan tenggat {count} kasus berhenti.",
        en="The outage is recorded; the due days of {count} cases stand still.",
    ),
    "outages.done_begun_one": Label(
        id="Gangguan dicatat; hitungan tenggat 1 kasus berhenti.",
        en="The outage is recorded; the due days of one case stand still.",
    ),
    "outages.done_given": Label(
        id="Gangguan dicatat; {count} kasus mendapat kembali hari yang hilang.",
        en="The outage is recorded; {count} cases got back the days that were lost.",
    ),
    "outages.done_given_one": Label(
        id="Gangguan dicatat; 1 kasus mendapat kembali hari yang hilang.",
        en="The outage is recorded; one case got back the days that were lost.",
    ),
    "outages.done_ended": Label(
        id="Gangguan selesai; tenggat {count} kasus dihitung lagi.",
        en="The outage is over; the due days of {count} cases count again.",
    ),
    "outages.done_ended_one": Label(
        id="Gangguan selesai; tenggat 1 kasus dihitung lagi.",
        en="The outage is over; the due days of one case count again.",
    ),
}
