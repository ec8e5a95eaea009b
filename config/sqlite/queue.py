"""The queue of writers: one lock over all threads and processes that write to one SQLite file.

SQLite's own busy handler is unfair: among eight writers one can wait for seconds while the others overtake it. Here the
threads of a process stand in line first come, first served; between processes two file locks make a turnstile: whoever
waits for the write lock holds the gate, so a process that has just written must let the other one pass.
"""

import fcntl
import os
import threading
import time
from collections import deque
from pathlib import Path

# A file lock cannot be waited for with a limit, so it is looked at; the longer one waits, the more often.
LONGEST_PAUSE = 0.004
SHORTEST_PAUSE = 0.0002


class QueueTimeout(Exception):
    """The turn did not come within the time allowed."""


class FileLock:
    """An advisory lock that the kernel drops when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock if it is free."""
        if self.descriptor is None:
            self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let the next process have it."""
        if self.descriptor is not None:
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def forget(self) -> None:
        """Close the descriptor: after a fork it would share its lock with the parent."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


class WriteQueue:
    """The line in front of one database file; `path` is None for a database in memory."""

    def __init__(self, path: Path | None) -> None:
        self.line: deque[threading.Event] = deque()
        self.mutex = threading.Lock()
        self.gate = FileLock(path.with_name(path.name + "-gate")) if path else None
        self.write = FileLock(path.with_name(path.name + "-write")) if path else None

    def acquire(self, timeout: float) -> None:
        """Wait for the turn of this thread and then of this process."""
        deadline = time.monotonic() + timeout
        turn = threading.Event()
        with self.mutex:
            self.line.append(turn)
            if len(self.line) == 1:
                turn.set()
        try:
            if not turn.wait(timeout):
                raise QueueTimeout
            self._pass_turnstile(deadline)
        except BaseException:
            self._leave(turn)
            raise

    def release(self) -> None:
        """End the turn; the next in line goes on."""
        if self.write:
            self.write.release()
        self._leave(self.line[0])

    def _pass_turnstile(self, deadline: float) -> None:
        if not (self.gate and self.write):
            return
        self._look_until_free(self.gate, deadline)
        try:
            self._look_until_free(self.write, deadline)
        finally:
            self.gate.release()

    def _look_until_free(self, lock: FileLock, deadline: float) -> None:
        begun = time.monotonic()
        while not lock.try_acquire():
            now = time.monotonic()
            if now >= deadline:
                raise QueueTimeout
            time.sleep(max(SHORTEST_PAUSE, LONGEST_PAUSE - (now - begun) / 8))

    def _leave(self, turn: threading.Event) -> None:
        with self.mutex:
            was_first = self.line[0] is turn
            self.line.remove(turn)
            if was_first and self.line:
                self.line[0].set()

    def start_afresh(self) -> None:
        """In a forked child nobody stands in line and no lock is held."""
        self.line = deque()
        self.mutex = threading.Lock()
        for lock in (self.gate, self.write):
            if lock:
                lock.forget()


_queues: dict[str, WriteQueue] = {}
_queues_mutex = threading.Lock()


def queue_for(name: str, *, in_memory: bool) -> WriteQueue:
    """The one queue of this process for a database."""
    key = name if in_memory else str(Path(name).resolve())
    with _queues_mutex:
        if key not in _queues:
            _queues[key] = WriteQueue(None if in_memory else Path(key))
        return _queues[key]


def _after_fork() -> None:
    global _queues_mutex
    _queues_mutex = threading.Lock()
    for queue in _queues.values():
        queue.start_afresh()


os.register_at_fork(after_in_child=_after_fork)
