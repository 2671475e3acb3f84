"""The place where coded passages are found, read in context and made into packs."""
