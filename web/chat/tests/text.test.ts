import { describe, expect, it } from 'vitest';
import { longDate, moment, stamp } from '../src/text/format';
import { limited } from '../src/text/limit';
import { withoutRepeats } from '../src/text/repeats';
import { isSourceAlone, splitSource } from '../src/text/source';

describe('isSourceAlone', () => {
  it('knows a quote that says nothing of its own', () => {
    expect(isSourceAlone('出处：\n1. 《通知》第一条（现行）\n   原文：持证办理。')).toBe(true);
    expect(isSourceAlone('可以补办。\n\n出处：\n1. 《通知》第一条')).toBe(false);
    expect(isSourceAlone('可以补办。')).toBe(false);
  });
});

describe('splitSource', () => {
  it('takes the source block off the end', () => {
    expect(splitSource('文号是 1 号。\n\n出处：《通知》\n第一条')).toEqual({ answer: '文号是 1 号。', source: '出处：《通知》\n第一条' });
  });

  it('leaves a text without a source as it is', () => {
    expect(splitSource('你好\n')).toEqual({ answer: '你好', source: null });
  });

  it('does not cut at the word inside a line', () => {
    expect(splitSource('请写明出处：作者和年份。').source).toBeNull();
  });

  it('keeps an earlier “出处：” in the answer', () => {
    const text = '第一条\n出处：甲\n还有这一条\n出处：乙';
    expect(splitSource(text)).toEqual({ answer: '第一条\n出处：甲\n还有这一条', source: '出处：乙' });
  });

  it('takes sources that follow each other together', () => {
    expect(splitSource('答\n出处：甲\n\n出处：乙').source).toBe('出处：甲\n\n出处：乙');
  });

  it('knows other line ends and the narrow colon', () => {
    expect(splitSource('答\r\n出处:甲').answer).toBe('答');
  });

  it('shows a text that is nothing but a source', () => {
    expect(splitSource('出处：甲')).toEqual({ answer: '出处：甲', source: null });
  });
});

describe('withoutRepeats', () => {
  it('drops the lines that the card shows and keeps the rest', () => {
    const text = '找到 2 个岗位：\n1. 测试工程师，某公司\n2. 行政\n想缩小范围可以说城市。';
    expect(withoutRepeats(text, ['测试工程师', '行政', null])).toBe('找到 2 个岗位：\n想缩小范围可以说城市。');
  });

  it('drops the head of what it drops', () => {
    expect(withoutRepeats('看过了：\n甲不对。\n这样做：\n· 报警\n还有：\n问老师', ['甲不对。', '报警'])).toBe('看过了：\n还有：\n问老师');
  });

  it('always keeps the first line', () => {
    expect(withoutRepeats('测试工程师有 2 个', ['测试工程师'])).toBe('测试工程师有 2 个');
  });
});

describe('limited', () => {
  it('lets short texts pass', () => {
    expect(limited('好', 3)).toEqual({ text: '好', dropped: 0 });
  });

  it('cuts a huge paste and says how much', () => {
    expect(limited('字'.repeat(1_000_000), 2_000)).toEqual({ text: '字'.repeat(2_000), dropped: 998_000 });
  });

  it('does not halve a character', () => {
    expect(limited('a😀b', 2)).toEqual({ text: 'a', dropped: 3 });
  });
});

describe('dates', () => {
  const now = new Date('2026-12-01T02:00:00Z'); // 10:00 in Shanghai

  it.each([
    ['2026-12-01T06:05:00Z', '今天 14:05'],
    ['2026-12-01T16:30:00Z', '明天 00:30'],
    ['2026-11-30T01:00:00+00:00', '昨天 09:00'],
    ['2026-12-03T01:00:00Z', '12月3日 09:00'],
    ['2027-01-03T01:00:00Z', '2027年1月3日 09:00'],
    ['尽快', '尽快'],
  ])('%s is %s', (value, expected) => {
    expect(moment(value, now)).toBe(expected);
  });

  it('leaves the day out of today’s stamps', () => {
    expect(stamp('2026-12-01T06:05:00Z', now)).toBe('14:05');
    expect(stamp('', now)).toBe('');
  });

  it('writes a date in full and leaves what is none', () => {
    expect(longDate('2026-03-05')).toBe('2026年3月5日');
    expect(longDate('2026年3月')).toBe('2026年3月');
  });
});
