import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatFailure } from '../src/api/failure';
import type { LeftQuestion } from '../src/api/types';
import { LeftQuestions } from '../src/state/left';
import { accents, contrast, parsed, type Rgb } from '../src/widget/colour';
import { optionsOf } from '../src/widget/options';

const SERVER = 'https://zhiwen.example';
const options = (data: Record<string, string>, language = 'zh-CN') => optionsOf(data, SERVER, language);
const rgb = (colour: string | undefined): Rgb => parsed(colour ?? '') ?? [0, 0, 0];

describe('the attributes of the script', () => {
  it('all have defaults', () => {
    expect(options({})).toEqual({
      server: SERVER,
      college: null,
      key: 'zhiwen.example/',
      theme: 'auto',
      colour: null,
      side: 'right',
      offset: [20, 20],
      zIndex: 2_147_483_000,
      title: null,
      label: null,
      greeting: null,
      greetingSeconds: 8,
      traditional: false,
    });
  });

  it('keep two schools and two servers apart', () => {
    const keys = [options({ college: '甲' }), options({ school: '乙' }), optionsOf({ college: '甲' }, 'https://other.example', '')].map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
  });

  it.each([
    [{ theme: 'purple', position: 'top', offsetX: 'wide', offsetY: '-5', zIndex: '1e99', greetingDelay: '' }, { theme: 'auto', side: 'right', offset: [20, 0], zIndex: 2_147_483_647, greetingSeconds: 8 }],
    [{ theme: 'dark', position: 'left', offsetX: '8', zIndex: '5', greetingDelay: '0' }, { theme: 'dark', side: 'left', offset: [8, 20], zIndex: 5, greetingSeconds: 0 }],
    [{ greeting: 'off' }, { greeting: '' }],
    [{ greeting: ' 有问题问我 ' }, { greeting: '有问题问我' }],
    [{ title: '字'.repeat(99) }, { title: '字'.repeat(30) }],
    [{ color: 'red' }, { colour: null }],
    [{ color: '#1d4e89' }, { colour: [29, 78, 137] }],
  ])('take what is usable: %j', (data, expected) => {
    expect(options(data as Record<string, string>)).toMatchObject(expected);
  });

  it.each([
    [{}, 'zh-TW', true],
    [{}, 'zh-Hant-HK', true],
    [{}, 'zh-CN', false],
    [{}, '', false],
    [{ lang: 'zh-Hant' }, 'zh-CN', true],
    [{ lang: 'zh-Hans' }, 'zh-TW', false],
    [{ lang: 'auto' }, 'zh-HK', true],
  ])('choose the script: %j on a page in %s', (data, language, traditional) => {
    expect(options(data as Record<string, string>, language).traditional).toBe(traditional);
  });
});

describe('a colour of the school', () => {
  const levels = [0, 51, 102, 153, 204, 255];
  const colours = levels.flatMap((red) => levels.flatMap((green) => levels.map((blue): Rgb => [red, green, blue])));

  it.each([false, true])('can be read wherever it is used (dark: %s)', (dark) => {
    const paper: Rgb = dark ? [35, 38, 37] : [255, 255, 255];
    const ink: Rgb = dark ? [236, 236, 236] : [25, 25, 25];
    for (const colour of colours) {
      const made = accents(colour, dark);
      expect(contrast(rgb(made['--green']), paper)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(made['--on-green']), rgb(made['--green']))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, rgb(made['--green-pale']))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(made['--green-deep']), rgb(made['--green-mist']))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('is left as it is where it can be read', () => {
    expect(accents([29, 78, 137], false)['--green']).toBe('#1d4e89');
  });
});

describe('questions left for a person', () => {
  const place = { key: 'zhiwen.example/示例学院' };
  let sent: LeftQuestion[] = [];
  let answer: () => Promise<void> = async () => undefined;
  const send = (question: LeftQuestion): Promise<void> => {
    sent.push(question);
    return answer();
  };
  const away = () => Promise.reject(new ChatFailure('network'));

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    sent = [];
    answer = async () => undefined;
  });
  afterEach(() => vi.useRealTimers());

  it('are forgotten here once they are on record there', async () => {
    const left = new LeftQuestions(place, send);
    expect(await left.leave('档案在哪', '13800000000', true)).toBe(true);
    expect(sent).toMatchObject([{ text: '档案在哪', contact: '13800000000', consent: true }]);
    expect(left.list()).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it('wait while nobody can be reached, and go out with the same id', async () => {
    answer = away;
    const left = new LeftQuestions(place, send);
    expect(await left.leave('档案在哪', '', false)).toBe(false);
    answer = async () => undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(left.list()).toEqual([]);
    expect(new Set(sent.map(({ clientId }) => clientId)).size).toBe(1);
    expect(sent).toHaveLength(2);
  });

  it('go out at once when the network is back', async () => {
    answer = away;
    const left = new LeftQuestions(place, send);
    await left.leave('档案在哪', '', false);
    answer = async () => undefined;
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(left.list()).toEqual([]);
  });

  it('outlast the page', async () => {
    answer = away;
    await new LeftQuestions(place, send).leave('档案在哪', '', false);
    answer = async () => undefined;
    const left = new LeftQuestions(place, send);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map(({ text }) => text)).toEqual(['档案在哪', '档案在哪']);
    expect(new Set(sent.map(({ clientId }) => clientId)).size).toBe(1);
    expect(left.list()).toEqual([]);
  });

  it('come back with the reason when they are refused, and are not sent again as they are', async () => {
    answer = () => Promise.reject(new ChatFailure('rejected', null, '这个不是手机号'));
    const left = new LeftQuestions(place, send);
    await left.leave('档案在哪', '你猜', true);
    expect(left.list()).toMatchObject([{ text: '档案在哪', refused: '这个不是手机号' }]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sent).toHaveLength(1);
    answer = async () => undefined;
    expect(await left.leave('档案在哪', '', false)).toBe(true);
    expect(left.list()).toEqual([]);
  });

  it('are read with care from storage that anything may have written to', () => {
    localStorage.setItem(`zhiwen.left.${place.key}`, JSON.stringify([null, 3, { clientId: 1 }, { clientId: 'a', text: '问', contact: 5 }]));
    answer = away;
    expect(new LeftQuestions(place, send).list()).toEqual([{ clientId: 'a', text: '问', contact: '', consent: false, refused: null }]);
    localStorage.setItem(`zhiwen.left.${place.key}`, '{broken');
    expect(new LeftQuestions(place, send).list()).toEqual([]);
  });
});
