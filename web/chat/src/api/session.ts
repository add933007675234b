import { keptAs, type Place } from '../state/place';
import type { Session } from './types';

const NAME = 'session';

/** The session kept in this browser, or null when there is none that still runs at `now`. */
export function loadSession(now: number, place: Place): { session: Session | null; expired: boolean } {
  const stored = read(place);
  if (stored === null) return { session: null, expired: false };
  const ends = Date.parse(stored.expires_at);
  if (Number.isFinite(ends) && ends <= now) return { session: null, expired: true };
  return { session: stored, expired: false };
}

/** Keeps the session; returns false where the browser allows no storage (the page then works until it is closed). */
export function keepSession(session: Session, place: Place): boolean {
  try {
    localStorage.setItem(keptAs(NAME, place), JSON.stringify(session));
    return true;
  } catch {
    return false;
  }
}

export function forgetSession(place: Place): void {
  try {
    localStorage.removeItem(keptAs(NAME, place));
  } catch {
    // A browser without storage has nothing to forget.
  }
}

const ENTRY = '#enter=';

/** The code of a link that leads to a conversation begun elsewhere, taken out of the page's address; null without one. */
export function takeEntry(): string | null {
  if (!hasEntry()) return null;
  const code = window.location.hash.slice(ENTRY.length);
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return code === '' ? null : code;
}

export function hasEntry(): boolean {
  return window.location.hash.startsWith(ENTRY);
}

function read(place: Place): Session | null {
  try {
    const value = JSON.parse(localStorage.getItem(keptAs(NAME, place)) ?? 'null') as Partial<Session> | null;
    if (typeof value?.token !== 'string' || typeof value.session_id !== 'string') return null;
    return { token: value.token, session_id: value.session_id, expires_at: String(value.expires_at ?? '') };
  } catch {
    return null;
  }
}
