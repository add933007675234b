"""What staff do with the requests of graduates: from the queue to the answer, and what the graduate hears of it."""
