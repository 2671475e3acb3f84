"""The audit place: what is looked over before a report goes out."""
