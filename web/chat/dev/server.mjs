// A stand-in for the real server, for work on the page only. It keeps everything in memory and answers with samples.
//   npm run build && npm run samples      → the built page on http://127.0.0.1:5174 under the strict policy of the real one
//   ZHIWEN_API=http://127.0.0.1:5174 npm run dev   → live reload against the samples
// Texts that provoke failures: “限流” 429, “出错” 503, “过期会话” 401, “慢” 4 s.
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { detailed, feed, posting, repliesTo } from './samples.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const POLICY = 
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** token → { messages, replies: Map<client_id, messages>, streams } */
const sessions = new Map();
const expired = new Set();

function openSession() {
  const token = randomUUID();
  sessions.set(token, { messages: [], replies: new Map(), streams: new Set() });
  return { session_id: randomUUID(), token, expires_at: new Date(Date.now() + 86_400_000).toISOString() };
}

function add(session, message) {
  const kept = { id: randomUUID(), seq: session.messages.length + 1, role: 'bot', created_at: new Date().toISOString(), ...message };
  session.messages.push(kept);
  for (const stream of session.streams) stream.write(eventOf(kept));
  return kept;
}

const eventOf = (message) => `id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`;

async function answer(session, { text, client_id: clientId }) {
  const known = session.replies.get(clientId);
  if (known) return known;
  add(session, { role: 'user', kind: 'text', text, payload: null });
  await new Promise((resolve) => setTimeout(resolve, text.includes('慢') ? 4_000 : 350));
  const replies = repliesTo(text).map((reply) => add(session, reply));
  session.replies.set(clientId, replies);
  return replies;
}

function stream(session, request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('retry: 1000\n\n');
  const after = Number(request.headers['last-event-id'] ?? 0);
  for (const message of session.messages.filter(({ seq }) => seq > after)) response.write(eventOf(message));
  session.streams.add(response);
  const beat = setInterval(() => response.write(': beat\n\n'), 15_000);
  request.on('close', () => {
    clearInterval(beat);
    session.streams.delete(response);
  });
}

async function bodyOf(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body === '' ? {} : JSON.parse(body);
}

function send(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function calendar(response) {
  response.writeHead(200, { 'Content-Type': 'text/calendar; charset=utf-8' });
  response.end(feed());
}

/** Posting 3 is gone. */
function saved(url) {
  const ids = (url.searchParams.get('ids') ?? '').split(',').filter((id) => ['1', '2', '4'].includes(id));
  return ids.map((id) => detailed(posting(id)));
}

let failures = 0;
/** Every third picture gets lost. */
async function picture(session, request, response, url) {
  for await (const _ of request);
  failures += 1;
  if (failures % 3 === 2) return send(response, 503, {});
  const clientId = url.searchParams.get('client_id');
  const known = session.replies.get(clientId);
  if (known) return send(response, 200, { messages: known });
  add(session, { role: 'user', kind: 'text', text: '日结三百，先交 600 元押金', payload: { picture: true } });
  const replies = repliesTo('押金').map((reply) => add(session, reply));
  session.replies.set(clientId, replies);
  return send(response, 200, { messages: replies });
}

async function api(request, response, url) {
  if (url.pathname === '/api/chat/sessions') return send(response, 201, openSession());
  if (url.pathname.startsWith('/api/events')) return calendar(response);
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  const session = sessions.get(token);
  if (!session) return send(response, 401, { detail: 'unknown session' });
  if (url.pathname === '/api/chat/events') return stream(session, request, response);
  if (url.pathname === '/api/chat/feedback') return send(response, 200, { ok: true, ...(await bodyOf(request)) });
  if (url.pathname === '/api/chat/postings') return send(response, 200, { items: saved(url) });
  if (url.pathname === '/api/chat/pictures') return picture(session, request, response, url);
  if (request.method === 'GET') {
    const after = Number(url.searchParams.get('after') ?? 0);
    return send(response, 200, { messages: session.messages.filter(({ seq }) => seq > after) });
  }
  const message = await bodyOf(request);
  if (message.text.includes('限流')) return send(response, 429, {}, { 'Retry-After': '20' });
  if (message.text.includes('出错')) return send(response, 503, {});
  if (message.text.includes('过期会话')) {
    if (expired.has(message.client_id)) return send(response, 200, { messages: await answer(session, message) });
    expired.add(message.client_id);
    sessions.delete(token);
    return send(response, 401, {});
  }
  return send(response, 200, { messages: await answer(session, message) });
}

function page(response, pathname) {
  const file = join(DIST, normalize(pathname === '/' ? '/index.html' : pathname));
  if (!file.startsWith(DIST) || !existsSync(file)) return send(response, 404, {});
  response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY });
  createReadStream(file).pipe(response);
}

const port = Number(process.env.PORT ?? 5174);
createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const done = url.pathname.startsWith('/api/') ? api(request, response, url) : page(response, url.pathname);
  Promise.resolve(done).catch((error) => send(response, 500, { detail: String(error) }));
}).listen(port, '127.0.0.1', () => console.log(`sample server, for development only: http://127.0.0.1:${port}`));
