"""What holds for every test: a wide terminal, Vietnamese, no home of the machine's own."""

from __future__ import annotations

import os

# The console takes its width when it is made, at import; a narrow one would break the lines that tests look for.
os.environ["COLUMNS"] = "200"
os.environ["OMP_THREAD_LIMIT"] = "1"
for name in ("CCHC_HOME", "CCHC_LANG", "CCHC_WAREHOUSE_URL", "CCHC_ARCHIVE_URL", "CCHC_INBOX", "DAGSTER_HOME"):
    os.environ.pop(name, None)
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
