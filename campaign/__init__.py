"""When, and how far along: campaigns, content areas, periods, participation, submissions."""
