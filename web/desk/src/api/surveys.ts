import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { SurveyWritten } from './schema';

export type { QuestionWritten, ResultsView, ResultView, SurveyView, SurveyWritten } from './schema';

export const SURVEYS = ['surveys'] as const;
export const PAGE_SIZE = 20;

export function useSurveys(page: number) {
  return useQuery({
    queryKey: [...SURVEYS, page],
    queryFn: () => brought(api.GET('/api/desk/surveys', { params: { query: { page, page_size: PAGE_SIZE } } })),
    placeholderData: keepPreviousData,
  });
}

/** What came out of a survey that has ended; it does not change any more. */
export function useResults(id: number) {
  return useQuery({
    queryKey: ['survey-results', id],
    queryFn: () => brought(api.GET('/api/desk/surveys/{survey_id}/results', { params: { path: { survey_id: id } } })),
  });
}

const at = (id: number) => ({ params: { path: { survey_id: id } } });

/** Keeps a draft; a new one where there is no `id`. */
export function saveSurvey(id: number | null, body: SurveyWritten) {
  if (id === null) return brought(api.POST('/api/desk/surveys', { body }));
  return brought(api.PUT('/api/desk/surveys/{survey_id}', { ...at(id), body }));
}

export const publishSurvey = (id: number) => brought(api.POST('/api/desk/surveys/{survey_id}/publish', at(id)));
export const closeSurvey = (id: number) => brought(api.POST('/api/desk/surveys/{survey_id}/close', at(id)));
export const dropSurvey = (id: number) => brought(api.DELETE('/api/desk/surveys/{survey_id}', at(id)));
export const resultsAddress = (id: number) => `/api/desk/surveys/${id}/results.csv`;
