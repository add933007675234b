"""What a graduate asks for: from a message and the conversation so far to `Criteria`. Pure functions, a module a kind of condition."""
