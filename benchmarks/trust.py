"""What trust costs: log and words sealed, receipts, verifying with one process and two, both reports, rows replayed.

    python -m benchmarks.trust [--cases 2500] [--jobs 2]

One life of the model's definition is lived by many cases, whose entries come in turn as they do in a log. Ratios are to
what nobody can spare, measured in the same run: each entry unpacked, its JSON read, its bytes hashed twice. Figures
hold on this machine, by the processor time of whichever process was busiest: what the clock shows where each process
has a processor of its own. Exit code 1 if one is below its target.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from engine import verify
from engine.core.audit import START, chain, entry
from engine.core.codec import canonical, decode
from engine.core.machine import Machine
from engine.core.parse import reopen
from engine.core.replaying import Rebuilt
from engine.core.sealing.checkpoints import Checkpoint
from engine.core.sealing.notes import ED25519, Note
from engine.core.sealing.receipts import Receipt
from engine.keys import Keys, sign
from engine.sealer import Keyring, Memory, Sealer
from engine.signing_keys import SigningKey
from engine.store import Database
from engine.store.texts import texts
from engine.store.word_keys import WordKeys
from tests.lawful.lives import honest
from tests.worlds import calendar, machine

#: entries a second
TARGETS = {"sealing": 20_000, "verified by two": 50_000, "judged by one": 10_000, "rows replayed": 10_000}
ORIGIN = "bench.example/log"
_ROUNDS = 3


def lives(cases: int) -> list[bytes]:
    """The entries of so many cases in turn, properly chained, and the one that tells of the export."""
    heads = [START] * cases
    made = []
    for seq, told in enumerate(honest(), 1):
        for number in range(cases):
            own = {"seq": seq, "prev": heads[number], "case": f"c-{number}", "stream": f"case/c-{number}"}
            made.append(canonical(told | own))
            heads[number] = chain(made[-1])
    export = entry("log", 1, START, "exported", 0, {"whole": True, "streams": [], "words": False})
    return [*made, export.body]


def packed(bodies: list[bytes], path: Path) -> bytes:
    """A pack of a whole log of these entries; the policy of somebody who trusts it."""
    key = SigningKey.of(ORIGIN, ED25519, bytes(range(32)))
    leaves, tree = [verify.leaf_hash(one) for one in bodies], verify.Tree()
    for leaf in leaves:
        tree.add(leaf)
    point = Checkpoint(origin=ORIGIN, size=len(bodies), root=tree.root)
    manifest = {"v": 1, "whole": True, "streams": [], "words": False, "origin": ORIGIN, "size": len(bodies)}
    source, days = model().definition.source, calendar().days_told()
    files = {
        "manifest.json": canonical(manifest),
        "checkpoint": str(key.signed(Note(text=point.text, signatures=()), point, 0)).encode(),
        "entries.jsonl": b"".join(one + b"\n" for one in bodies),
        "leaves.bin": b"".join(leaves),
        f"definitions/{hashlib.sha256(bytes([3]) + source).hexdigest()}.json": source,
        f"calendars/{calendar().version.rpartition(':')[2]}.json": days,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return f"log {key.public}\nquorum none\n".encode()


def model() -> Machine:
    """The machine of the model's definition."""
    return machine("tests/model/steered")


def busiest() -> tuple[float, float]:
    """Processor seconds so far of this process, and of its children that have ended."""
    told = os.times()
    return told.user + told.system, told.children_user + told.children_system


def rate(work: Callable[[], object], count: int, others: int = 0) -> float:
    """How many a second, the best of some rounds; so many children share what is not done here."""
    best = 0.0
    for _ in range(_ROUNDS):
        mine, theirs = busiest()
        work()
        here, there = busiest()
        best = max(best, count / max(here - mine, (there - theirs) / max(1, others)))
    return best


def unspared(path: Path) -> None:
    """What nobody who verifies can spare."""
    with zipfile.ZipFile(path) as pack, pack.open("entries.jsonl") as lines:
        for line in lines:
            body = line[:-1]
            json.loads(body)
            verify.leaf_hash(body)
            chain(body)


