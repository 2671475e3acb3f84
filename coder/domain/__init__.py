"""What the words mean: the field's terms as frozen data and plain functions, without any I/O."""
