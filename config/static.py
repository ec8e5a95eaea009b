"""How the house's own scripts and styles leave for the browser: without comments, named by content, compressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Ours alone: what packages bring is served as they wrote it.
SHORTENED = {"js/": jsmin, "css/": cssmin}


class OfficeStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise tells no types
    """Shortens our scripts and styles before they get the name of their content; a weak line carries them often."""

    def post_process(self, paths: dict[str, tuple[Any, str]], **options: Any) -> Iterator[Any]:
        """Django's step after copying; what it names and compresses is then our shortened copy, not the source."""
        ours = {} if options.get("dry_run") else {name: (self, name) for name in paths if self._shorten(name)}
        yield from super().post_process({**paths, **ours}, **options)

    def _shorten(self, name: str) -> bool:
        """Whether the copied file is one of ours, now shortened."""
        for start, shorten in SHORTENED.items():
            if name.startswith(start):
                copy = Path(self.path(name))
                copy.write_text(shorten(copy.read_text(encoding="utf-8")), encoding="utf-8")
                return True
        return False
