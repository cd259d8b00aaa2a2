"""Dagster assets and asset checks: thin, one module a layer, calling the rooms behind.

Belongs here: wiring of inputs, partitions and metadata. Stays out: any rule, query or layout of its own.
"""

import warnings

from dagster import BetaWarning, PreviewWarning

# Partitioned checks are a preview and mapping a dimension of partitions is in beta since Dagster 1.13; the version is
# pinned, and tests hold what is used of them.
warnings.filterwarnings("ignore", category=PreviewWarning)
warnings.filterwarnings("ignore", category=BetaWarning)
