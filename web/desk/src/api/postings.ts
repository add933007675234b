import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { paths, QueuedPosting } from './schema';

export type { QueuedPosting, ReviewedPosting } from './schema';
/** What the screening may find. */
export type Kind = NonNullable<NonNullable<paths['/api/desk/postings/queue']['get']['parameters']['query']>['kind']>;
export type PostingStatus = QueuedPosting['status'];

export const POSTINGS = ['postings'] as const;
export const PAGE_SIZE = 30;
const MOST_AT_ONCE = 100;

/** Which postings are asked for; no status means those that wait for a person. */
export interface QueueWish {
  status?: PostingStatus | undefined;
  kind?: Kind | undefined;
  employer?: string | undefined;
  page: number;
}

export function useQueue({ status, kind, employer, page }: QueueWish) {
  const query = { ...(status ? { status: [status] } : {}), ...(kind ? { kind } : {}), ...(employer ? { employer } : {}), page, page_size: PAGE_SIZE };
  return useQuery({
    queryKey: [...POSTINGS, 'queue', query],
    queryFn: () => brought(api.GET('/api/desk/postings/queue', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

/** Those that wait and in which nothing was found: they may be passed together. */
export function useClean(enabled: boolean) {
  return useQuery({
    queryKey: [...POSTINGS, 'clean'],
    queryFn: () => brought(api.GET('/api/desk/postings/queue', { params: { query: { status: ['waiting'], clean: true, page_size: MOST_AT_ONCE } } })),
    enabled,
  });
}

export function usePosting(id: number) {
  return useQuery({
    queryKey: [...POSTINGS, 'one', id],
    queryFn: () => brought(api.GET('/api/desk/postings/{posting_id}', { params: { path: { posting_id: id } } })),
  });
}

export function decide(id: number, status: PostingStatus, reason: string) {
  return brought(api.POST('/api/desk/postings/{posting_id}/decision', { params: { path: { posting_id: id } }, body: { status, reason } }));
}

export const passClean = (ids: number[]) => brought(api.POST('/api/desk/postings/pass', { body: { ids } }));
