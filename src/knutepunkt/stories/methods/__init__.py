"""Plain rules of the library, without a database."""
