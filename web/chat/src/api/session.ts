import type { Session } from './types';

const KEY = 'zhiwen.session';

/** The session kept in this browser, or null when there is none that still runs at `now`. */
export function loadSession(now: number): { session: Session | null; expired: boolean } {
  const stored = read();
  if (stored === null) return { session: null, expired: false };
  const ends = Date.parse(stored.expires_at);
  if (Number.isFinite(ends) && ends <= now) return { session: null, expired: true };
  return { session: stored, expired: false };
}

/** Keeps the session; returns false where the browser allows no storage (the page then works until it is closed). */
export function keepSession(session: Session): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(session));
    return true;
  } catch {
    return false;
  }
}

export function forgetSession(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // A browser without storage has nothing to forget.
  }
}

function read(): Session | null {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Session> | null;
    if (typeof value?.token !== 'string' || typeof value.session_id !== 'string') return null;
    return { token: value.token, session_id: value.session_id, expires_at: String(value.expires_at ?? '') };
  } catch {
    return null;
  }
}
