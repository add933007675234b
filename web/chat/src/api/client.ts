import { ChatFailure, failureFrom, failureOf } from './failure';
import { isMessage, type Message, type Session } from './types';

const REPLY_TIMEOUT_MS = 30_000;
const SHORT_TIMEOUT_MS = 10_000;

export interface Feedback {
  message_id: string;
  helpful: boolean;
  comment?: string;
}

/** POST /api/chat/sessions. Raises ChatFailure. */
export async function createSession(): Promise<Session> {
  const response = await request('/api/chat/sessions', { method: 'POST' }, SHORT_TIMEOUT_MS);
  return (await response.json()) as Session;
}

/** POST /api/chat/messages: the messages that answer. Safe to repeat with the same `clientId`. Raises ChatFailure. */
export async function postMessage(token: string, text: string, clientId: string): Promise<Message[]> {
  const init = withJson({ text, client_id: clientId }, token);
  return messagesOf(await request('/api/chat/messages', init, REPLY_TIMEOUT_MS));
}

/** GET /api/chat/messages: the messages whose seq is above `after`. Raises ChatFailure. */
export async function fetchMessages(token: string, after: number): Promise<Message[]> {
  const init = { headers: authorization(token) };
  return messagesOf(await request(`/api/chat/messages?after=${after}`, init, SHORT_TIMEOUT_MS));
}

/** POST /api/chat/feedback. Raises ChatFailure. */
export async function postFeedback(token: string, feedback: Feedback): Promise<void> {
  await request('/api/chat/feedback', withJson(feedback, token), SHORT_TIMEOUT_MS);
}

/** Opens GET /api/chat/events; resolves when the server has accepted the stream. Raises ChatFailure. */
export async function openEvents(token: string, lastEventId: string | null, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { ...authorization(token), Accept: 'text/event-stream' };
  if (lastEventId !== null) headers['Last-Event-ID'] = lastEventId;
  const response = await fetch('/api/chat/events', { headers, signal, cache: 'no-store' });
  if (!response.ok) throw await failureOf(response);
  if (!(response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) throw new ChatFailure('network');
  return response;
}

async function request(url: string, init: RequestInit, timeout: number): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  try {
    const response = await fetch(url, { ...init, cache: 'no-store', signal: abort.signal });
    if (!response.ok) throw await failureOf(response);
    return response;
  } catch (error) {
    throw failureFrom(error);
  } finally {
    clearTimeout(timer);
  }
}

async function messagesOf(response: Response): Promise<Message[]> {
  let body: { messages?: unknown };
  try {
    body = (await response.json()) as { messages?: unknown };
  } catch (error) {
    throw failureFrom(error);
  }
  return Array.isArray(body.messages) ? body.messages.filter(isMessage) : [];
}

function authorization(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

function withJson(body: unknown, token: string): RequestInit {
  return {
    method: 'POST',
    headers: { ...authorization(token), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
