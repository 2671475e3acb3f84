"""Working together without a network: copies shared, opened and merged, and what clashed."""
