"""Pages of the units app: coming in, going out, the landing by role, and the files that people uploaded."""
