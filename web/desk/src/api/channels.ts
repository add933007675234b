import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import { TICKET } from './tickets';

export type { ReachShown, UndeliveredShown } from './schema';

const LOOK_MS = 15_000;

/** By which channel replies reach the graduate, and what has not arrived; parts go out while one looks. */
export function useChannel(number: string) {
  return useQuery({
    queryKey: [...TICKET, number, 'channel'],
    queryFn: () => brought(api.GET('/api/desk/tickets/{number}/channel', { params: { path: { number } } })),
    staleTime: 0,
    refetchInterval: LOOK_MS,
  });
}

export const resendPart = (number: string, partId: number) =>
  brought(api.POST('/api/desk/tickets/{number}/channel/{part_id}/resend', { params: { path: { number, part_id: partId } } }));
