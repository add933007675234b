import { describe, expect, it } from 'vitest';
import type { Posting } from '../src/api/types';
import { deadlineOf, offersOf, payOf, placeOf, stateOf, webAddress } from '../src/text/posting';

const NOW = new Date('2026-12-01T02:00:00Z'); // 10:00 in Shanghai

function posting(more: Partial<Posting>): Posting {
  return {
    id: '1',
    external_id: null,
    title: '会计',
    employer: '示例公司',
    city: null,
    salary_text: null,
    salary_min: null,
    salary_max: null,
    education: null,
    cohort: null,
    deadline: null,
    url: null,
    ...more,
  };
}

describe('pay', () => {
  it.each([
    [{ salary_text: '13-22K·13薪', salary_min: 13000, salary_max: 22000, salary_months: 13 }, '13-22K·13薪', '月薪 13000–22000 元'],
    [{ salary_text: '1.5-2.5万', salary_min: 15000, salary_max: 25000, salary_months: 14 }, '1.5-2.5万', '月薪 15000–25000 元 · 一年 14 薪'],
    [{ salary_text: '8000-12000元/月', salary_min: 8000, salary_max: 12000, salary_months: 12 }, '8000-12000元/月', ''],
    [{ salary_text: '8,000元起', salary_min: 8000 }, '8,000元起', ''],
    [{ salary_text: '8K起', salary_min: 8000 }, '8K起', '月薪 8000 元起'],
    [{ salary_text: '200-400元/天', day_min: 200, day_max: 400, salary_period: 'day' }, '200-400元/天', ''],
    [{ salary_text: '日结二百', day_min: 200, day_max: 200 }, '日结二百', ''],
    [{ salary_text: '20万/年', salary_min: 16667, salary_max: 16667, salary_period: 'year' }, '20万/年', '月薪约 16667 元'],
    [{ salary_text: '面议', negotiable: true }, '面议', ''],
    [{ salary_min: 6000, salary_max: 6000 }, '月薪 6000 元', ''],
    [{ day_min: 150 }, '150 元/天起', ''],
    [{ negotiable: true }, '薪资面议', ''],
    [{}, '薪资未写明', ''],
  ] satisfies [Partial<Posting>, string, string][])('of %j is %s (%s)', (fields, main, note) => {
    expect(payOf(posting(fields))).toEqual({ main, note });
  });
});

describe('deadline', () => {
  it.each([
    [{ deadline: '2026-12-20' }, '12月20日截止，还有 19 天', 'later'],
    [{ deadline: '2026-12-08' }, '12月8日截止，还有 7 天', 'soon'],
    [{ deadline: '2026-12-02' }, '明天截止', 'soon'],
    [{ deadline: '2026-12-01' }, '今天截止', 'today'],
    [{ deadline: '2026-11-30' }, '已截止（2026年11月30日）', 'closed'],
    [{ deadline: '2027-01-03' }, '2027年1月3日截止，还有 33 天', 'later'],
    [{ deadline_state: 'open' }, '长期有效', 'none'],
    [{ deadline_state: 'until_filled' }, '招满即止', 'none'],
    [{ deadline_state: 'unknown', deadline_text: '尽快' }, '尽快', 'none'],
    [{}, '截止日期未写明', 'none'],
    [{ status: 'withdrawn', deadline: '2026-12-20' }, '已下架', 'closed'],
    [{ status: 'expired' }, '已截止', 'closed'],
  ] satisfies [Partial<Posting>, string, string][])('of %j is %s', (fields, label, urgency) => {
    expect(deadlineOf(posting(fields), NOW)).toEqual({ label, urgency });
  });

  it('counts the days of China, whatever the clock of the phone is set to', () => {
    const lateEvening = new Date('2026-12-01T17:00:00Z'); // 01:00 on the 2nd in Shanghai
    expect(deadlineOf(posting({ deadline: '2026-12-01' }), lateEvening).urgency).toBe('closed');
    expect(deadlineOf(posting({ deadline: '2026-12-02' }), lateEvening).urgency).toBe('today');
  });
});

describe('what a posting offers', () => {
  it('is what it says it has, in one order, without what is denied or not sure', () => {
    const traits = {
      internship: { value: true, evidence: '实习生' },
      weekends_off: { value: true, evidence: '周末双休' },
      housing: { value: false },
      hukou: { value: true },
    };
    const uncertain = [{ condition: 'hukou', label: '户口', reason: '只说可协助' }];
    expect(offersOf(posting({ traits, uncertain }))).toEqual([
      { label: '双休', evidence: '周末双休' },
      { label: '实习', evidence: '实习生' },
    ]);
  });
});

describe('place', () => {
  it.each([
    [{ city: '长沙', district: '岳麓区' }, '长沙 · 岳麓区'],
    [{ city: '长沙、株洲', cities: ['长沙', '株洲'] }, '长沙、株洲'],
    [{ city: '长沙岳麓区', district: '岳麓区' }, '长沙岳麓区'],
    [{ district: '岳麓区' }, '岳麓区'],
    [{}, ''],
  ] satisfies [Partial<Posting>, string][])('of %j is %s', (fields, place) => {
    expect(placeOf(posting(fields))).toBe(place);
  });
});

describe('state', () => {
  it.each([
    ['open', 'open'],
    ['published', 'open'],
    ['expired', 'expired'],
    ['withdrawn', 'withdrawn'],
    ['held', 'withdrawn'],
    [null, null],
  ])('%s means %s', (status, state) => {
    expect(stateOf(posting({ status }))).toBe(state);
  });
});

describe('a link', () => {
  it.each([
    ['https://example.com/a?b=1', 'https://example.com/a?b=1'],
    [' http://example.com ', 'http://example.com'],
    ['javascript:alert(1)', null],
    ['https://a b', null],
    ['www.example.com', null],
    ['', null],
    [null, null],
  ])('%j leads to %j', (written, address) => {
    expect(webAddress(written)).toBe(address);
  });
});
