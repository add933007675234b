"""From clauses found to an answer: answer, refuse with the reason, or ask back; always with what it rests on."""
