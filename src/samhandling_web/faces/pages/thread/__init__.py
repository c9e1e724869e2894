"""The thread: from what somebody saw to what came of it, from any object and both ways."""
