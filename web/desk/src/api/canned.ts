import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';

export type { CannedShown } from './schema';

export const CANNED = ['canned'] as const;

/** Replies that are written often; with the number of a request, filled in for it. */
export function useCannedReplies(number?: string) {
  return useQuery({
    queryKey: [...CANNED, number ?? ''],
    queryFn: () => brought(api.GET('/api/desk/canned-replies', { params: { query: number ? { number } : {} } })),
  });
}

export interface Written {
  title: string;
  text: string;
}

/** Keeps a reply; a new one where there is no `id`. */
export function saveCanned(id: number | null, written: Written) {
  if (id === null) return brought(api.POST('/api/desk/canned-replies', { body: written }));
  return brought(api.PUT('/api/desk/canned-replies/{reply_id}', { params: { path: { reply_id: id } }, body: written }));
}

export const dropCanned = (id: number) => brought(api.DELETE('/api/desk/canned-replies/{reply_id}', { params: { path: { reply_id: id } } }));
