"""Every code, once. A code is never used again for something else."""

from cpps_cli.diagnostics import Code
from cpps_cli.diagnostics.codes.derivation import DATE_CODES, DERIVATION_CODES
from cpps_cli.diagnostics.codes.files import FILE_CODES
from cpps_cli.diagnostics.codes.references import REFERENCE_CODES
from cpps_cli.diagnostics.codes.shape import SHAPE_CODES

CODES: dict[str, Code] = {
    code.id: code
    for code in (*FILE_CODES, *SHAPE_CODES, *REFERENCE_CODES, *DATE_CODES, *DERIVATION_CODES)
}
