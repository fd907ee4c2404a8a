"""Qt adapters over domain records. "Models" here are Qt's: they never hold state that a record does not."""
