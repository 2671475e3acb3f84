"""The window: the only place that knows Qt. It calls `Project` and shows what it answers."""