def sealing(folder: Path, count: int) -> float:
    """Entries a second that a sealer appends and signs, on SQLite."""
    with Database.create(str(folder / "siklus.db"), "real") as database:
        keyring = Keyring(folder / "siklus-log.key")
        keyring.make(ORIGIN)
        sealer = Sealer(database, keyring, Memory(folder / "siklus-log.signed"), ORIGIN)
        sealer.seal(1)
        with database.write() as unit:
            rows, prev = [], START
            for seq in range(1, count + 1):
                one = entry("people", seq, prev, "imported", seq, {"rows": seq, "unit": "Dinas Uji" * 40})
                rows.append((one.stream, one.seq, one.kind, one.at, one.body, one.prev, one.hash))
                prev = one.hash
            unit.driver.run_many(texts(unit.driver.kind).entries, rows)
        began = time.process_time()
        done = sealer.seal(count)
        assert done.added >= count, done.problems[:2]
        return count / (time.process_time() - began)


def receipts() -> float:
    """Receipts a second: the text and its signature."""
    key = SigningKey.of(f"{ORIGIN}/receipts", ED25519, bytes(range(32)))
    told = Receipt(log=ORIGIN, stream="case/c-1", seq=7, hash="ab" * 32, at="2026-01-31T16:00:00.000000Z")

    def some() -> None:
        for _ in range(1_000):
            sign(ED25519, key.seed, told.text.encode())

    return rate(some, 1_000)


def words(folder: Path) -> dict[str, float]:
    """Forms a second that are sealed, each with the key of its case, and opened again a thousand at a time."""
    keys = WordKeys(folder / "words.keys", Keys(folder / "siklus.key"))
    keys.make()
    names = [f"c-{number}/forms" for number in range(1_000)]
    keys.ready(names)
    form = canonical({"plan": [{"title": "Hasil kerja " * 8, "weight": weight} for weight in range(8)]})
    stored = [keys.seal(one, form) for one in names]
    assert keys.opened(stored) == [form] * len(names)
    again = range(20)
    sealed = rate(lambda: [keys.seal(one, form) for _ in again for one in names], len(again) * len(names))
    opened = rate(lambda: [keys.opened(stored) for _ in again], len(again) * len(names))
    keys.close()
    return {"words sealed": sealed, "words opened": opened}


def replayed(bodies: list[bytes], cases: int) -> None:
    """Every case rebuilt from its entries."""
    definition = reopen(model().definition.source)
    for number in range(cases):
        rebuilt = Rebuilt(definition)
        for body in bodies[number:-1:cases]:
            rebuilt.take(decode(body), chain(body))


def main() -> int:
    """Measure and print; the number to exit with."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust", description=__doc__)
    parser.add_argument("--cases", type=int, default=2_500)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    bodies = lives(asked.cases)
    count = len(bodies)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pack = folder / "pack.zip"
        policy = packed(bodies, pack)
        verdict, law = verify.verify(str(pack), policy, None), verify.lawful_of(str(pack))
        assert (verdict.code, law.code) == (verify.VERIFIED, 0), (verdict.reasons, law.lines()[:9])
        figures = {"unspared": rate(lambda: unspared(pack), count)}
        for told, jobs in (("one", 1), ("two", asked.jobs)):
            first = partial(verify.verify, str(pack), policy, None, (), (), jobs)
            figures[f"verified by {told}"] = rate(first, count, jobs - 1)
            figures[f"judged by {told}"] = rate(partial(verify.lawful_of, str(pack), jobs), count, jobs - 1)
        figures["rows replayed"] = rate(lambda: replayed(bodies, asked.cases), count)
        figures["sealing"] = sealing(folder, count)
        figures["receipts"] = receipts()
        figures |= words(folder)
    print(f"{count:,} entries of {sum(map(len, bodies)) // count} bytes, {asked.cases:,} cases")
    below = 0
    for what, one in figures.items():
        target = TARGETS.get(what, 0)
        below += one < target
        wanted = f"  target {target:,}{'' if one >= target else ': BELOW'}" if target else ""
        print(f"{what:18}{one:10,.0f} a second {one / figures['unspared']:7.2f} of unspared{wanted}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
