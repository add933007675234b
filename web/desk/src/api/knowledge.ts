import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { DraftForm, DraftState } from './schema';

export type { DraftForm, DraftState, DraftView } from './schema';

export const DRAFTS = ['drafts'] as const;
export const PAGE_SIZE = 20;
const at = (id: number) => ({ params: { path: { draft_id: id } } });

export function useDrafts(state: DraftState, page: number) {
  return useQuery({
    queryKey: [...DRAFTS, state, page],
    queryFn: () => brought(api.GET('/api/desk/drafts', { params: { query: { state, page, page_size: PAGE_SIZE } } })),
  });
}

export function useTopics() {
  return useQuery({ queryKey: ['topics'], queryFn: () => brought(api.GET('/api/desk/drafts/topics')), staleTime: Infinity });
}

export const submitDraft = (entry: DraftForm, ticket: string | null) => brought(api.POST('/api/desk/drafts', { body: { entry, ticket } }));
export const rewriteDraft = (id: number, entry: DraftForm) => brought(api.PUT('/api/desk/drafts/{draft_id}', { ...at(id), body: entry }));
export const approveDraft = (id: number) => brought(api.POST('/api/desk/drafts/{draft_id}/approve', at(id)));
export const rejectDraft = (id: number, reason: string) => brought(api.POST('/api/desk/drafts/{draft_id}/reject', { ...at(id), body: { reason } }));
export const retireDraft = (id: number, reason: string) => brought(api.POST('/api/desk/drafts/{draft_id}/retire', { ...at(id), body: { reason } }));
