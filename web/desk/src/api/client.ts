import createClient, { type Middleware } from 'openapi-fetch';

import { failureOf, offline } from './failure';
import type { paths } from './schema';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const SIGNED_OUT = 401;

let csrf = '';
let whenSignedOut: () => void = () => {};

/** The token that every changing request must bear; the session hands it out. */
export function keepCsrf(token: string): void {
  csrf = token;
}

export const csrfToken = () => csrf;

/** Calls `listener` whenever the server no longer knows who is asking. */
export function onSignedOut(listener: () => void): () => void {
  whenSignedOut = listener;
  return () => {
    whenSignedOut = () => {};
  };
}

const protection: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set('X-CSRF-Token', csrf);
    return request;
  },
  onResponse({ request, response }) {
    if (response.status === SIGNED_OUT && !new URL(request.url).pathname.endsWith('/api/desk/session')) whenSignedOut();
    return response;
  },
};

export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });
api.use(protection);

/** What a call brought; throws a `Failure` with a Chinese sentence otherwise. */
export async function brought<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let result;
  try {
    result = await call;
  } catch {
    throw offline();
  }
  if (!result.response.ok) throw failureOf(result.response.status, result.error);
  return result.data as T;
}
