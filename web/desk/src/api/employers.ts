import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { CandidateForm, EmployerCheckForm, EmployerForm, NeedForm, VisitForm } from './schema';
import { fileBody } from './upload';

export type { CandidateForm, EmployerCheckForm, EmployerFileView, EmployerForm, EmployerRow, NeedForm, NeedView, TableTaken, VisitForm } from './schema';

/** Keys of what was read: everything of the ledger begins with it. */
export const EMPLOYERS = ['employers'] as const;
export const PAGE_SIZE = 20;
export const PARTS = ['employers', 'visits', 'needs', 'links', 'candidates'] as const;

export function useEmployers(q: string, page: number) {
  const query = { ...(q ? { q } : {}), page, page_size: PAGE_SIZE };
  return useQuery({
    queryKey: [...EMPLOYERS, 'list', query],
    queryFn: () => brought(api.GET('/api/desk/employers', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

/** The visits of this school year against the targets. */
export function useVisitCounts() {
  return useQuery({ queryKey: [...EMPLOYERS, 'counts'], queryFn: () => brought(api.GET('/api/desk/employers/visits/counts')) });
}

export function useEmployer(id: number) {
  return useQuery({
    queryKey: [...EMPLOYERS, 'one', id],
    queryFn: () => brought(api.GET('/api/desk/employers/{employer_id}', { params: { path: { employer_id: id } } })),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

export const keepEmployer = (body: EmployerForm) => brought(api.POST('/api/desk/employers', { body }));
export const keepVisit = (body: VisitForm) => brought(api.POST('/api/desk/employers/visits', { body }));
export const keepNeed = (body: NeedForm) => brought(api.POST('/api/desk/employers/needs', { body }));

export function keepCheck(id: number, body: EmployerCheckForm) {
  return brought(api.POST('/api/desk/employers/{employer_id}/checks', { params: { path: { employer_id: id } }, body }));
}

export function linkPosting(need: number, posting: number) {
  return brought(api.POST('/api/desk/employers/needs/{need_id}/links', { params: { path: { need_id: need } }, body: { posting_id: posting } }));
}

export function keepCandidate(need: number, body: CandidateForm) {
  return brought(api.POST('/api/desk/employers/needs/{need_id}/candidates', { params: { path: { need_id: need } }, body }));
}

export const importTable = (file: File) => brought(api.POST('/api/desk/employers/import', { params: { query: { name: file.name } }, ...fileBody(file) }));
export const exportAddress = (part: (typeof PARTS)[number]) => `/api/desk/employers/export?part=${part}`;
