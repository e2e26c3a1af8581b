"""The rehearsal: files carried through the whole job by the same actions, then one withdrawal, then a search.

`walk` goes from request to published report, `words` knows what was taken back and whether a text holds
it, `surfaces` opens every place where words could stand, `handling` is what the lead does afterwards, and
`run` joins them and writes what was found, with none of the words. It runs in a throw-away data folder.
"""
