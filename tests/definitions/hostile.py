"""Reads hostile definitions under an audit hook; a program of its own, because a hook can never be taken away again.

Arguments: how many definitions, and the seed. Prints one line for each thing that went wrong, and `read N` at the end.
"""

import random
import sys
import threading
import time
from pathlib import Path

from engine.core.conditions import Kind, compile_condition
from engine.core.machine import compile_machine
from engine.core.parse import problems, read
from engine.core.places import Problem
from engine.errors import DefinitionInvalid

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "workflows"
#: What reading a text never needs. `compile` and `exec` would make code of it; the rest leaves the process.
FORBIDDEN = (
    "import", "open", "exec", "compile", "os.",
    "subprocess.", "socket.", "ctypes.", "shutil.", "tempfile.", "glob.",
    "urllib.", "http.", "ftplib.", "smtplib.", "sqlite3.", "pickle.", "marshal.", "code.", "pty.", "webbrowser.",
    "signal.", "winreg.", "syslog.", "builtins.input",
)  # fmt: skip
#: The CEL library looks for protobuf, which is not installed, whenever it makes an environment: its own habit, the
#: same for every definition.
HABIT = ("google", "google.protobuf", "google.protobuf.descriptor_pool")
SLOWEST = 3.0  # seconds of processor time for one definition, on a machine that is busy with other things
PAYLOADS = (
    "!!python/object/apply:os.system ['touch hostile']",
    "!!python/name:os.system", "!<tag:yaml.org,2002:python/x> a",
    "&a [*a, *a]", "*a", "<<: *a",
    "__import__('os').system('true')", "os.system", "{{ 7 * 7 }}", "${HOME}", "%s%s%s%n",
    "../../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "engine.clock.SystemClock", "lambda: 1",
    "'a' + 'a'", "[1, 2, 3].map(x, [1, 2, 3].map(y, x * y))", "plan.results.all(r, r.weight > 0)", "1/0 == 1/0",
    "(" * 5_000, "[" * 3_000, "{a: " * 3_000, "!" * 5_000 + "true", "a" * 60_000, "9" * 60_000,
    "999999999999999 working days",     "1..9" * 2_000, "day 99 of month 99 after period.to",
    "29 February", "0000-00-00", "\t\t", "\x00",
    "\u2028", "\ud7ff", "\uff41", "e\u0301" * 500,
    "- " * 2_000, "? " * 500, "|2147483648\n x", "%YAML 9.9\n---", "---\n...\n---",
    "(((a|b)*c)*d)*" * 500, "weights == 100 || " * 200 + "true", "weights in [" + "1, " * 5_000 + "1]",
    "9 years before due", "5 working days after " * 300 + "due", "<weights>" * 3_000, "true", "~", "",
    "{}", "[]", "0x10",
)  # fmt: skip


def corpus():
    """Every definition of the repository with its texts."""
    found = []
    for folder in (SHIPPED, HERE):
        for path in sorted(folder.glob("*.yaml")):
            texts = path.with_name(f"{path.stem}.texts.yaml")
            if texts.exists():
                found.append((path.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8")))
    assert found
    return found


def spoil(text, chance):
    """A text with one to four hostile changes."""
    for _ in range(chance.randint(1, 4)):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                lines[at] = chance.choice(PAYLOADS)
            case 1:
                key, colon, _ = lines[at].partition(":")
                lines[at] = f"{key}{colon} {chance.choice(PAYLOADS)}"
            case 2:
                lines[at] = lines[at].replace(chance.choice(" :{},[]'\""), chance.choice(PAYLOADS), 1)
            case 3:
                del lines[at : at + chance.randint(1, 30)]
            case 4:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 5:
                lines[at:at] = lines[at : at + chance.randint(1, 5)] * chance.randint(1, 20)
            case _:
                where = chance.randrange(len(text) or 1)
                return text[:where] + chance.choice(PAYLOADS) + text[where + chance.randint(0, 40) :]
        text = "\n".join(lines)
    return text


def swallow(rules, texts):
    """All that happens to a definition before anybody has agreed to it."""
    found = problems(rules, texts)
    assert all(
        isinstance(one, Problem) and one.told("id") and one.told("en") and one.mark.line >= 1 for one in found
    )
    for one in found:
        str(one)
    try:
        definition = read(rules, texts)
    except DefinitionInvalid as invalid:
        str(invalid)
        return
    compile_machine(definition)


def main(count, seed):
    known = corpus()
    for rules, texts in known:
        swallow(rules, texts)  # whatever is imported on first use is imported now
    swallow("a: [", "b: ]")
    compile_condition("a == 1", {"a": Kind("int")})
    # Looked for by name only: a finder would list the working tree anew whenever somebody writes a file in it.
    sys.modules["google"] = None
    watching = threading.get_ident()
    seen = []

    def hook(event, arguments):
        if event == "import" and arguments[0] in HABIT:
            return
        if threading.get_ident() == watching and event.startswith(FORBIDDEN):
            seen.append(f"{event} {str(arguments)[:120]}")
            message = f"reading a definition did this: {event}"
            raise PermissionError(message)

    chance = random.Random(seed)
    plans = []
    for _ in range(count):
        rules, texts = chance.choice(known)
        spoiled = chance.random() < 0.8
        plans.append((spoil(rules, chance) if spoiled else rules, texts if spoiled else spoil(texts, chance)))
    sys.addaudithook(hook)
    for number, (rules, texts) in enumerate(plans):
        began = time.process_time()
        try:
            swallow(rules, texts)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not have happened
            sys.stdout.write(
                f"definition {number} of seed {seed}: {type(error).__name__}: {str(error)[:200]}\n"
            )
        took = time.process_time() - began
        if took > SLOWEST:
            sys.stdout.write(f"definition {number} of seed {seed}: {took:.1f} s of processor time\n")
    for one in seen:
        sys.stdout.write(f"did what reading never needs: {one}\n")
    sys.stdout.write(f"read {len(plans)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
