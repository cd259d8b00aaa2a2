"""What became of one ward's report in a run.

Belongs here: the value a run reports a ward by. Stays out: how it came about (`assets.wards`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Step = Literal["none", "submission", "report", "figures"]


@dataclass(frozen=True)
class Verdict:
    """One ward's outcome: `reached` is the last step that was done well, `outcome` a named outcome.

    `changed` tells whether the warehouse is another than before; `good` whether the ward needs nobody's help to be
    read (a finding is no failure of reading).
    """

    ward: str
    round: str
    reached: Step
    outcome: str
    message: str = ""
    changed: bool = False
    retryable: bool = False
    sha256: str = ""
    version: int = 0
    figures: int = 0
    findings: int = 0
    errors: int = 0
    explained_share: float = 0.0
    untraceable: tuple[str, ...] = field(default=())

    @property
    def good(self) -> bool:
        """Return whether every step was done."""
        return self.reached == "figures"
