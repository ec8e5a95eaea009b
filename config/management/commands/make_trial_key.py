"""`manage.py make_trial_key`: a key for trying out digital signatures in the demo."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from paper.trial_key import PASSWORD, make_trial_key
from units.management import command as base


class Command(base.Command):
    """Makes the key that the demo signs with, unless it is there."""

    help = "Tạo chứng thư số minh họa để thử ký số. Chỉ chạy khi DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the key and its root where the settings look for them."""
        if not settings.DEMO:
            raise CommandError("Chứng thư số minh họa chỉ dùng khi DEMO=1.")
        place, root = Path(settings.SIGN_KEY_FILE), Path(settings.SIGN_ROOTS_FILE)
        if not place.exists():
            held, trusted = make_trial_key()
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch(mode=0o600)
            place.write_bytes(held)
            root.write_bytes(trusted)
        self.stdout.write(f"Chứng thư số minh họa: {place}, mật khẩu “{PASSWORD}”.")
