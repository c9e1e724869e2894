"""Every change of agreements, priorities, promises, councils, meetings and items."""
