import { describe, expect, it } from 'vitest';
import type { Message } from '../src/api/types';
import {
  type ChatState,
  initialState,
  isSameText,
  isWaiting,
  lastSeq,
  type Outgoing,
  timeline,
  withDelivered,
  withFailed,
  withMessages,
  withNewSession,
  withOutgoing,
  withRetry,
} from '../src/state/store';

const NETWORK = { reason: 'network', retryAfter: null, detail: null } as const;

function message(seq: number, role: Message['role'] = 'bot', text = `m${seq}`, id = `id-${seq}`): Message {
  return { id, seq, role, kind: 'text', text, payload: null, created_at: '2026-12-01T00:00:00Z' };
}

function outgoing(clientId: string, text: string, more: Partial<Outgoing> = {}): Outgoing {
  return {
    clientId,
    text,
    shown: text,
    state: 'sending',
    failure: null,
    afterSeq: 0,
    beforeSeq: null,
    echoed: false,
    notes: [],
    createdAt: '2026-12-01T00:00:00Z',
    ...more,
  };
}

function said(state: ChatState): string[] {
  return timeline(state).map((entry) => (entry.type === 'message' ? entry.message.text : `(${entry.outgoing.shown})`));
}

describe('messages from the server', () => {
  it('are sorted by seq in whatever order they come', () => {
    const state = withMessages(withMessages(initialState, [message(3), message(1)]), [message(2)]);
    expect(said(state)).toEqual(['m1', 'm2', 'm3']);
    expect(lastSeq(state)).toBe(3);
  });

  it('appear once, whether they come with the reply, by the stream or by polling', () => {
    const once = withMessages(initialState, [message(1), message(2)]);
    expect(withMessages(once, [message(2), message(1)]).messages).toHaveLength(2);
  });

  it('replace their earlier version', () => {
    const state = withMessages(withMessages(initialState, [message(1)]), [message(1, 'bot', 'new')]);
    expect(said(state)).toEqual(['new']);
  });
});

describe("the user's message", () => {
  it('stands at the end until the server has it, then in its place, once', () => {
    const sending = withOutgoing(withMessages(initialState, [message(1)]), outgoing('c', '问题', { afterSeq: 1 }));
    expect(said(sending)).toEqual(['m1', '(问题)']);
    const echoed = withMessages(sending, [message(2, 'user', '问题')]);
    expect(said(echoed)).toEqual(['m1', '问题']);
    expect(isWaiting(echoed)).toBe(true);
    const answered = withDelivered(echoed, 'c', [message(3)]);
    expect(said(answered)).toEqual(['m1', '问题', 'm3']);
    expect(isWaiting(answered)).toBe(false);
  });

  it('is found again when the server masked it', () => {
    const sending = withOutgoing(initialState, outgoing('c', '我的卡号 6222020200112233445'));
    const delivered = withDelivered(sending, 'c', [message(2)]);
    expect(said(delivered)).toEqual(['(我的卡号 6222020200112233445)', 'm2']);
    expect(said(withMessages(delivered, [message(1, 'user', '我的卡号 〔银行卡号已隐去〕')]))).toEqual(['我的卡号 〔银行卡号已隐去〕', 'm2']);
  });

  it('is not taken for the same words said before', () => {
    const before = withMessages(initialState, [message(1, 'user', '你好'), message(2)]);
    const state = withOutgoing(before, outgoing('c', '你好', { afterSeq: 2 }));
    expect(said(state)).toEqual(['你好', 'm2', '(你好)']);
  });

  it('drops the local copy when the reply contains the server’s', () => {
    const sending = withOutgoing(initialState, outgoing('c', '/request_human', { shown: '找老师' }));
    const state = withDelivered(sending, 'c', [message(1, 'user', '找老师'), message(2)]);
    expect(said(state)).toEqual(['找老师', 'm2']);
  });

  it('keeps two equal messages apart', () => {
    const sending = withOutgoing(withOutgoing(initialState, outgoing('a', '在吗')), outgoing('b', '在吗'));
    expect(said(withMessages(sending, [message(1, 'user', '在吗')]))).toEqual(['在吗', '(在吗)']);
  });

  it('that failed stays where it was said and can be sent again', () => {
    const sending = withOutgoing(withMessages(initialState, [message(1)]), outgoing('c', '问题', { afterSeq: 1 }));
    const failed = withMessages(withFailed(sending, 'c', NETWORK), [message(2)]);
    expect(said(failed)).toEqual(['m1', '(问题)', 'm2']);
    expect(isWaiting(failed)).toBe(false);
    const again = withRetry(failed, 'c');
    expect(again.outgoing[0]).toMatchObject({ clientId: 'c', state: 'sending', failure: null });
    expect(said(withDelivered(again, 'c', [message(3, 'user', '问题'), message(4)]))).toEqual(['m1', 'm2', '问题', 'm4']);
  });

  it('is not called undelivered when only the reply got lost', () => {
    const sending = withOutgoing(initialState, outgoing('c', '问题'));
    const failed = withFailed(withMessages(sending, [message(1, 'user', '问题')]), 'c', NETWORK);
    expect(said(failed)).toEqual(['问题']);
    expect(failed.outgoing).toHaveLength(0);
  });

  it('carries a reply that could not be put on record below it, until it is', () => {
    const note = message(0, 'system', '先记下了', 'note');
    const state = withDelivered(withOutgoing(withMessages(initialState, [message(5)]), outgoing('c', '问题', { afterSeq: 5 })), 'c', [note]);
    expect(said(state)).toEqual(['m5', '(问题)', '先记下了']);
    expect(lastSeq(state)).toBe(5);
    const recovered = withMessages(state, [message(6, 'user', '问题'), message(7)]);
    expect(said(recovered)).toEqual(['m5', '问题', 'm7']);
  });
});

describe('a new session', () => {
  it('keeps what was said to be read and what was not delivered to be sent', () => {
    const old = withOutgoing(withMessages(initialState, [message(1), message(9)]), outgoing('c', '问题', { afterSeq: 9 }));
    const renewed = withNewSession(old);
    expect(renewed.past.map((entry) => entry.seq)).toEqual([1, 9]);
    expect(renewed.renewed).toBe(true);
    expect(lastSeq(renewed)).toBe(0);
    const state = withDelivered(renewed, 'c', [message(1, 'user', '问题', 'n1'), message(2, 'bot', '答', 'n2')]);
    expect(said(state)).toEqual(['问题', '答']);
  });
});

describe('isSameText', () => {
  it.each([
    ['三方协议', '三方协议', true],
    [' ＡＢＣ  问 ', 'ABC 问', true],
    ['身份证 110101199003070011 丢了', '身份证 1101**********0011 丢了', true],
    ['卡号6222020200112233445丢了', '卡号〔银行卡号已隐去〕丢了', true],
    ['身份证 110101199003070011 丢了', '户口本 ****** 丢了', false],
    ['a.c', 'abc', false],
  ])('%j and %j: %s', (local, stored, same) => {
    expect(isSameText(local, stored)).toBe(same);
  });
});
