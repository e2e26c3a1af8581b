"""Loaded before Django's settings: a throw-away data folder and keys for every test process."""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="knutepunkt-test-"))
os.environ["KNUTEPUNKT_HOME"] = str(SCRATCH / "var")
os.environ["KNUTEPUNKT_KEYS_HOME"] = str(SCRATCH / "keys")
os.environ["KNUTEPUNKT_SECRET_KEY"] = "only-for-tests"
os.environ["KNUTEPUNKT_INSTALLATION_KEY"] = "1:" + "A" * 43 + "="
os.environ["KNUTEPUNKT_ADDRESS"] = "http://127.0.0.1:8000"
os.environ["KNUTEPUNKT_INSECURE_PASSKEYS"] = "1"
os.environ["DEMO"] = "0"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for folder in ("var/files", "var/static", "keys/store", "keys/installation"):
    (SCRATCH / folder).mkdir(parents=True)
