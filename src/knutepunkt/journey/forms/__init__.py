"""What is asked on a journey. Nothing is required but the words themselves."""
