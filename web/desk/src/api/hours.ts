import { useQuery } from '@tanstack/react-query';

import { api, brought } from './client';

const HOUR_MS = 3_600_000;

/** Working time around today, and how far the desk's own time is ahead of this browser's. */
export function useHours() {
  return useQuery({
    queryKey: ['hours'],
    queryFn: async () => {
      const { now, shifts } = await brought(api.GET('/api/desk/hours'));
      return { ahead: Date.parse(now) - Date.now(), shifts: shifts.map(({ opens, closes }) => ({ opens: Date.parse(opens), closes: Date.parse(closes) })) };
    },
    staleTime: HOUR_MS,
  }).data;
}
