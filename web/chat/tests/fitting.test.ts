import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Fitting } from '../src/widget/fitting';

class Seen extends EventTarget {
  height = 844;
  offsetTop = 0;
}

describe('the frame on a phone', () => {
  let small = true;
  let seen = new Seen();
  const frame = () => document.createElement('div');

  beforeEach(() => {
    small = true;
    seen = new Seen();
    vi.stubGlobal('visualViewport', seen);
    vi.spyOn(window, 'matchMedia').mockImplementation(() => Object.assign(new EventTarget(), { get matches() { return small; } }) as unknown as MediaQueryList);
    document.documentElement.style.overflow = 'scroll';
  });

  it('takes what the keyboard leaves of the screen, wherever the browser has moved it', () => {
    const box = frame();
    const fitting = new Fitting(box, () => undefined);
    fitting.shown(true);
    expect(box.style.height).toBe('844px');
    seen.height = 420;
    seen.offsetTop = 96;
    seen.dispatchEvent(new Event('resize'));
    expect([box.style.height, box.style.transform]).toEqual(['420px', 'translateY(96px)']);
    expect(box.dataset['full']).toBe('true');
  });

  it('holds the page behind still and gives it back as it was', () => {
    const told: boolean[] = [];
    const fitting = new Fitting(frame(), (full) => told.push(full));
    fitting.shown(true);
    expect(document.documentElement.style.overflow).toBe('hidden');
    fitting.shown(false);
    expect(document.documentElement.style.overflow).toBe('scroll');
    expect(told).toEqual([true, false]);
  });

  it('is a panel where there is room', () => {
    small = false;
    const box = frame();
    const fitting = new Fitting(box, () => undefined);
    fitting.shown(true);
    expect([box.dataset['full'], box.style.height, document.documentElement.style.overflow]).toEqual(['false', '', 'scroll']);
  });
});
