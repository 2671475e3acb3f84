"""How quotes leave by the window: the dialogs that ask what and how, and what they do."""
