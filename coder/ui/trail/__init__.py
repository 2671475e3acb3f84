"""The trail of the work: who did what, what stood there then, and what is signed off."""
