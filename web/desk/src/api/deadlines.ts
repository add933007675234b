import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { DeadlineForm } from './schema';

export type { DeadlineForm, DeadlineShown } from './schema';

export const DEADLINES = ['deadlines'] as const;

/** Days that do not wait, the next first. */
export function useDeadlines() {
  return useQuery({ queryKey: DEADLINES, queryFn: () => brought(api.GET('/api/desk/deadlines')) });
}

/** Keeps a deadline; a new one where there is no `id`. */
export function saveDeadline(id: number | null, written: DeadlineForm) {
  if (id === null) return brought(api.POST('/api/desk/deadlines', { body: written }));
  return brought(api.PUT('/api/desk/deadlines/{deadline_id}', { params: { path: { deadline_id: id } }, body: written }));
}

export const dropDeadline = (id: number) => brought(api.DELETE('/api/desk/deadlines/{deadline_id}', { params: { path: { deadline_id: id } } }));
