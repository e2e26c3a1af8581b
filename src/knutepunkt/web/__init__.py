"""What every page and room shares: layout, forms, mail, PDF, files, sealing, codes, registers.

`web` knows no words of the field and no room above it. A room that has something for the whole
house (searchable things, personal data, uses of consent, notices, figures) signs up in a register
here. All of `web` is open to every room.
"""
