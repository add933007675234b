import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeEntry } from '../src/api/session';
import { Conversation } from '../src/state/conversation';
import { timeline } from '../src/state/store';

type Answer = (request: { url: string; method: string; headers: Headers; body: Record<string, string> }) => Response | Promise<Response>;

const NEVER = new Promise<Response>(() => undefined);
const json = (body: unknown, status = 200, headers = {}): Response => new Response(JSON.stringify(body), { status, headers });
const bot = (seq: number, text: string) => ({ id: `b${seq}`, seq, role: 'bot', kind: 'text', text, payload: null, created_at: '' });

/** Answers the page's requests as a server would; every request is kept in `asked`. */
function serve(posts: Answer[], history: unknown[] = []) {
  const asked: { url: string; method: string; token: string | null; body: Record<string, string> }[] = [];
  let sessions = 0;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, string>) : {};
    asked.push({ url, method, token: headers.get('Authorization'), body });
    if (url === '/api/chat/sessions') {
      sessions += 1;
      return json({ session_id: `s${sessions}`, token: `t${sessions}`, expires_at: '2099-01-01T00:00:00Z' }, 201);
    }
    if (url === '/api/chat/events') return NEVER;
    if (method === 'GET') return json({ messages: url.endsWith('after=0') ? history : [] });
    const answer = posts.shift();
    if (answer === undefined) throw new Error('unexpected post');
    return answer({ url, method, headers, body });
  });
  return asked;
}

const said = (conversation: Conversation): string[] =>
  timeline(conversation.getState()).map((entry) => (entry.type === 'message' ? entry.message.text : `(${entry.outgoing.shown})`));

const failureOf = (conversation: Conversation) => conversation.getState().outgoing[0]?.failure ?? null;

