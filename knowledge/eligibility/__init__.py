"""Do I qualify: programmes as data, what a graduate said about themselves, and the verdict that follows."""
