"""What people fill in about agreements, priorities, promises, councils, meetings and items."""
