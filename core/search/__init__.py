"""Finding cases: what is looked for (Query), whose cases somebody may find (Scope), and words read as a query."""

from core.search.query import MOST, Found, Query, Scope, asked, holds, shown, told, within
from core.search.reading import LONGEST, OPEN, read

__all__ = ["LONGEST", "MOST", "OPEN", "Found", "Query", "Scope", "asked", "holds", "read", "shown", "told", "within"]
