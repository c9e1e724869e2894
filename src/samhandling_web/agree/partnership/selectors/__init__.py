"""Reading agreements and their gaps, priorities, promises, councils, meetings and items."""
