"""The ledger of consent: who agreed to what, for which purposes, to whom, until when, and where it is used.

Withdrawing takes one action and reaches every use at once, through the register of consent objects in
`web`. Also here: the access log written for the person it is about, export, erasure, end dates.
"""
