"""What, and how much: indicators, tasks, assignments, targets, figures, totals."""
