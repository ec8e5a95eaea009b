"""Marks of standings in templates."""
