"""What `cpps check` says of each bad library in `tests/faults`.

    python tools/expect_faults.py           write the texts expected, in each language that is held
    python tools/expect_faults.py --check   change nothing; list what differs, exit 1

Read what changes before you keep it: these are the sentences that people will read. A file is named
after the code that its cases are about, `CP203.case`, or after a rule (`one-fault.case`); to add a
case, write its files alone. How they are written is in `tests/faults/cases.py`.
"""

import sys
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.faults.cases import CASES, format_cases


def main(arguments: list[str]) -> int:
    """Exit status: 0 when written or in step, 1 when not, 2 on a wrong argument."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    differing = []
    for path, cases in groupby(CASES.values(), key=lambda case: case.path):
        now = [case.expecting(case.check()) for case in cases]
        changed = [case.name for case in now if case != CASES[case.name]]
        differing += changed
        if changed and not arguments:
            path.write_text(format_cases(now), encoding="utf-8", newline="\n")
    print("\n".join(differing) or "faults: all in step")
    return 1 if differing and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
