import { failureFrom, isTransient } from '../api/failure';
import type { LeftQuestion } from '../api/types';
import { keptAs, type Place } from './place';
import { uuid } from './uuid';

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 60_000;
const MOST = 5;

/** A question that waits to be sent; `refused` says why the server did not take it as it is. */
export interface Waiting extends LeftQuestion {
  refused: string | null;
}

/**
 * Questions left for a person: kept in this browser until the server has put them on record, then forgotten here.
 * Each is sent with the same client id until then, so that it arrives once.
 */
export class LeftQuestions {
  private items: readonly Waiting[];
  private readonly key: string;
  private readonly send: (question: LeftQuestion) => Promise<void>;
  private readonly listeners = new Set<() => void>();
  private busy = false;
  private delay = FIRST_DELAY_MS;
  private timer: number | undefined;

  /** `send` raises ChatFailure. */
  constructor(place: Pick<Place, 'key'>, send: (question: LeftQuestion) => Promise<void>) {
    this.key = keptAs('left', place);
    this.send = send;
    this.items = read(this.key);
    window.addEventListener('online', () => void this.deliver());
    void this.deliver();
  }

  readonly list = (): readonly Waiting[] => this.items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Keeps a question and sends it as soon as that works; resolves after the first try, true when it is on record. */
  async leave(text: string, contact: string, consent: boolean): Promise<boolean> {
    const clientId = uuid();
    this.set([...this.items.filter((item) => item.refused === null), { clientId, text, contact, consent, refused: null }].slice(-MOST));
    await this.deliver();
    return this.items.every((item) => item.clientId !== clientId);
  }

  /** Sends what waits, the oldest first. */
  async deliver(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    window.clearTimeout(this.timer);
    try {
      for (const item of this.items.filter(({ refused }) => refused === null)) {
        if (!(await this.sent(item))) break;
      }
    } finally {
      this.busy = false;
    }
  }

  private async sent(item: Waiting): Promise<boolean> {
    try {
      await this.send(item);
    } catch (error) {
      const failure = failureFrom(error);
      if (isTransient(failure.reason) || failure.reason === 'rate_limited' || failure.reason === 'session') {
        this.timer = window.setTimeout(() => void this.deliver(), this.delay);
        this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
        return false;
      }
      this.set(this.items.map((one) => (one.clientId === item.clientId ? { ...one, refused: failure.detail ?? '' } : one)));
      return true;
    }
    this.delay = FIRST_DELAY_MS;
    this.set(this.items.filter((one) => one.clientId !== item.clientId));
    return true;
  }

  private set(items: readonly Waiting[]): void {
    this.items = items;
    try {
      if (items.length === 0) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify(items));
    } catch {
      // Without storage they wait for as long as the page is open.
    }
    for (const listener of this.listeners) listener();
  }
}

/** What storage holds, as far as it is ours. */
function read(key: string): Waiting[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.flatMap((entry: unknown) => waitingOf(entry) ?? []).slice(-MOST) : [];
  } catch {
    return [];
  }
}

function waitingOf(value: unknown): Waiting | null {
  if (typeof value !== 'object' || value === null) return null;
  const { clientId, text, contact, consent, refused } = value as Record<string, unknown>;
  if (typeof clientId !== 'string' || typeof text !== 'string') return null;
  return { clientId, text, contact: typeof contact === 'string' ? contact : '', consent: consent === true, refused: typeof refused === 'string' ? refused : null };
}
