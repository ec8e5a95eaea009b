"""Pages of the followup app: obstacles, explanations, inspections, conclusions, good work, reminders, notices."""
