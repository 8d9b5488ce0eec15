"""What all tests share."""

import os

from hypothesis import settings

# No test is judged by its time; with CI=true the random examples are the same in each run.
settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("steady")
