"""Shown to whom: homes by role, boards, tables, Excel, PDF; issued reports."""
