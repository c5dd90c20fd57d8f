"""What a bead costs: the similarity of any spans, what else speaks for it, a model over both."""
