"""A module whose import does not end."""

import time

print("hangs", flush=True)
time.sleep(600)
