"""A command run by somebody for whom permissions count, even where the tests run as root.

Root keeps its name, so that it can still read the checkout and its Python, wherever they are; it
loses the power to pass over permissions.
"""

import os

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_POWERS = "-dac_override,-dac_read_search,-fowner"
UNPRIVILEGED = ["setpriv", f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}"] if IS_ROOT else []
