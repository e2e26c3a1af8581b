"""What people do in an inquiry: one function for one thing a person does, in one transaction each."""
