"""Rules of the campaign: the calendar and the table of moves. No database, no clock."""
