import { useCallback, useEffect, useRef } from 'react';

import { sayLeft, sayTyping, sayViewing } from '../../api/tickets';

const RENEW_MS = 15_000;
const TYPING_MS = 4_000;

/** Tells colleagues that somebody looks here as long as the page is in view; the returned function, that they type. */
export function useViewing(number: string, there: boolean): () => void {
  useEffect(() => {
    if (!there) return undefined;
    const say = () => {
      if (document.visibilityState === 'visible') void sayViewing(number).catch(() => undefined);
    };
    say();
    const timer = setInterval(say, RENEW_MS);
    document.addEventListener('visibilitychange', say);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', say);
      void sayLeft(number).catch(() => undefined);
    };
  }, [number, there]);

  const told = useRef(0);
  return useCallback(() => {
    if (Date.now() - told.current < TYPING_MS) return;
    told.current = Date.now();
    void sayTyping(number).catch(() => undefined);
  }, [number]);
}
