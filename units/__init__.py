"""Who: units in time, people, posts, roles, the audit trail, files and the clock."""
