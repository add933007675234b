"""What can go wrong in the knowledge package. The message of each is Chinese and fit to be shown as one line.

KnowledgeError
├── DocumentRefused      a file that cannot become a document; says what, where and what to do
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
