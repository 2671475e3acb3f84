"""The codebook in the window: its tree, the card of a code, and what is done with codes."""
