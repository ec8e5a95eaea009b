"""What a service raises beside ValidationError and PermissionDenied."""


class LostRace(Exception):
    """Somebody else changed the same thing first; the message says what to do next (answered with 409)."""
