import { keptAs, type Place } from './place';

const NAME = 'clock';
/** Below this the difference is the way there and back, or a clock that is a little off: neither changes what day it is. */
const WORTH_MS = 12 * 3_600_000;

/**
 * The present as the server has it. Deadlines are counted in days, and a phone whose date is wrong would call an open posting
 * closed; a server set to another day (for a demonstration) would be contradicted by every card.
 */
export class PageClock {
  private offset: number;
  private readonly systemNow: () => number;

  private readonly key: string;

  constructor(systemNow: () => number = Date.now, place: Pick<Place, 'key'> = { key: '' }) {
    this.systemNow = systemNow;
    this.key = keptAs(NAME, place);
    this.offset = readOffset(this.key);
  }

  now(): Date {
    return new Date(this.systemNow() + this.offset);
  }

  /** Takes the time of a message that the server wrote just now. */
  learn(writtenAt: string): void {
    const written = Date.parse(writtenAt);
    if (Number.isNaN(written)) return;
    const difference = written - this.systemNow();
    this.offset = Math.abs(difference) >= WORTH_MS ? difference : 0;
    keepOffset(this.key, this.offset);
  }
}

function readOffset(key: string): number {
  try {
    const kept = Number(localStorage.getItem(key) ?? 0);
    return Number.isFinite(kept) ? kept : 0;
  } catch {
    return 0;
  }
}

function keepOffset(key: string, offset: number): void {
  try {
    if (offset === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, String(offset));
  } catch {
    // Without storage the next reply tells the time again.
  }
}
