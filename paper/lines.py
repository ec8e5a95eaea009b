"""How many lines a text takes in a column of a sheet, and how high its row must be: not every program reckons it."""

# How many letters stand in one unit of a column's width, and how high a line is, in the usual size of 11 points.
LETTERS_A_WIDTH, LINE_POINTS = 1.38, 14.4


def row_points(lines: int) -> float:
    """The height of a row of so many lines."""
    return lines * LINE_POINTS + 2


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    room = max(int(width * LETTERS_A_WIDTH), 1)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: int) -> int:
    """How many lines so many letters wide a line takes, broken at its blanks; a longer word breaks within."""
    lines, filled = 1, 0
    for word in line.split():
        needed = len(word) + 1 if filled else len(word)
        if filled + needed > room and filled:
            lines, filled, needed = lines + 1, 0, len(word)
        filled += needed
        if filled > room:
            lines, filled = lines + (filled - 1) // room, (filled - 1) % room + 1
    return lines
