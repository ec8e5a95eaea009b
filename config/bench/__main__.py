"""The measuring process: `python -m config.bench`, started by `manage.py bench` on a scratch database."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings


def main(arguments: list[str]) -> None:
    """Lay the scene, measure, write the results down."""
    options = _read(arguments)
    django.setup()
    from config.bench.run import lay_scene, measure_all

    if settings.DATA_DIR.resolve() != options.scratch.resolve():
        raise SystemExit("the bench measures in a scratch folder only")
    begun = time.perf_counter()
    stage = lay_scene(options, lambda line: _say(begun, line))
    try:
        results = [result.as_json() for result in _told(measure_all(stage, options), begun)]
    finally:
        stage.web.stop()
    options.out.write_text(json.dumps(results))


def _read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser()
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    for name in ("units", "indicators", "periods", "campaigns", "rounds", "seed", "requests"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    return parser.parse_args(arguments)


def _told(results: Iterator, begun: float) -> Iterator:  # type: ignore[type-arg]
    """Say what is done as it is done."""
    for result in results:
        _say(begun, f"{result.job}: {result.verdict}")
        yield result


def _say(begun: float, line: str) -> None:
    """One line of progress, at once."""
    sys.stdout.write(f"  {time.perf_counter() - begun:6.1f} s  {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
