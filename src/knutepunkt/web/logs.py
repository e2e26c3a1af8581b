"""Log lines without personal data: the reference number stays, words and addresses go."""

import logging

from knutepunkt.web.middleware import reference


class NoPersonalWords(logging.Filter):
    """Keeps what kind of fault it was and where, and drops messages made of data."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
            record.msg = f"fault {reference.get()}: {record.exc_info[0].__name__} at {place}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        elif record.name == "django.request" and record.args:  # an address can hold what somebody typed: only its first part is told
            path = getattr(getattr(record, "request", None), "path", "/")
            record.msg = f"answered {getattr(record, 'status_code', '?')} {reference.get()}: /{path.split('/')[1][:40]}/"
            record.args = ()
        return True
