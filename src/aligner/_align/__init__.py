"""All versions into one set of beads, and work on beads that exist."""
