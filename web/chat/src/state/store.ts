import type { FailureReason } from '../api/failure';
import type { LiveState } from '../api/live';
import type { Message } from '../api/types';
import { lastOf } from '../text/list';
import type { ReadyPicture } from './picture';

export interface Failure {
  reason: FailureReason;
  retryAfter: number | null;
  /** The server's own sentence, where it gave one. */
  detail: string | null;
}

/** A message of the user's that the server may not have yet. */
export interface Outgoing {
  clientId: string;
  text: string;
  /** What is sent instead of a text. */
  picture?: ReadyPicture;
  /** What the user's bubble shows: the title of a choice rather than its value. */
  shown: string;
  state: 'sending' | 'failed' | 'delivered';
  failure: Failure | null;
  /** The highest seq known when it was sent, and the lowest of its replies: the server's copy lies between. */
  afterSeq: number;
  beforeSeq: number | null;
  /** The server's copy of a message under way is already shown, so this one is not. */
  echoed: boolean;
  /** Replies that the server could not put on record (their seq is below 1): they stand below this message. */
  notes: Message[];
  createdAt: string;
}

export interface ChatState {
  boot: 'loading' | 'ready' | FailureReason;
  online: boolean;
  live: LiveState;
  /** True while the live connection has been down for longer than a hiccup. */
  disconnected: boolean;
  /** Messages of sessions that ended while the page was open. */
  past: Message[];
  /** The previous session ran out; a line between `past` and `messages` says so. */
  renewed: boolean;
  /** Why the link by which the page was opened led nowhere. */
  missed: string | null;
  messages: Message[];
  outgoing: Outgoing[];
  /** Message id → thumbnail of the picture that was sent from this page; no server keeps it. */
  previews: Readonly<Record<string, string>>;
}

export type TimelineEntry =
  | { type: 'message'; key: string; message: Message }
  | { type: 'outgoing'; key: string; outgoing: Outgoing };

export const initialState: ChatState = {
  boot: 'loading',
  online: true,
  live: 'connecting',
  disconnected: false,
  past: [],
  renewed: false,
  missed: null,
  messages: [],
  outgoing: [],
  previews: {},
};

export function lastSeq(state: ChatState): number {
  return lastOf(state.messages)?.seq ?? 0;
}

/** Adds what the server sent, by whatever way and in whatever order: one message per id and seq, sorted by seq. */
export function withMessages(state: ChatState, received: readonly Message[]): ChatState {
  const onRecord = received.filter((message) => message.seq >= 1);
  if (onRecord.length === 0) return state;
  const bySeq = new Map(state.messages.map((message) => [message.seq, message]));
  const seqOf = new Map(state.messages.map((message) => [message.id, message.seq]));
  for (const message of onRecord) {
    const known = seqOf.get(message.id);
    if (known !== undefined && known !== message.seq) bySeq.delete(known);
    bySeq.set(message.seq, message);
    seqOf.set(message.id, message.seq);
  }
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  return withoutEchoes({ ...state, messages });
}

export function withOutgoing(state: ChatState, outgoing: Outgoing): ChatState {
  return { ...state, outgoing: [...state.outgoing, outgoing] };
}

/** The user tries again: the same client id, so the server does the work once. */
export function withRetry(state: ChatState, clientId: string): ChatState {
  return mapOutgoing(state, clientId, (entry) => ({ ...entry, state: 'sending', failure: null, notes: [] }));
}

/** The server answered; its replies may or may not contain its copy of the user's message. */
export function withDelivered(state: ChatState, clientId: string, replies: readonly Message[]): ChatState {
  const answers = replies.filter((message) => message.role !== 'user');
  const copy = replies.find((message) => message.role === 'user');
  const notes = answers.filter((message) => message.seq < 1);
  const seqs = answers.filter((message) => message.seq >= 1).map((message) => message.seq);
  const beforeSeq = seqs.length > 0 ? Math.min(...seqs) : null;
  const delivered = mapOutgoing(state, clientId, (entry) => ({ ...entry, state: 'delivered', failure: null, beforeSeq, notes }));
  const settled = copy === undefined ? delivered : dropOutgoing(withPreview(delivered, clientId, copy), clientId);
  return withoutEchoes(withMessages(settled, replies));
}

