"""What can go wrong in the knowledge package. The message of each is Chinese and fit to be shown as one line.

KnowledgeError
├── DocumentRefused      a file that cannot become a document; says what, where and what to do
├── EventsRefused        a file of events that cannot be read as one
├── PostingsRefused      a file of postings that cannot be read as one
├── ReviewRefused        a decision about a posting or an employer that cannot stand
├── LedgerRefused        a row or file of the employers' ledger that cannot be taken
├── SetInvalid           a set of questions cannot be read
├── SynonymsInvalid      a file of synonyms cannot be read
├── ArchiveInvalid       an exported knowledge cannot be taken in
├── IndexMissing         nothing to search in: no index could be built
└── EncoderUnavailable   the encoder gives no vectors just now: searching by words goes on
"""


class KnowledgeError(Exception):
    """Base of all errors of this package."""


class DocumentRefused(KnowledgeError):
    """The file was not taken; nothing of it was stored."""


class EventsRefused(KnowledgeError):
    """A file of events is no table or calendar, or holds none; nothing of it was stored."""


class PostingsRefused(KnowledgeError):
    """A file of postings is none, or holds none."""


class ReviewRefused(KnowledgeError):
    """No such posting, no name, or no reason where one is needed; nothing was changed."""


class LedgerRefused(KnowledgeError):
    """The ledger cannot take this; nothing of it was stored."""


class IndexMissing(KnowledgeError):
    """The search index is not there and could not be built."""


class SetInvalid(KnowledgeError):
    """A set of questions cannot be read; the message names file, line and what is wrong."""


class SynonymsInvalid(KnowledgeError):
    """A file of synonyms cannot be read; the message names file, line and what is wrong."""


class ArchiveInvalid(KnowledgeError):
    """An archive is not what `zhiwen knowledge export` writes, or is damaged; nothing was taken in."""


class EncoderUnavailable(KnowledgeError):
    """The encoder did not answer, or not with what it should."""
