"""Loads units, calendar and campaign from JSON files, by natural keys and as often as wanted."""
