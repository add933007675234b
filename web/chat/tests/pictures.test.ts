import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../src/api/types';
import { type Drawing, pictureIn, PICTURE_LIMIT, prepared } from '../src/state/picture';
import { initialState, type Outgoing, timeline, withDelivered, withFailed, withMessages, withOutgoing, withRetry } from '../src/state/store';
import { sizeText } from '../src/text/size';

const MB = 1024 * 1024;
const file = (bytes: number, type = 'image/png'): File => new File([new Uint8Array(bytes)], 'a', { type });

/** Draws like a browser would: what is drawn anew has `bytes`. */
function drawing(bytes = 1000, size = { width: 4000, height: 1000 }): Drawing & { drawn: [number, number][] } {
  const drawn: [number, number][] = [];
  const draw = (width: number, height: number): HTMLCanvasElement => {
    drawn.push([width, height]);
    const toBlob = (done: (blob: Blob) => void): void => done(file(bytes, 'image/jpeg'));
    return { toBlob, toDataURL: () => `data:image/jpeg;${width}` } as unknown as HTMLCanvasElement;
  };
  return { drawn, decode: () => Promise.resolve({ ...size, draw }) };
}

describe('a picture that was chosen', () => {
  it('is sent as it is where the server takes it, with a thumbnail', async () => {
    const chosen = file(3 * MB);
    expect(await prepared(chosen, drawing())).toEqual({ blob: chosen, preview: 'data:image/jpeg;320' });
  });

  it.each([
    ['too large', file(9 * MB)],
    ['of a kind that only the browser knows', file(1000, 'image/heic')],
  ])('is drawn anew where it is %s, its sides in proportion', async (_, chosen) => {
    const pen = drawing(2 * MB);
    const ready = await prepared(chosen, pen);
    expect(ready.blob.type).toBe('image/jpeg');
    expect(pen.drawn[0]).toEqual([2600, 650]);
  });

  it('is never made larger', async () => {
    const pen = drawing(10, { width: 100, height: 50 });
    await prepared(file(10, 'image/avif'), pen);
    expect(pen.drawn).toEqual([[100, 50], [100, 50]]);
  });

  it.each([
    ['not_picture', file(10, 'application/pdf'), drawing()],
    ['too_large', file(41 * MB), drawing()],
    ['too_large', file(9 * MB), drawing(PICTURE_LIMIT + 1)],
    ['unreadable', file(10), { decode: () => Promise.reject(new Error('broken')) }],
  ])('is refused as %s', async (reason, chosen, pen) => {
    await expect(prepared(chosen, pen)).rejects.toMatchObject({ reason, size: chosen.size });
  });

  it('is found among what was pasted', () => {
    const picture = file(1);
    expect(pictureIn({ files: [file(1, 'text/plain'), picture] } as unknown as DataTransfer)).toBe(picture);
    expect(pictureIn({ files: [] } as unknown as DataTransfer)).toBeNull();
    expect(pictureIn(null)).toBeNull();
  });

  it.each([[0, '1 KB'], [860 * 1024, '860 KB'], [8 * MB, '8 MB'], [3.24 * MB, '3.2 MB']])('of %d bytes has %s', (bytes, size) => {
    expect(sizeText(bytes)).toBe(size);
  });
});

const PICTURE = { blob: new Blob(['x']), preview: 'data:thumb' };
const NETWORK = { reason: 'network', retryAfter: null, detail: null } as const;

function message(seq: number, role: Message['role'], text: string, payload: Message['payload'] = null): Message {
  return { id: `id-${seq}`, seq, role, kind: 'text', text, payload, created_at: '2026-12-01T00:00:00Z' };
}

function sent(): Outgoing {
  const base = { clientId: 'c', text: '', shown: '', state: 'sending', failure: null, afterSeq: 0, beforeSeq: null } as const;
  return { ...base, picture: PICTURE, echoed: false, notes: [], createdAt: '2026-12-01T00:00:00Z' };
}

const kinds = (state: Parameters<typeof timeline>[0]): string[] =>
  timeline(state).map((entry) => (entry.type === 'message' ? entry.message.text : '(picture)'));

