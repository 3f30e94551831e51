"""Print how long a refused login takes:  python benchmarks/login.py

Seconds of a wrong password for a user that there is and for one that there is not, quickest of 20: who guesses must not be able to tell.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from server.auth.accounts import open_accounts
from settings import Settings


def main() -> None:
    """Print the seconds of a refused login with a user name that exists and with one that does not."""
    accounts = open_accounts(Settings(auth="hr:correct horse"))
    for user in ("hr", "nobody"):
        taken = []
        for _ in range(20):
            started = time.perf_counter()
            accounts.match(user, "wrong")
            taken.append(time.perf_counter() - started)
        print(f"{user:8} {min(taken):.4f} s")


if __name__ == "__main__":
    main()
