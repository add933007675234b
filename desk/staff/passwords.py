"""Passwords: Argon2id (RFC 9106), never kept nor logged in any other form."""

from __future__ import annotations

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 128
"""Characters of a password; the upper bound keeps hashing cheap."""
_FEWEST_DIFFERENT = 5

# OWASP's recommendation of 2024 for Argon2id: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_at_once = BoundedSemaphore(4)
"""So many hashes are computed at once: a flood of sign-ins must not take the memory of the chat."""
_NOBODYS = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    """The hash to keep, in PHC form."""
    with _at_once:
        return _hasher.hash(_normalised(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password of that hash; without a hash the same work is done and the answer is no."""
    with _at_once:
        try:
            _hasher.verify(kept or _NOBODYS, _normalised(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's and should be made anew at the next sign-in."""
    return _hasher.check_needs_rehash(kept)


def is_weak(password: str, name: str) -> bool:
    """Whether a new password is too short, too long, too plain, or holds the name."""
    return not SHORTEST <= len(password) <= LONGEST or len(set(password)) < _FEWEST_DIFFERENT or name.casefold() in password.casefold()


def _normalised(password: str) -> bytes:
    """One form for what different keyboards produce (RFC 8265, OpaqueString)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
