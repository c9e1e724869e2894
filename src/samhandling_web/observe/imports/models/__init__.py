"""What an import stores about itself."""

from samhandling_web.observe.imports.models.batch import Batch, RejectedRow
from samhandling_web.observe.imports.models.feed import FeedState
from samhandling_web.observe.imports.models.mapping import Mapping

__all__ = ["Batch", "FeedState", "Mapping", "RejectedRow"]
