import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { Change, NewColleague } from './schema';

export const STAFF = ['staff'] as const;

export function useColleagues(enabled = true) {
  return useQuery({ queryKey: STAFF, queryFn: () => brought(api.GET('/api/desk/staff')), enabled });
}

export const addColleague = (body: NewColleague) => brought(api.POST('/api/desk/staff', { body }));

export function changeColleague({ id, change }: { id: number; change: Change }) {
  return brought(api.PATCH('/api/desk/staff/{staff_id}', { params: { path: { staff_id: id } }, body: change }));
}

export function resetTotp(id: number) {
  return brought(api.DELETE('/api/desk/staff/{staff_id}/totp', { params: { path: { staff_id: id } } }));
}
