"""Builders of what boards, pages and files show: frozen rows, each value with its text, each naming its queries."""
