"""Proposes indicators, targets, openings and tasks out of a campaign document, each with its quote; pure."""
