"""Rules of the followup app: tables of moves and arithmetic of days, without database and clock."""
