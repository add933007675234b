"""Finding the clauses that answer a question: lexical and dense search, fused by a light reranker over features."""
