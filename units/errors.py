"""What a service raises beside ValidationError; and the one way in which a person is refused."""

from django.core.exceptions import PermissionDenied


class LostRace(Exception):
    """Somebody else changed the same thing first; the message says what to do next (answered with 409)."""


def refuse(reason: str, *, about: object = None) -> None:
    """Raise the reason why the person may not do it; without a reason, let it pass.

    ``about``: whom or what the reason concerns, said before it where many are dealt with at once.
    """
    if reason:
        raise PermissionDenied(f"{about}: {reason}" if about is not None else reason)
