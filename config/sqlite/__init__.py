"""SQLite for several writers: Django's own backend, with the writers in one fair queue."""
