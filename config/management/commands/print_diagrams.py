"""`manage.py print_diagrams`: bring the printed parts of docs/architecture.md up to date."""

from typing import Any

from config.diagrams import PAGE, refreshed
from units.management import command as base


class Command(base.Command):
    """Rewrites what stands between the marks, and nothing else."""

    help = "In lại các sơ đồ trong docs/architecture.md từ mã nguồn."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page if something has changed."""
        before = PAGE.read_text()
        after = refreshed(before)
        if after != before:
            PAGE.write_text(after)
        self.stdout.write("Đã in lại sơ đồ." if after != before else "Sơ đồ đã đúng với mã nguồn.")
