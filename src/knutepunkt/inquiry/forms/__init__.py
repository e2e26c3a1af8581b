"""What is asked in an inquiry. Forms turn input into clean data and never save."""
