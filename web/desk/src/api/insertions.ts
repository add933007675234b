import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';

export type { ClauseOffered, PostingOffered } from './schema';

/** Clauses for a reply, each as it stands today. */
export function useClauses(q: string) {
  return useQuery({
    queryKey: ['insertions', 'clauses', q],
    queryFn: () => brought(api.GET('/api/desk/insertions/clauses', { params: { query: { q } } })),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Open postings for a reply. */
export function usePostings(q: string) {
  return useQuery({
    queryKey: ['insertions', 'postings', q],
    queryFn: () => brought(api.GET('/api/desk/insertions/postings', { params: { query: { q } } })),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
