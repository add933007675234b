import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { TrainingWritten } from './schema';

export type { InterestView, TrainingView, TrainingWritten } from './schema';

export const TRAININGS = ['trainings'] as const;
export const PAGE_SIZE = 20;

export function useTrainings(page: number) {
  return useQuery({
    queryKey: [...TRAININGS, page],
    queryFn: () => brought(api.GET('/api/desk/trainings', { params: { query: { page, page_size: PAGE_SIZE } } })),
    placeholderData: keepPreviousData,
  });
}

const at = (id: number) => ({ params: { path: { training_id: id } } });

/** Who wants to come, masked. */
export function useInterests(id: number) {
  return useQuery({ queryKey: [...TRAININGS, 'interests', id], queryFn: () => brought(api.GET('/api/desk/trainings/{training_id}/interests', at(id))), staleTime: 0 });
}

/** Keeps a training; a new one where there is no `id`. */
export function saveTraining(id: number | null, body: TrainingWritten) {
  if (id === null) return brought(api.POST('/api/desk/trainings', { body }));
  return brought(api.PUT('/api/desk/trainings/{training_id}', { ...at(id), body }));
}

export const takeTrainingBack = (id: number) => brought(api.DELETE('/api/desk/trainings/{training_id}', at(id)));

/** Name and contact in full; the server keeps a record of it. */
export function openContact(id: number, interest: number) {
  return brought(api.POST('/api/desk/trainings/{training_id}/interests/{interest_id}/contact', { params: { path: { training_id: id, interest_id: interest } } }));
}

export const interestsAddress = (id: number) => `/api/desk/trainings/${id}/interests.csv`;
