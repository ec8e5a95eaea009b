"""What is done about it: obstacles, explanations, reminders, inspections, conclusions."""
