import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { CorrectionForm, DocumentRow, PublishedFile, UploadPreview } from './schema';
import { upload } from './sending';

export type { CorrectionForm, DocumentPreview, DocumentRow, DocumentView, PublishedFile, RelationRow, RemarkView, UploadPreview } from './schema';

/** Key of what was read: everything of documents begins with it. */
export const DOCUMENTS = ['documents'] as const;
export const PAGE_SIZE = 20;
/** What the server takes; it refuses more in any case. */
export const MOST_BYTES = 32 * 1024 * 1024;
/** What `zhiwen ingest` reads; anything else is refused with what to do. */
export const KINDS = '.txt,.text,.md,.markdown,.html,.htm,.shtml,.xhtml,.mht,.mhtml,.pdf,.docx,.docm,.xlsx,.xlsm,.csv,.tsv,.png,.jpg,.jpeg,.bmp,.tif,.tiff,.webp,.gif,.zip';

export interface DocumentWish {
  q?: string;
  status?: DocumentRow['status'];
  region?: string;
  marked?: 'damaged' | 'doubtful' | 'undated' | 'retired' | 'replaced';
  page: number;
}

/** The fields that somebody has set right, and no others. */
export type Corrections = Partial<CorrectionForm>;

const at = (id: number) => ({ params: { path: { document_id: id } } });

export function useDocuments(wish: DocumentWish) {
  return useQuery({
    queryKey: [...DOCUMENTS, 'list', wish],
    queryFn: () => brought(api.GET('/api/desk/documents', { params: { query: { ...wish, page_size: PAGE_SIZE } } })),
    placeholderData: (before) => before,
  });
}

export function useDocumentRegions() {
  return useQuery({ queryKey: [...DOCUMENTS, 'regions'], queryFn: () => brought(api.GET('/api/desk/documents/regions')) });
}

export function useDocument(id: number) {
  return useQuery({ queryKey: [...DOCUMENTS, 'one', id], queryFn: () => brought(api.GET('/api/desk/documents/{document_id}', at(id))) });
}

/** What a file would become; nothing is stored. */
export const previewFile = (file: File, corrections: Corrections, told: (share: number) => void) =>
  upload<UploadPreview>('/api/desk/documents/preview', queryOf(file, corrections), file, told);

export const publishFile = (file: File, corrections: Corrections, replaces: number | null, told: (share: number) => void) =>
  upload<PublishedFile[]>('/api/desk/documents', { ...queryOf(file, corrections), ...(replaces === null ? {} : { replaces: String(replaces) }) }, file, told);

function queryOf(file: File, corrections: Corrections): Record<string, string> {
  return { name: file.name, ...(Object.keys(corrections).length > 0 ? { corrections: JSON.stringify(corrections) } : {}) };
}

export const correctDocument = (id: number, corrections: Corrections) =>
  brought(api.PATCH('/api/desk/documents/{document_id}', { ...at(id), body: corrections as CorrectionForm }));

export const replaceDocument = (id: number, newer: number, reason: string) =>
  brought(api.POST('/api/desk/documents/{document_id}/replacement', { ...at(id), body: { newer, reason } }));

export const judgeRelation = (id: number, relation: number, state: 'confirmed' | 'rejected') =>
  brought(
    api.POST('/api/desk/documents/{document_id}/relations/{relation_id}', {
      params: { path: { document_id: id, relation_id: relation } },
      body: { state, reason: '' },
    }),
  );

export const retireDocument = (id: number, until: string, reason: string) =>
  brought(api.POST('/api/desk/documents/{document_id}/retire', { ...at(id), body: { until, reason } }));

export const restoreDocument = (id: number) => brought(api.POST('/api/desk/documents/{document_id}/restore', at(id)));
