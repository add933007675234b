/** Counting a promise down in working time. Moments are milliseconds. */

export interface Shift {
  opens: number;
  closes: number;
}

export type Urgency = 'calm' | 'soon' | 'over';

export interface Left {
  /** Seconds until the promise is due, negative since it was; working time alone is counted. */
  seconds: number;
  urgency: Urgency;
  /** Whether working time is passing now. */
  running: boolean;
}

const SECOND = 1_000;
const SOON_SECONDS = 3_600;

/** Milliseconds of `shifts` between two moments, whichever is first. */
export function workedBetween(shifts: readonly Shift[], one: number, other: number): number {
  const [start, end] = one < other ? [one, other] : [other, one];
  return shifts.reduce((sum, { opens, closes }) => sum + Math.max(0, Math.min(closes, end) - Math.max(opens, start)), 0);
}

/** What is left of a promise at `now`. An urgent one runs round the clock. */
export function leftOf(due: number, now: number, shifts: readonly Shift[], roundTheClock: boolean): Left {
  const span = roundTheClock ? Math.abs(due - now) : workedBetween(shifts, now, due);
  const over = now > due;
  const seconds = Math.floor(span / SECOND) * (over ? -1 : 1);
  const running = roundTheClock || shifts.some(({ opens, closes }) => opens <= now && now < closes);
  return { seconds, running, urgency: over ? 'over' : seconds <= SOON_SECONDS ? 'soon' : 'calm' };
}
