import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { QueuedFair, ReviewedFair } from './schema';

export type { QueuedFair, ReviewedFair } from './schema';
export type FairStanding = QueuedFair['standing'];

export const FAIRS = ['fairs'] as const;
export const PAGE_SIZE = 30;
const MOST_AT_ONCE = 100;

/** Which job fairs and talks are asked for; no standing means those that wait for a person. */
export interface FairWish {
  standing?: FairStanding | undefined;
  words?: string | undefined;
  page: number;
}

export function useFairs({ standing, words, page }: FairWish) {
  const query = { ...(standing ? { standing: [standing] } : {}), ...(words ? { words } : {}), page, page_size: PAGE_SIZE };
  return useQuery({
    queryKey: [...FAIRS, 'queue', query],
    queryFn: () => brought(api.GET('/api/desk/fairs/queue', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

/** Those that wait and in which nothing was found: they may be passed together. */
export function useCleanFairs() {
  return useQuery({
    queryKey: [...FAIRS, 'clean'],
    queryFn: () => brought(api.GET('/api/desk/fairs/queue', { params: { query: { standing: ['waiting'], clean: true, page_size: MOST_AT_ONCE } } })),
  });
}

export function useFair(id: number) {
  return useQuery({
    queryKey: [...FAIRS, 'one', id],
    queryFn: () => brought(api.GET('/api/desk/fairs/{event_id}', { params: { path: { event_id: id } } })),
  });
}

/** Decides on a fair as it was read: one that has changed since is refused. */
export function decideFair({ id, sequence }: ReviewedFair, standing: FairStanding, reason: string) {
  return brought(api.POST('/api/desk/fairs/{event_id}/decision', { params: { path: { event_id: id } }, body: { standing, reason, sequence } }));
}

export const passFairs = (ids: number[]) => brought(api.POST('/api/desk/fairs/pass', { body: { ids } }));