describe('Conversation', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  it('opens a session, keeps it, and comes back to it with its history', async () => {
    serve([]);
    await new Conversation().start();
    const asked = serve([], [bot(1, '欢迎')]);
    const conversation = new Conversation();
    await conversation.start();
    expect(conversation.getState().boot).toBe('ready');
    expect(said(conversation)).toEqual(['欢迎']);
    expect(asked.some(({ url }) => url === '/api/chat/sessions')).toBe(false);
    expect(asked.every(({ token, url }) => token === 'Bearer t1' && !url.includes('t1'))).toBe(true);
  });

  it('enters the conversation that a link leads to, with its history, and takes the code out of the address', async () => {
    window.history.replaceState(null, '', '/?college=x#enter=abc.def');
    const asked = serve([() => json({ session_id: 'w1', token: 'tw', expires_at: '2099-01-01T00:00:00Z' })], [bot(1, '微信里说过的')]);
    const conversation = new Conversation(undefined, undefined, takeEntry());
    await conversation.start();
    expect(said(conversation)).toEqual(['微信里说过的']);
    expect(window.location.href).not.toContain('enter');
    expect(window.location.search).toBe('?college=x');
    expect(asked[0]).toMatchObject({ url: '/api/chat/sessions/enter', body: { code: 'abc.def' } });
    expect(asked.slice(1).every(({ token, url }) => token === 'Bearer tw' && !url.includes('abc'))).toBe(true);
    const again = new Conversation();
    serve([], [bot(1, '微信里说过的')]);
    await again.start();
    expect(said(again)).toEqual(['微信里说过的']);
  });

  it('says kindly that a link is used up, and opens an ordinary chat', async () => {
    const asked = serve([() => json({ detail: '这个链接已经用过。' }, 410)]);
    const conversation = new Conversation(undefined, undefined, 'abc.def');
    await conversation.start();
    expect(conversation.getState()).toMatchObject({ boot: 'ready', missed: '这个链接已经用过。' });
    expect(asked.filter(({ url }) => url === '/api/chat/sessions')).toHaveLength(1);
  });

  it('renews a session of which less than half a day is left, and goes on in the same conversation', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    localStorage.setItem('zhiwen.session', JSON.stringify({ session_id: 's1', token: 'old', expires_at: soon }));
    const asked = serve([() => json({ session_id: 's1', token: 'new', expires_at: '2099-01-01T00:00:00Z' }), () => json({ messages: [bot(2, '答')] })], [bot(1, '之前的')]);
    const conversation = new Conversation();
    await conversation.start();
    conversation.send('问');
    await vi.waitFor(() => expect(said(conversation)).toContain('答'));
    expect(said(conversation)[0]).toBe('之前的');
    expect(asked.filter(({ method }) => method === 'POST').map(({ url, token }) => [url, token])).toEqual([
      ['/api/chat/sessions/renewal', 'Bearer old'],
      ['/api/chat/messages', 'Bearer new'],
    ]);
    expect(JSON.parse(localStorage.getItem('zhiwen.session') ?? '{}')).toMatchObject({ session_id: 's1', token: 'new' });
  });

  it('keeps two places apart', async () => {
    serve([]);
    await new Conversation(undefined, { college: '甲学院', key: 'zhiwen/甲学院' }).start();
    const asked = serve([]);
    await new Conversation(undefined, { college: '乙学院', key: 'zhiwen/乙学院' }).start();
    expect(asked.find(({ url }) => url === '/api/chat/sessions')?.body).toEqual({ college: '乙学院' });
    expect(localStorage.getItem('zhiwen.session')).toBeNull();
  });

  it('sends a failed message again with the same client id', async () => {
    const asked = serve([
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => json({ messages: [bot(2, '答')] }),
    ]);
    const conversation = new Conversation();
    await conversation.start();
    conversation.send('问题');
    await vi.waitFor(() => expect(failureOf(conversation)?.reason).toBe('network'));
    conversation.retry(conversation.getState().outgoing[0]?.clientId ?? '');
    await vi.waitFor(() => expect(said(conversation)).toEqual(['(问题)', '答']));
    const [first, second] = asked.filter(({ method, url }) => method === 'POST' && url === '/api/chat/messages');
    expect(first?.body['client_id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.body['client_id']).toBe(first?.body['client_id']);
  });

  it.each([
    [json({}, 429, { 'Retry-After': '20' }), { reason: 'rate_limited', retryAfter: 20, detail: null }],
    [json({}, 503), { reason: 'unavailable', retryAfter: null, detail: null }],
    [json({ detail: '内容太长了' }, 413), { reason: 'too_long', retryAfter: null, detail: '内容太长了' }],
    [json({ detail: 'Unprocessable' }, 422), { reason: 'rejected', retryAfter: null, detail: null }],
  ])('says why a message was not delivered: %#', async (response, failure) => {
    serve([() => response]);
    const conversation = new Conversation();
    await conversation.start();
    conversation.send('问题');
    await vi.waitFor(() => expect(failureOf(conversation)).toMatchObject(failure));
  });

  it('begins a new session when the old one is no longer accepted, and delivers the message there', async () => {
    const asked = serve([() => json({}, 401), () => json({ messages: [bot(2, '答')] })], [bot(1, '从前')]);
    const conversation = new Conversation();
    await conversation.start();
    conversation.send('问题');
    await vi.waitFor(() => expect(said(conversation)).toEqual(['(问题)', '答']));
    expect(conversation.getState()).toMatchObject({ renewed: true, past: [{ text: '从前' }] });
    expect(asked.filter(({ method }) => method === 'POST').map(({ token }) => token)).toEqual([null, 'Bearer t1', null, 'Bearer t2']);
  });

  it('replaces a session that ran out while the page was closed, and says so', async () => {
    const stored = { session_id: 's0', token: 't0', expires_at: '2020-01-01T00:00:00Z' };
    localStorage.setItem('zhiwen.session', JSON.stringify(stored));
    serve([]);
    const conversation = new Conversation();
    await conversation.start();
    expect(conversation.getState()).toMatchObject({ boot: 'ready', renewed: true });
    expect(localStorage.getItem('zhiwen.session')).toContain('t1');
  });

  it('opens one session for somebody who writes before the page is ready', async () => {
    const asked = serve([() => json({ messages: [bot(2, '答')] })]);
    const conversation = new Conversation();
    const started = conversation.start();
    conversation.send('问题');
    await started;
    await vi.waitFor(() => expect(said(conversation)).toEqual(['(问题)', '答']));
    expect(asked.filter(({ url }) => url === '/api/chat/sessions')).toHaveLength(1);
  });

  it('sends one message after the other', async () => {
    let release: (response: Response) => void = () => undefined;
    const asked = serve([
      () => new Promise<Response>((resolve) => (release = resolve)),
      () => json({ messages: [bot(4, '乙')] }),
    ]);
    const conversation = new Conversation();
    await conversation.start();
    conversation.send('一');
    conversation.send('二');
    await vi.waitFor(() => expect(asked.filter(({ body }) => body['text'] !== undefined)).toHaveLength(1));
    release(json({ messages: [bot(2, '甲')] }));
    await vi.waitFor(() => expect(said(conversation)).toEqual(['(一)', '甲', '(二)', '乙']));
  });

  it('survives what others left in its storage', async () => {
    localStorage.setItem('zhiwen.session', '{not json');
    serve([]);
    const conversation = new Conversation();
    await conversation.start();
    expect(conversation.getState().boot).toBe('ready');
  });
});
