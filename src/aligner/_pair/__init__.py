"""Two versions into one ladder: where a path may run, what it costs, what moved, how sure it is."""
