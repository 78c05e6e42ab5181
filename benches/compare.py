#!/usr/bin/env python3
"""Compares start-up, latency and memory with other programs, from outside; prints a Markdown table.

    benches/compare.py [--runs N] [--program target/release/papers-tui] [LOG...]

Each program that is installed opens each log on a pseudo-terminal of 120 x 40. The programs take
turns, so that other load on the machine affects them all. The table has medians:

  start   from exec until the wanted text has been written, in ms
  key     from a key until the output stops, in ms
  memory  peak memory of the process and its children, in MiB

Without a log, logs of 0.2, 10 and 100 MB are made. A program that takes longer than --limit seconds
to start on a log is left out from then on.
"""
import argparse
import fcntl
import os
import platform
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time

WANTED = "Gnus at Rest"
# Name, command, and the key that moves down.
OTHERS = [
    ("less", ["less", "{}"], b"\x1b[B"),
    ("vim", ["vim", "-u", "NONE", "-N", "{}"], b"j"),
    ("glow", ["glow", "-p", "{}"], b"j"),
    ("mdfried", ["mdfried", "{}"], b"j"),
    ("treemd", ["treemd", "{}"], b"j"),
    ("frogmouth", ["frogmouth", "{}"], b"\x1b[B"),
]
ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[P_^X][^\x1b]*\x1b\\|[()][A-Z0-9]|.)")
# Queries that programs send to a terminal at the start, and the replies.
ANSWERS = [(b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[0c", b"\x1b[?62;22c"), (b"\x1b[6n", b"\x1b[1;1R"),
           (b"\x1b[5n", b"\x1b[0n"), (b"\x1b[16t", b"\x1b[6;20;10t"),
           (b"\x1b]11;?", b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\")]
# Silence in seconds after which a key has been answered, and after which a program has loaded: until then, some show
# their progress several times a second.
STILL = 0.05
QUIET = 0.5


def make(path, size):
    """Writes a log like the sample, of about `size` bytes."""
    with open(path, "w", encoding="utf-8") as out:
        written = out.write("# pending list\n\n- [ ] Gnus at Rest\n\n")
        number = 0
        while written < size:
            number += 1
            year, month, day = 2031 - number // 300, 12 - number // 25 % 12, 28 - number % 25
            points = "".join(f"- 第 {n} 点：鸟在夜里看得见, as {n * number} owls have said.\n" for n in range(8))
            written += out.write(f"# {year}.{month}.{day}\n\n《Emus at Work {number}》\n\n2031.5 一篇文章，要点：\n\n{points}\n")


class Run:
    """A program in its own terminal."""

    def __init__(self, command, home):
        self.begun = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            env = dict(os.environ, TERM="xterm-256color", XDG_STATE_HOME=home, XDG_CONFIG_HOME=home)
            os.execvpe(command[0], command, env)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.text = b""

    def read(self, seconds):
        """Reads output and replies to queries; returns b"" if none comes in time."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            got = os.read(self.terminal, 1 << 16)
        except OSError:
            return b""
        for question, answer in ANSWERS:
            if question in got:
                os.write(self.terminal, answer)
        self.text += got
        return got

    def shows(self, wanted, limit):
        """Milliseconds until a text was written; None if it was not within `limit` seconds."""
        words = wanted.encode().split()
        while time.perf_counter() - self.begun < limit:
            if self.read(0.2):
                now = time.perf_counter()
                if all(word in ESCAPES.sub(b"", self.text) for word in words):
                    return (now - self.begun) * 1000
        return None

    def still(self):
        while self.read(QUIET):
            pass

    def press(self, key):
        begun = last = time.perf_counter()
        os.write(self.terminal, key)
        while self.read(STILL):
            last = time.perf_counter()
        return (last - begun) * 1000

    def memory(self):
        """Peak memory of the process and its children, in MiB, once it stops growing."""
        before, now = -1.0, self.peak()
        while now > before:
            before = now
            until = time.perf_counter() + 1.0
            while (left := until - time.perf_counter()) > 0:
                self.read(left)
            now = self.peak()
        return now

    def peak(self):
        total = 0
        for pid in [str(self.pid), *children(self.pid)]:
            try:
                status = open(f"/proc/{pid}/status", encoding="utf-8").read()
            except OSError:
                continue
            peak = re.search(r"VmHWM:\s+(\d+)", status)
            total += int(peak.group(1)) if peak else 0
        return total / 1024

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def children(pid):
    try:
        found = open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8").read().split()
    except OSError:
        return []
    return found + [below for child in found for below in children(child)]


def measure(command, key, limit):
    with tempfile.TemporaryDirectory() as home:
        run = Run(command, home)
        try:
            start = run.shows(WANTED, limit)
            if start is None:
                return None
            run.still()
            # Keys come last: a program may still be loading the rest of the log.
            memory = run.memory()
            keys = [run.press(key) for _ in range(10)]
            return start, statistics.median(keys), max(memory, run.peak())
        finally:
            run.end()


def version(program):
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    numbers = re.search(r"\d+(\.\d+)+", said.stdout + said.stderr)
    return numbers.group(0) if numbers else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--limit", type=float, default=10.0)
    parser.add_argument("--program", default="target/release/papers-tui")
    parser.add_argument("logs", nargs="*")
    args = parser.parse_args()
    programs = [("papers-tui", [os.path.abspath(args.program), "{}"], b"j")]
    programs += [other for other in OTHERS if shutil.which(other[1][0])]
    with tempfile.TemporaryDirectory() as folder:
        logs = args.logs
        if not logs:
            sizes = {"0.2 MB": 200_000, "10 MB": 10_000_000, "100 MB": 100_000_000}
            logs = [os.path.join(folder, f"{name}.md") for name in sizes]
            for path, size in zip(logs, sizes.values()):
                make(path, size)
        table = {name: [] for name, *_ in programs}
        slow = set()
        for log in logs:
            runs = {name: [] for name, *_ in programs}
            for _ in range(args.runs):
                for name, command, key in programs:
                    if name in slow:
                        continue
                    found = measure([part.format(log) for part in command], key, args.limit)
                    if found is None:
                        slow.add(name)
                    else:
                        runs[name].append(found)
            for name, *_ in programs:
                medians = [statistics.median(column) for column in zip(*runs[name])] if runs[name] else None
                table[name].append(medians)
    names = [os.path.splitext(os.path.basename(log))[0] for log in logs]
    print(f"{platform.system()} {platform.release()}, {os.cpu_count()} processors; start · key · memory\n")
    print("| | " + " | ".join(names) + " |\n|---" + "|---" * len(names) + "|")
    for name, command, _ in programs:
        cells = ["–" if it is None else f"{it[0]:.1f} ms · {it[1]:.1f} ms · {it[2]:.0f} MiB" for it in table[name]]
        print(f"| {name} {version(command[0])} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
