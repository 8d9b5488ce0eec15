"""What all tests share."""

import os
import signal

from hypothesis import settings

# No test is judged by its time; with CI=true the random examples are the same in each run.
settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("steady")

# Programs under test hear Ctrl-C even where the tests themselves were started in the background, deaf to it.
signal.signal(signal.SIGINT, signal.default_int_handler)
