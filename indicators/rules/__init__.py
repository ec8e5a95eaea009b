"""Arithmetic of the indicators app: no database, no clock."""
