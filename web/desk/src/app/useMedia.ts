import { useSyncExternalStore } from 'react';

const BROAD = '(min-width: 900px)';
const WIDE = '(min-width: 1280px)';
const STILL = '(prefers-reduced-motion: reduce)';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Whether list and conversation fit beside each other. */
export const useBroad = () => useMedia(BROAD);

/** Whether a third column fits as well. */
export const useWide = () => useMedia(WIDE);

/** Whether whoever looks wants nothing to move. */
export const useStill = () => useMedia(STILL);
