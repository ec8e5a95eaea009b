"""Services of the followup app: every act with its person, its check and its audit line."""
