"""What a living process has in its hands: locks of the operating system, which end with the process, however it ends.

A worker that is killed writes nothing down; nobody has to wait until it has surely been long enough.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

#: The role of the process that does what is queued.
WORKER = "worker"
#: Somebody who only looks has the lock for a moment.
LOOKS, PAUSE = 20, 0.05


@contextmanager
def taken(what: str) -> Iterator[bool]:
    """True while the block runs and this process alone has it; False where a living process has it already."""
    path = _path(what)
    descriptor = _lock_alone(path)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            path.unlink(missing_ok=True)
            os.close(descriptor)


@contextmanager
def present(role: str) -> Iterator[None]:
    """Several processes may be there at once, in one role."""
    descriptor = _open(_path(role))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def is_held(what: str) -> bool:
    """Has a living process taken it, or is one present in this role?"""
    try:
        descriptor = os.open(_path(what), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _locks(descriptor)
    finally:
        os.close(descriptor)


def _lock_alone(path: Path) -> int | None:
    """The descriptor that has the lock; None where another process keeps it."""
    for _ in range(LOOKS):
        descriptor = _open(path)
        if _locks(descriptor):
            if _is_still(path, descriptor):
                return descriptor
        else:
            time.sleep(PAUSE)
        os.close(descriptor)
    return None


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o640)


def _locks(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    """Whoever had it before has put the file away; a lock on what is away would be nobody's."""
    try:
        return os.fstat(descriptor).st_ino == path.stat().st_ino
    except FileNotFoundError:
        return False


def _path(what: str) -> Path:
    return Path(settings.DATA_DIR) / "hands" / what
