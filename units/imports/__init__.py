"""Reading workbooks of units and people: every complaint names its sheet and cell."""
