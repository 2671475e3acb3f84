"""Whether a codebook in use means the same to everyone: what is odd, where, and what to do."""
