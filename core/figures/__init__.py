"""The figures of the digest and the reports, computed from the log of events alone (figures.md)."""
