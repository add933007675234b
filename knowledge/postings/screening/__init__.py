"""What the rules forbid in a posting: each finding with its kind and the very phrase."""

from knowledge.postings.screening.engine import screen, screen_texts
from knowledge.postings.screening.finding import KINDS, Finding, Kind, Law

__all__ = ["KINDS", "Finding", "Kind", "Law", "screen", "screen_texts"]
