"""A process that adds reports until it is killed or done, and says after each one that it is committed.

python crowd.py URL NAME COUNT
"""

from __future__ import annotations

import sys

from ledger.making import plain
from tensionwire.ledger import Ledger


def main() -> None:
    url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with Ledger.open(url) as ledger:
        print("ready", flush=True)
        for n in range(count):
            added = ledger.add(plain(f"Norway condemned Iceland over quarrel {name} number {n}.", f"{name}-{n}"))
            print(added.report, flush=True)


if __name__ == "__main__":
    main()
