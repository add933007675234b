import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { Choices, ErasureWished, KeyGroups, Taken } from './schema';
import { fileBody } from './upload';

export type { Choices, ClassView, GraduateFile, ListedGraduate, Load, Taken } from './schema';

/** Keys of what was read: everything of the care files begins with it. */
export const CARE = ['care'] as const;
export const fileKey = (id: number) => [...CARE, 'file', id] as const;

export interface GraduateWish {
  q?: string;
  college?: string;
  class_name?: string;
  cohort?: number;
  destination?: string;
  mine?: boolean;
  open?: boolean;
  page: number;
}

export const PAGE_SIZE = 30;
const MORE_DAYS = 7;
const at = (id: number) => ({ params: { path: { graduate_id: id } } });

export function useGraduates(wish: GraduateWish) {
  return useQuery({
    queryKey: [...CARE, 'list', wish],
    queryFn: () => brought(api.GET('/api/desk/graduates', { params: { query: { ...wish, page_size: PAGE_SIZE } } })),
    placeholderData: (before) => before,
  });
}

export function useChoices() {
  return useQuery({ queryKey: [...CARE, 'choices'], queryFn: () => brought(api.GET('/api/desk/graduates/choices')), staleTime: Infinity });
}

export function useOverdue() {
  return useQuery({ queryKey: [...CARE, 'overdue'], queryFn: () => brought(api.GET('/api/desk/graduates/overdue', { params: { query: { days: MORE_DAYS } } })) });
}

export function useGaps(enabled: boolean) {
  return useQuery({ queryKey: [...CARE, 'gaps'], queryFn: () => brought(api.GET('/api/desk/graduates/gaps')), enabled });
}

export function useLoad() {
  return useQuery({ queryKey: [...CARE, 'load'], queryFn: () => brought(api.GET('/api/desk/graduates/load')) });
}

export function useClasses() {
  return useQuery({ queryKey: [...CARE, 'classes'], queryFn: () => brought(api.GET('/api/desk/graduates/classes')) });
}

export function useFile(id: number) {
  return useQuery({ queryKey: fileKey(id), queryFn: () => brought(api.GET('/api/desk/graduates/{graduate_id}', at(id))), staleTime: 0, refetchOnWindowFocus: false });
}

export type FieldValues = Record<string, string | number | null>;

export const openFile = (fields: FieldValues) => brought(api.POST('/api/desk/graduates', { body: { fields } }));

/** Changes fields; 409 where the file is newer than `version`. */
export function changeFile(id: number, fields: FieldValues, version: number) {
  return brought(api.PATCH('/api/desk/graduates/{graduate_id}', { ...at(id), body: { fields, version } }));
}

export function addEntry(id: number, kind: string, text: string, next: string | null) {
  return brought(api.POST('/api/desk/graduates/{graduate_id}/entries', { ...at(id), body: { kind, text, next_contact_on: next } }));
}

export function setKeyGroups(id: number, categories: KeyGroups['categories']) {
  return brought(api.PUT('/api/desk/graduates/{graduate_id}/key-groups', { ...at(id), body: { categories } }));
}

export function pair(id: number, staffId: number) {
  return brought(api.PUT('/api/desk/graduates/{graduate_id}/pairing', { ...at(id), body: { staff_id: staffId, helper: '' } }));
}

export const release = (id: number) => brought(api.DELETE('/api/desk/graduates/{graduate_id}/pairing', at(id)));
export const closeFile = (id: number, reason: string) => brought(api.POST('/api/desk/graduates/{graduate_id}/close', { ...at(id), body: { reason } }));
export const reopenFile = (id: number) => brought(api.POST('/api/desk/graduates/{graduate_id}/reopen', at(id)));
export type ErasureReason = ErasureWished['reason'];
/** Erases the file and what else is kept of the graduate; the receipts are those of the conversations that go with it. */
export const eraseFile = (id: number, reason: ErasureReason) => brought(api.POST('/api/desk/graduates/{graduate_id}/erase', { ...at(id), body: { reason } }));
export const linkTicket = (id: number, ticket: string) => brought(api.POST('/api/desk/graduates/{graduate_id}/conversations', { ...at(id), body: { ticket } }));

export function findPostings(id: number, words: string) {
  const query = words ? { words } : {};
  return brought(api.GET('/api/desk/graduates/{graduate_id}/recommendations', { params: { path: { graduate_id: id }, query } }));
}

export function logPostings(id: number, postings: number[], words: string) {
  return brought(api.POST('/api/desk/graduates/{graduate_id}/recommendations', { ...at(id), body: { postings, words } }));
}

/** Takes a roster in. */
export function importRoster(file: File): Promise<Taken> {
  return brought(api.POST('/api/desk/roster/import', { params: { query: { name: file.name } }, ...fileBody(file) }));
}

export const exportAddress = (format: 'csv' | 'xlsx') => `/api/desk/graduates/export?format=${format}`;

/** What a value is called; the value itself where it has no name. */
export function labelOf(choices: Choices | undefined, name: keyof Choices, value: unknown): string {
  return choices?.[name].find((choice) => choice.value === value)?.label ?? String(value ?? '');
}
