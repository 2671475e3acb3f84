"""Messages as Outlook keeps them."""
