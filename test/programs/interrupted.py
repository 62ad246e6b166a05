"""Waits for Ctrl+C and makes something of it."""

import threading

try:
    print("ready", flush=True)
    threading.Event().wait()
except KeyboardInterrupt:
    print("interrupted")
    raise SystemExit(7)
