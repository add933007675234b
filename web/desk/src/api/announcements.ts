import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { AnnouncementWritten } from './schema';

export type { AnnouncementView, AnnouncementWritten } from './schema';

export const ANNOUNCEMENTS = ['announcements'] as const;
export const PAGE_SIZE = 20;

export function useAnnouncements(page: number) {
  return useQuery({
    queryKey: [...ANNOUNCEMENTS, page],
    queryFn: () => brought(api.GET('/api/desk/announcements', { params: { query: { page, page_size: PAGE_SIZE } } })),
  });
}

export const announce = (body: AnnouncementWritten) => brought(api.POST('/api/desk/announcements', { body }));

export function endAnnouncement(id: number) {
  return brought(api.DELETE('/api/desk/announcements/{announcement_id}', { params: { path: { announcement_id: id } } }));
}
