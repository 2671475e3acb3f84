"""How whole projects go out to other programs and come in from them (REFI-QDA)."""
