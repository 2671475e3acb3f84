"""Who codes what: the window in which work is shared out."""
