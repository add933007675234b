import { beforeEach, expect, it } from 'vitest';

import { Seen } from '../src/state/seen';

beforeEach(() => localStorage.clear());

it('knows what has changed since somebody looked, in this browser and under this account', () => {
  const seen = new Seen(localStorage, 7);
  expect(seen.isNew('ZW1', '2026-12-01T09:00:00Z')).toBe(true);

  seen.look('ZW1', '2026-12-01T09:00:00Z');

  const again = new Seen(localStorage, 7);
  expect(again.isNew('ZW1', '2026-12-01T17:00:00+08:00')).toBe(false);
  expect(again.isNew('ZW1', '2026-12-01T09:00:01Z')).toBe(true);
  expect(new Seen(localStorage, 8).isNew('ZW1', '2026-12-01T09:00:00Z')).toBe(true);
});

it('never goes back to an earlier look, and forgets the oldest first', () => {
  const seen = new Seen(localStorage, 7);
  seen.look('ZW1', '2026-12-01T09:00:00Z');
  seen.look('ZW1', '2026-12-01T08:00:00Z');
  expect(seen.isNew('ZW1', '2026-12-01T08:30:00Z')).toBe(false);

  for (let index = 0; index < 400; index += 1) seen.look(`N${index}`, '2026-12-01T09:00:00Z');

  const again = new Seen(localStorage, 7);
  expect(again.isNew('ZW1', '2026-12-01T09:00:00Z')).toBe(true);
  expect(again.isNew('N0', '2026-12-01T09:00:00Z')).toBe(false);
});

it('begins anew where what was kept cannot be read', () => {
  localStorage.setItem('zhiwen.desk.seen.7', '{');
  expect(new Seen(localStorage, 7).isNew('ZW1', '2026-12-01T09:00:00Z')).toBe(true);
});
