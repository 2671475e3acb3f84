"""Archives, and what is safe about unpacking them."""