describe('a picture under way', () => {
  it('gives way to the words that were read from it, and its thumbnail stays', () => {
    const state = withMessages(withOutgoing(initialState, sent()), [message(1, 'user', '先交押金', { picture: true })]);
    expect(kinds(state)).toEqual(['先交押金']);
    expect(state.previews).toEqual({ 'id-1': 'data:thumb' });
    const answered = withDelivered(state, 'c', [message(2, 'bot', '别交')]);
    expect(kinds(answered)).toEqual(['先交押金', '别交']);
    expect(answered.outgoing).toEqual([]);
  });

  it('keeps its thumbnail when the reply brings the words', () => {
    const state = withDelivered(withOutgoing(initialState, sent()), 'c', [message(1, 'user', '字', { picture: true }), message(2, 'bot', '答')]);
    expect(state.previews).toEqual({ 'id-1': 'data:thumb' });
    expect(kinds(state)).toEqual(['字', '答']);
  });

  it('is not taken for something typed, nor something typed for it', () => {
    const state = withMessages(withOutgoing(initialState, sent()), [message(1, 'user', '')]);
    expect(kinds(state)).toEqual(['', '(picture)']);
    const typed = withOutgoing(initialState, { ...sent(), text: '字', shown: '字', picture: undefined } as unknown as Outgoing);
    expect(timeline(withMessages(typed, [message(1, 'user', '字', { picture: true })]))).toHaveLength(2);
  });

  it('waits below a note that it is being read, until its words come', () => {
    const note = message(0, 'system', '正在认里面的字');
    const state = withDelivered(withOutgoing(initialState, sent()), 'c', [note]);
    expect(kinds(state)).toEqual(['(picture)', '正在认里面的字']);
    expect(kinds(withMessages(state, [message(1, 'user', '字', { picture: true }), message(2, 'bot', '答')]))).toEqual(['字', '答']);
  });

  it('is still there to be sent again after a failure', () => {
    const again = withRetry(withFailed(withOutgoing(initialState, sent()), 'c', NETWORK), 'c');
    expect(again.outgoing[0]).toMatchObject({ picture: PICTURE, state: 'sending', clientId: 'c' });
  });
});

describe('sending a picture', () => {
  it('posts its bytes, and the same bytes under the same id when it is tried again', async () => {
    const { Conversation } = await import('../src/state/conversation');
    localStorage.clear();
    const posts: { url: string; type: string | null; body: unknown; token: string | null }[] = [];
    vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}): Promise<Response> => {
      const headers = new Headers(init.headers);
      if (url === '/api/chat/sessions') return Response.json({ session_id: 's', token: 't', expires_at: '2099-01-01T00:00:00Z' }, { status: 201 });
      if (url === '/api/chat/events') return new Promise<Response>(() => undefined);
      if (init.method !== 'POST') return Response.json({ messages: [] });
      posts.push({ url, type: headers.get('Content-Type'), body: init.body, token: headers.get('Authorization') });
      if (posts.length === 1) return Response.json({ detail: '图片传得太慢，没有收全。' }, { status: 503 });
      return Response.json({ messages: [message(1, 'user', '字', { picture: true }), message(2, 'bot', '答')] });
    });
    const conversation = new Conversation();
    await conversation.start();
    const blob = file(5, 'image/webp');
    conversation.sendPicture({ blob, preview: 'data:thumb' });
    await vi.waitFor(() => expect(conversation.getState().outgoing[0]?.failure?.detail).toContain('太慢'));
    conversation.retry(conversation.getState().outgoing[0]?.clientId ?? '');
    await vi.waitFor(() => expect(kinds(conversation.getState())).toEqual(['字', '答']));
    expect(posts[0]).toMatchObject({ type: 'image/webp', body: blob, token: 'Bearer t' });
    expect(posts[0]?.url).toMatch(/^\/api\/chat\/pictures\?client_id=[0-9a-f-]{36}$/);
    expect(posts[1]).toEqual(posts[0]);
    vi.unstubAllGlobals();
  });
});