export function withFailed(state: ChatState, clientId: string, failure: Failure): ChatState {
  const entry = state.outgoing.find((candidate) => candidate.clientId === clientId);
  // The reply got lost on the way, but the server has the message: the live events bring the answer.
  if (entry?.echoed === true) return dropOutgoing(state, clientId);
  return mapOutgoing(state, clientId, (failed) => ({ ...failed, state: 'failed', failure }));
}

/** A new session begins: what was said stays to be read, what was not delivered is kept for sending. */
export function withNewSession(state: ChatState): ChatState {
  const outgoing = state.outgoing
    .filter((entry) => entry.state !== 'delivered' && !entry.echoed)
    .map((entry) => ({ ...entry, afterSeq: 0, beforeSeq: null }));
  return { ...state, past: [...state.past, ...state.messages], messages: [], outgoing, renewed: true };
}

/** Everything of this session in reading order. */
export function timeline(state: ChatState): TimelineEntry[] {
  const entries = state.messages.map((message) => ({
    at: message.seq,
    entry: { type: 'message', key: `m-${message.id}`, message } as TimelineEntry,
  }));
  for (const outgoing of state.outgoing) {
    if (outgoing.echoed) continue;
    const at = placeOf(outgoing);
    entries.push({ at, entry: { type: 'outgoing', key: `o-${outgoing.clientId}`, outgoing } });
    for (const message of outgoing.notes) {
      if (state.messages.some((known) => known.id === message.id)) continue;
      entries.push({ at, entry: { type: 'message', key: `n-${message.id}`, message } });
    }
  }
  return entries.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

export function isWaiting(state: ChatState): boolean {
  return state.outgoing.some((entry) => entry.state === 'sending');
}

function placeOf(outgoing: Outgoing): number {
  if (outgoing.state === 'sending') return Number.POSITIVE_INFINITY;
  return outgoing.beforeSeq === null ? outgoing.afterSeq + 0.5 : outgoing.beforeSeq - 0.5;
}

/** Takes back each local message whose copy has come from the server, so that nothing is shown twice. */
function withoutEchoes(state: ChatState): ChatState {
  const claimed = new Set<number>();
  const outgoing: Outgoing[] = [];
  const previews = { ...state.previews };
  for (const entry of state.outgoing) {
    const copy = state.messages.find((message) => !claimed.has(message.seq) && isCopy(entry, message));
    if (copy === undefined) {
      outgoing.push(entry);
      continue;
    }
    claimed.add(copy.seq);
    if (entry.picture !== undefined) previews[copy.id] = entry.picture.preview;
    if (entry.state === 'sending') outgoing.push({ ...entry, echoed: true });
  }
  return { ...state, outgoing, previews };
}

function isCopy(entry: Outgoing, message: Message): boolean {
  if (message.role !== 'user' || message.seq <= entry.afterSeq) return false;
  // The text of a picture is what the server read in it, so nothing here equals it.
  if ((entry.picture !== undefined) !== isPicture(message)) return false;
  if (entry.beforeSeq !== null) return message.seq < entry.beforeSeq;
  if (entry.picture !== undefined) return true;
  return isSameText(entry.text, message.text) || isSameText(entry.shown, message.text);
}

/** A message of the user's whose text was read from a picture. */
export function isPicture(message: Message): boolean {
  return message.role === 'user' && message.payload?.['picture'] === true;
}

/** What the server writes in place of an identity, bank or telephone number. */
const MASK = /[*＊×]{2,}|〔[^〔〕]*隐去〕/;

/** The server masks numbers before it keeps a message; a mask stands for any characters. */
export function isSameText(local: string, stored: string): boolean {
  const mine = plain(local);
  const theirs = plain(stored);
  if (mine === theirs) return true;
  if (!MASK.test(theirs)) return false;
  const pattern = theirs
    .split(new RegExp(MASK, 'g'))
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+?');
  return new RegExp(`^${pattern}$`, 's').test(mine);
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

function withPreview(state: ChatState, clientId: string, copy: Message): ChatState {
  const picture = state.outgoing.find((entry) => entry.clientId === clientId)?.picture;
  return picture === undefined ? state : { ...state, previews: { ...state.previews, [copy.id]: picture.preview } };
}

function mapOutgoing(state: ChatState, clientId: string, change: (entry: Outgoing) => Outgoing): ChatState {
  return { ...state, outgoing: state.outgoing.map((entry) => (entry.clientId === clientId ? change(entry) : entry)) };
}

function dropOutgoing(state: ChatState, clientId: string): ChatState {
  return { ...state, outgoing: state.outgoing.filter((entry) => entry.clientId !== clientId) };
}
