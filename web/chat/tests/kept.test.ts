import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PageClock } from '../src/state/clock';
import { SAVED_LIMIT, SavedPostings } from '../src/state/saved';

const posting = (id: string) => ({ id, title: `岗位${id}`, employer: '示例公司' });

beforeEach(() => localStorage.clear());

describe('saved postings', () => {
  it('are there again on the next visit, the newest first', () => {
    const saved = new SavedPostings();
    saved.add(posting('1'));
    saved.add(posting('2'));
    expect(new SavedPostings().list().map(({ id }) => id)).toEqual(['2', '1']);
  });

  it('hold the id, the title and the employer and nothing else', () => {
    const item = { ...posting('1'), contact: '13800000000' };
    new SavedPostings().add(item);
    expect(Object.keys(JSON.parse(localStorage.getItem('zhiwen.saved') ?? '[]')[0]).sort()).toEqual(['employer', 'id', 'title']);
  });

  it('are kept once', () => {
    const saved = new SavedPostings();
    expect(saved.add(posting('1'))).toBe(true);
    expect(saved.add(posting('1'))).toBe(true);
    expect(saved.list()).toHaveLength(1);
  });

  it('come back to their place when the removal is taken back', () => {
    const saved = new SavedPostings();
    for (const id of ['3', '2', '1']) saved.add(posting(id));
    const place = saved.remove('2');
    saved.add(posting('2'), place);
    expect(saved.list().map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(saved.remove('9')).toBe(-1);
  });

  it('say when there is no more room', () => {
    const saved = new SavedPostings();
    for (let id = 0; id < SAVED_LIMIT; id += 1) saved.add(posting(String(id)));
    expect(saved.add(posting('one more'))).toBe(false);
    expect(saved.list()).toHaveLength(SAVED_LIMIT);
  });

  it('tell whoever watches, and follow another tab', () => {
    const saved = new SavedPostings();
    const seen = vi.fn();
    const stop = saved.subscribe(seen);
    saved.add(posting('1'));
    localStorage.setItem('zhiwen.saved', JSON.stringify([posting('7')]));
    window.dispatchEvent(new StorageEvent('storage', { key: 'zhiwen.saved' }));
    expect(saved.list().map(({ id }) => id)).toEqual(['7']);
    expect(seen).toHaveBeenCalledTimes(2);
    stop();
    saved.remove('7');
    expect(seen).toHaveBeenCalledTimes(2);
  });

  it.each(['{', 'null', '{"a":1}', '[1, {"id": 3}, {"id": "a"}, null]'])('are none where storage holds %s', (stored) => {
    localStorage.setItem('zhiwen.saved', stored);
    expect(new SavedPostings().list()).toEqual([]);
  });

  it('work until the page closes where the browser keeps nothing', () => {
    const refuse = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    const saved = new SavedPostings();
    saved.add(posting('1'));
    expect(saved.has('1')).toBe(true);
    expect(saved.kept).toBe(false);
    vi.unstubAllGlobals();
  });
});

describe('the clock of the page', () => {
  const OWN = Date.parse('2026-11-22T04:00:00Z');

  it('goes by its own time while the server agrees', () => {
    const clock = new PageClock(() => OWN);
    clock.learn('2026-11-22T04:20:00Z');
    expect(clock.now().getTime()).toBe(OWN);
  });

  it('follows a server whose day is another one, after a reload as well', () => {
    new PageClock(() => OWN).learn('2026-12-01T04:00:00Z');
    expect(new PageClock(() => OWN + 60_000).now().toISOString()).toBe('2026-12-01T04:01:00.000Z');
  });

  it('goes back to its own time, and does not mind what is no time', () => {
    const clock = new PageClock(() => OWN);
    clock.learn('2026-12-01T04:00:00Z');
    clock.learn('soon');
    expect(clock.now().toISOString()).toBe('2026-12-01T04:00:00.000Z');
    clock.learn('2026-11-22T04:00:00Z');
    expect(clock.now().getTime()).toBe(OWN);
  });
});
