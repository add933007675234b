import { ChatFailure, failureFrom, failureOf } from './failure';
import { SERVER } from './server';
import { isMessage, type LeftQuestion, type Message, type Posting, type Session } from './types';

const REPLY_TIMEOUT_MS = 30_000;
const LONGEST_COLLEGE = 60;
const SHORT_TIMEOUT_MS = 10_000;
/** A picture of 8 MB over a slow line. */
const PICTURE_TIMEOUT_MS = 90_000;
const IDS_PER_REQUEST = 50;

export interface Feedback {
  message_id: string;
  helpful: boolean;
  comment?: string;
}

/** POST /api/chat/sessions, for a college, if any. Raises ChatFailure. */
export async function createSession(forCollege: string | null): Promise<Session> {
  const college = forCollege?.slice(0, LONGEST_COLLEGE);
  const init = college ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ college }) } : { method: 'POST' };
  const response = await request('/api/chat/sessions', init, SHORT_TIMEOUT_MS);
  return (await response.json()) as Session;
}

/** POST /api/chat/sessions/enter: a session of the conversation that a link leads to; `rejected` for one that is used or too old. Raises ChatFailure. */
export async function enterSession(code: string): Promise<Session> {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code }) };
  return bodyOf<Session>(await request('/api/chat/sessions/enter', init, SHORT_TIMEOUT_MS));
}

/** POST /api/chat/sessions/renewal: a token that speaks in the same conversation for another day. Raises ChatFailure. */
export async function renewSession(token: string): Promise<Session> {
  const response = await request('/api/chat/sessions/renewal', { method: 'POST', headers: authorization(token) }, SHORT_TIMEOUT_MS);
  return bodyOf<Session>(response);
}

/** POST /api/chat/requests: a question for a person. Safe to repeat with the same client id. Raises ChatFailure. */
export async function postQuestion(token: string, { clientId, text, contact, consent }: LeftQuestion): Promise<Message[]> {
  const init = withJson({ text, contact: contact === '' ? null : contact, consent, client_id: clientId }, token);
  return messagesOf(await request('/api/chat/requests', init, REPLY_TIMEOUT_MS));
}

/** GET /api/chat/duty: whether somebody is at the desk, and when next. Raises ChatFailure. */
export async function fetchDuty(): Promise<{ on_duty: boolean; next_duty: string }> {
  return bodyOf(await request('/api/chat/duty', {}, SHORT_TIMEOUT_MS));
}

/** POST /api/chat/messages: the messages that answer. Safe to repeat with the same `clientId`. Raises ChatFailure. */
export async function postMessage(token: string, text: string, clientId: string): Promise<Message[]> {
  const init = withJson({ text, client_id: clientId }, token);
  return messagesOf(await request('/api/chat/messages', init, REPLY_TIMEOUT_MS));
}

/** POST /api/chat/pictures: the messages that answer a picture. Safe to repeat with the same `clientId`. Raises ChatFailure. */
export async function postPicture(token: string, picture: Blob, clientId: string): Promise<Message[]> {
  const headers = { ...authorization(token), 'Content-Type': picture.type || 'application/octet-stream' };
  const url = `/api/chat/pictures?client_id=${encodeURIComponent(clientId)}`;
  return messagesOf(await request(url, { method: 'POST', headers, body: picture }, PICTURE_TIMEOUT_MS));
}

/** GET /api/chat/postings: how postings stand now; one that is gone is missing in the answer. Raises ChatFailure. */
export async function fetchPostings(token: string, ids: readonly string[]): Promise<Posting[]> {
  const found: Posting[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) {
    const wanted = ids.slice(start, start + IDS_PER_REQUEST).map(encodeURIComponent).join(',');
    const response = await request(`/api/chat/postings?ids=${wanted}`, { headers: authorization(token) }, SHORT_TIMEOUT_MS);
    const { items } = await bodyOf<{ items?: unknown }>(response);
    if (Array.isArray(items)) found.push(...(items as Posting[]));
  }
  return found;
}

/** GET /api/chat/my-data: everything that is kept of the conversation, as a text file. Raises ChatFailure. */
export async function fetchMyData(token: string): Promise<Blob> {
  const response = await request('/api/chat/my-data', { headers: authorization(token) }, SHORT_TIMEOUT_MS);
  return response.blob();
}

/** Any other request to the chat API: its JSON, null where the answer has none. Raises ChatFailure. */
export async function callApi(token: string, method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? { method, headers: authorization(token) } : { ...withJson(body, token), method };
  const response = await request(`/api/chat/${path}`, init, SHORT_TIMEOUT_MS);
  return response.status === 204 ? null : bodyOf<unknown>(response);
}

/** GET /api/events.ics: the events of a city, or all, as iCalendar text. Raises ChatFailure. */
export async function fetchEventFeed(): Promise<string> {
  const response = await request('/api/events.ics', {}, SHORT_TIMEOUT_MS);
  return response.text();
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
  const response = await fetch(`${SERVER}/api/chat/events`, { headers, signal, cache: 'no-store' });
  if (!response.ok) throw await failureOf(response);
  if (!(response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) throw new ChatFailure('network');
  return response;
}

async function request(url: string, init: RequestInit, timeout: number): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  try {
    const response = await fetch(SERVER + url, { ...init, credentials: 'omit', cache: 'no-store', signal: abort.signal });
    if (!response.ok) throw await failureOf(response);
    return response;
  } catch (error) {
    throw failureFrom(error);
  } finally {
    clearTimeout(timer);
  }
}

async function messagesOf(response: Response): Promise<Message[]> {
  const body = await bodyOf<{ messages?: unknown }>(response);
  return Array.isArray(body.messages) ? body.messages.filter(isMessage) : [];
}

async function bodyOf<Body>(response: Response): Promise<Body> {
  try {
    return (await response.json()) as Body;
  } catch (error) {
    throw failureFrom(error);
  }
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
