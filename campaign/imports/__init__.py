"""Reads files that people bring: campaign documents."""
