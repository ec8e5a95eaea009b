"""What every command of the program shares."""
