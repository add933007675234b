import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { MarkedGap } from './schema';

export type { ExpiringView, GapView, SearchTested, StillAskedView } from './schema';
export type MarkReason = MarkedGap['reason'];

export const GAPS = ['gaps'] as const;
const query = { page: 1, page_size: 100 };

export function useGapList(days: number) {
  return useQuery({ queryKey: [...GAPS, days], queryFn: () => brought(api.GET('/api/desk/gaps', { params: { query: { ...query, days } } })) });
}

export function useExpiring(days: number) {
  return useQuery({ queryKey: ['expiring', days], queryFn: () => brought(api.GET('/api/desk/expiring', { params: { query: { ...query, days } } })) });
}

export function useStillAsked(days: number) {
  return useQuery({ queryKey: ['still-asked', days], queryFn: () => brought(api.GET('/api/desk/expired-asked', { params: { query: { ...query, days } } })) });
}

export const gapsAddress = (days: number) => `/api/desk/gaps/export?days=${days}`;

/** Puts a question that is answered wrong into the gap list. */
export const markGap = (question: string, reason: MarkReason) => brought(api.POST('/api/desk/gaps', { body: { question, reason } }));

export const readSearch = (q: string, place: string) => brought(api.GET('/api/desk/search-test', { params: { query: { q, place } } }));
