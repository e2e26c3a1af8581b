"""What a person does in the library, one function each."""
