"""What a Chinese text speaks of: sums, dates, places, agencies, audiences; what a question asks for."""
