import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Live } from '../src/api/live';

class Source extends EventTarget {
  readyState = 0;
  closed = false;

  close() {
    this.closed = true;
  }

  says(kind: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));
  }
}

let sources: Source[];
const caughtUp = vi.fn();
const refused = vi.fn();
let live: Live;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  caughtUp.mockReset();
  refused.mockReset();
  live = new Live(
    () => {
      sources.push(new Source());
      return sources.at(-1)!;
    },
    caughtUp,
    refused,
  );
  live.start();
});

afterEach(() => {
  live.stop();
  vi.useRealTimers();
});

it('tells what the server says', () => {
  const heard: unknown[] = [];
  live.listen((kind, data) => heard.push([kind, data]));
  sources[0]!.says('ticket', { number: 'ZW1', change: 'claimed' });

  expect(heard).toEqual([['ticket', { number: 'ZW1', change: 'claimed' }]]);
});

it('reads everything anew after a gap, and only then', () => {
  const states: string[] = [];
  live.watch((state) => states.push(state));
  sources[0]!.dispatchEvent(new Event('open'));
  expect(caughtUp).not.toHaveBeenCalled();

  sources[0]!.dispatchEvent(new Event('error'));
  sources[0]!.dispatchEvent(new Event('open'));

  expect(caughtUp).toHaveBeenCalledOnce();
  expect(states).toEqual(['open', 'broken', 'open']);
  expect(sources).toHaveLength(1);
});

it('asks again, each time later, when the server refuses, and says that it was refused', () => {
  for (const [attempt, wait] of [4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
    sources[attempt]!.readyState = 2;
    sources[attempt]!.dispatchEvent(new Event('error'));
    expect(refused).toHaveBeenCalledTimes(attempt + 1);
    vi.advanceTimersByTime(wait - 1);
    expect(sources).toHaveLength(attempt + 1);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(attempt + 2);
  }
});

it('is quiet after it was stopped', () => {
  sources[0]!.readyState = 2;
  sources[0]!.dispatchEvent(new Event('error'));
  live.stop();
  vi.advanceTimersByTime(60_000);

  expect(sources).toHaveLength(1);
});
