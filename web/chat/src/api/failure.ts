/** Why a request did not succeed, in the terms in which the page speaks of it. */
export type FailureReason =
  | 'offline'
  | 'network'
  | 'timeout'
  | 'session'
  | 'rate_limited'
  | 'unavailable'
  | 'too_long'
  | 'rejected';

export class ChatFailure extends Error {
  readonly reason: FailureReason;
  /** Seconds after which a rate-limited request may be repeated, where the server says so. */
  readonly retryAfter: number | null;

  /** The server's own sentence for the user, where it gave one. */
  readonly detail: string | null;

  constructor(reason: FailureReason, retryAfter: number | null = null, detail: string | null = null) {
    super(`chat request failed: ${reason}`);
    this.name = 'ChatFailure';
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.detail = detail;
  }
}

/** The same request may succeed later, because the server could not judge it. */
export function isTransient(reason: FailureReason): boolean {
  return reason === 'offline' || reason === 'network' || reason === 'timeout' || reason === 'unavailable';
}

/** Maps a response that is not 2xx. */
export async function failureOf(response: Response): Promise<ChatFailure> {
  const { status } = response;
  if (status === 401) return new ChatFailure('session');
  if (status === 413) return new ChatFailure('too_long', null, await detailOf(response));
  if (status === 429) return new ChatFailure('rate_limited', retryAfterOf(response));
  if (status >= 500) return new ChatFailure('unavailable', null, await detailOf(response));
  return new ChatFailure('rejected', null, await detailOf(response));
}

/** Maps what `fetch` throws; an abort comes from our own clock, so it is a timeout. */
export function failureFrom(error: unknown): ChatFailure {
  if (error instanceof ChatFailure) return error;
  if (error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError')) {
    return new ChatFailure('timeout');
  }
  return new ChatFailure(navigator.onLine === false ? 'offline' : 'network');
}

/** `{"detail": "…"}`, but only a sentence that the user can read. */
async function detailOf(response: Response): Promise<string | null> {
  try {
    const { detail } = (await response.json()) as { detail?: unknown };
    return typeof detail === 'string' && /[一-鿿]/.test(detail) ? detail : null;
  } catch {
    return null;
  }
}

function retryAfterOf(response: Response): number | null {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
