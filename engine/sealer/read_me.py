"""What stands in a pack for whoever opens it, in both languages."""

from __future__ import annotations

__all__ = ["READ_ME"]

_EN = """\
Evidence pack of Siklus
=======================

Log {origin}, {size} leaves when its views were made, root {root}.

What is evidence here
  entries.jsonl      the entries, each exactly as it was sealed; one a line
  checkpoint         how large the log is and its root, signed
  leaves.bin or proofs.jsonl, heads.jsonl   the proofs
  words.jsonl, erased.jsonl                 words that were handed out, and which were erased
  definitions/       the rules, by the digest that entries name
  verify.py          run it with a policy of your own: python3 -I verify.py PACK --policy POLICY
                     Better take it from a release than from here. Files of a pack prove nothing before it says so.

What is only a view
  views/log.xes          one trace for each case (XES, IEEE 1849-2016)
  views/log.ocel.json    events with cases, people, cycles, units and rules (OCEL 2.0)
  views/log.ocel.sqlite  the same
  views/entries.csv      a table, one row for each entry
  views/nets/            the net of each definition (PNML); a track's has its name behind the digest

  verify.py says whether the views are those that were handed out, by the hashes in the entry of the export. It does
  not say that they are right. `siklus audit views PACK` works them out again from the entries and compares.
  People are numbers; what they wrote is in none of the views. Events of a case that moved it have siklus:way, which
  is what the transitions of the net are called; replay those events, by their siklus:definition. The column
  hash is the chain value of an entry, SHA-256 of the byte 2 and the entry's bytes, in which the next one names it.
"""

_ID = """\
Paket bukti Siklus
==================

Log {origin}, {size} daun ketika tampilannya dibuat, akar {root}.

Yang merupakan bukti
  entries.jsonl      semua entri, persis seperti ketika disegel; satu per baris
  checkpoint         ukuran log dan akarnya, bertanda tangan
  leaves.bin atau proofs.jsonl, heads.jsonl  pembuktiannya
  words.jsonl, erased.jsonl                  kata-kata yang diserahkan, dan mana yang telah dihapus
  definitions/       aturan, menurut digest yang disebut entri
  verify.py          jalankan dengan kebijakan Anda sendiri: python3 -I verify.py PAKET --policy KEBIJAKAN
                     Lebih baik ambil dari rilis daripada dari sini. Sebelum ia menyatakannya, isi paket belum bukti.

Yang hanya tampilan
  views/log.xes          satu jejak untuk setiap kasus (XES, IEEE 1849-2016)
  views/log.ocel.json    peristiwa dengan kasus, orang, siklus, unit, dan aturan (OCEL 2.0)
  views/log.ocel.sqlite  sama isinya
  views/entries.csv      tabel, satu baris untuk setiap entri
  views/nets/            jaring setiap definisi (PNML); jaring sebuah jalur bernama jalur itu di belakang digest

  verify.py menyatakan apakah tampilan itu yang dahulu diserahkan, menurut hash dalam entri ekspor. Ia tidak
  menyatakan bahwa isinya benar. `siklus audit views PAKET` menyusunnya lagi dari entri dan membandingkan.
  Orang ditulis sebagai nomor; yang mereka tulis tidak ada dalam tampilan. Peristiwa yang memindahkan kasus memiliki
  siklus:way, yaitu nama transisi dalam jaring; putar ulang peristiwa itu menurut siklus:definition. Kolom hash
  adalah nilai rantai entri, SHA-256 dari bita 2 dan bita entri, yang disebut oleh entri sesudahnya.
"""

READ_ME = {"README.en.txt": _EN, "README.id.txt": _ID}
