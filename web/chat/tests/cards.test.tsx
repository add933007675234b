import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CareerEvent, Posting, PostingsPayload } from '../src/api/types';
import { Events } from '../src/components/events/Events';
import { type Page, PageContext } from '../src/components/page';
import { Postings } from '../src/components/postings/Postings';
import { SavedPanel } from '../src/components/postings/SavedPanel';
import { RiskCheck } from '../src/components/RiskCheck';
import { SavedPostings } from '../src/state/saved';

let root: HTMLElement;
let page: Page;
const asked = vi.fn();

beforeEach(() => {
  localStorage.clear();
  asked.mockReset();
  root = document.createElement('div');
  document.body.append(root);
  page = { now: new Date('2026-12-01T02:00:00Z'), saved: new SavedPostings(), openCalendar: vi.fn(), fetchPostings: () => Promise.resolve([]), fetchMyData: () => Promise.resolve(new Blob()) };
});

afterEach(() => {
  render(null, root);
  root.remove();
});

const show = (child: preact.ComponentChild): Promise<void> =>
  act(() => render(<PageContext.Provider value={page}>{child}</PageContext.Provider>, root)) as Promise<void>;

const button = (name: string): HTMLButtonElement => {
  const found = [...root.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').includes(name));
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
const buttons = (): string[] => [...root.querySelectorAll('button')].map((each) => each.getAttribute('aria-label') ?? each.textContent ?? '');

const tester: Posting = {
  id: '7',
  external_id: null,
  title: '测试工程师',
  employer: '示例公司',
  city: '长沙',
  salary_text: '8-12K',
  salary_min: 8000,
  salary_max: 12000,
  education: '本科',
  cohort: '2027届',
  deadline: '2026-12-01',
  url: 'https://example.invalid/7',
  status: 'open',
};
const clerk: Posting = { ...tester, id: '8', title: '行政专员', deadline: null, deadline_state: 'open', url: 'javascript:alert(1)' };

const list: Partial<PostingsPayload> = {
  total: 12,
  items: [tester, clerk],
  chips: [{ condition: 'cities', label: '长沙', text: '不限城市' }],
  page: { shown: 2, more: true },
};
const TEXT =
  '找到 12 个：\n第1个 测试工程师｜示例公司\n   8-12K；今天截止\n第2个 行政专员｜示例公司\n   长期有效\n' +
  '还有10个，回复“换一批”接着看；回复“第1个详细说说”看详情。\n不想要哪个条件，直接说，比如“不限城市”。\n有的岗位名额不多。';

describe('a list of postings', () => {
  it('shows each as a card and keeps what only the text says', async () => {
    await show(<Postings text={TEXT} payload={list} latest over={false} onAsk={asked} />);
    expect(root.querySelector('.bubble-text')?.textContent).toBe('找到 12 个：\n有的岗位名额不多。');
    expect(root.querySelectorAll('.posting-card')).toHaveLength(2);
    expect(root.textContent).toContain('今天截止');
    expect(root.textContent).toContain('长期有效');
    expect(root.textContent?.match(/测试工程师/g)).toHaveLength(1);
  });

  it('asks for the one that was tapped, for another page, and without a condition', async () => {
    await show(<Postings text={TEXT} payload={list} latest over={false} onAsk={asked} />);
    button('查看详情：行政专员').click();
    button('换一批').click();
    button('去掉条件：长沙').click();
    expect(asked.mock.calls).toEqual([['第2个详细说说'], ['换一批'], ['不限城市']]);
  });

  it('numbers on where the server does', async () => {
    await show(<Postings text="" payload={{ ...list, items: [{ ...tester, number: 6 }] }} latest over={false} onAsk={asked} />);
    button('查看详情').click();
    expect(asked).toHaveBeenCalledWith('第6个详细说说');
  });

  it('that is not the newest asks by name and steers nothing', async () => {
    await show(<Postings text={TEXT} payload={list} latest={false} over={false} onAsk={asked} />);
    expect(buttons().filter((name) => !name.startsWith('收藏'))).toEqual(['查看详情：测试工程师', '查看详情：行政专员']);
    button('查看详情：行政专员').click();
    expect(asked).toHaveBeenCalledWith('行政专员（示例公司）详细说说');
  });

  it('of a session that ended can still be kept, and nothing else', async () => {
    await show(<Postings text={TEXT} payload={list} latest={false} over onAsk={asked} />);
    expect(buttons()).toEqual(['收藏：测试工程师', '收藏：行政专员']);
  });

  it('says what it is that is not limited', async () => {
    await show(<Postings text="" payload={{ total: 1, items: [{ ...clerk, education: '不限', cohort: '不限' }] }} latest over={false} onAsk={asked} />);
    expect([...root.querySelectorAll('.posting-facts li')].map((each) => each.textContent)).toEqual(['长沙', '学历不限', '届别不限']);
  });

  it('says why a posting may not fit', async () => {
    const uncertain = [{ condition: 'open', label: '截止日期', reason: '没有写明截止日期' }];
    await show(<Postings text="" payload={{ total: 1, items: [{ ...clerk, uncertain }] }} latest over={false} onAsk={asked} />);
    expect(root.querySelector('.unsure')?.textContent).toBe('待确认：没有写明截止日期');
  });

  it('without a hit offers what to give up, with what that brings', async () => {
    const loosen = [
      { label: '不限双休', text: '双休不要求', total: 3 },
      { label: '不限城市', text: '城市不限', total: 0 },
    ];
    await show(<Postings text={'没有符合的。\n放宽一项的话：\n· 不限双休：有3个（回复“双休不要求”）'} payload={{ total: 0, items: [], loosen }} latest over={false} onAsk={asked} />);
    expect(root.querySelector('.bubble-text')?.textContent).toBe('没有符合的。');
    expect(buttons()).toEqual(['不限双休 3 个']);
    button('不限双休').click();
    expect(asked).toHaveBeenCalledWith('双休不要求');
  });
});

describe('one posting looked at closely', () => {
  const detail = {
    fields: [
      { label: '双休', value: '是', evidence: '周末双休' },
      { label: '联系方式', value: '0731-0000000' },
      { label: '空', value: ' ' },
    ],
    source: '示例就业网',
    checked_at: '2026-11-30T08:00:00Z',
  };
  const whole = (more: Partial<Posting>) => (
    <Postings text={'测试工程师｜示例公司\n你问的：双休——是\n双休：是（原文：周末双休）\n联系方式：0731-0000000\n来源：示例就业网'} payload={{ total: 1, items: [{ ...tester, detail, ...more }] }} latest over={false} onAsk={asked} />
  );

  it('shows every field with what it rests on, the source and when it was checked', async () => {
    await show(whole({}));
    expect([...root.querySelectorAll('dt')].map((each) => each.textContent)).toEqual(['双休', '联系方式']);
    expect(root.querySelector('.bubble-text')?.textContent).toBe('你问的：双休——是');
    expect(root.querySelector('.evidence')?.textContent).toBe('原文：“周末双休”');
    expect(root.textContent).toContain('来源：示例就业网');
    expect(root.textContent).toContain('2026年11月30日');
    expect(root.querySelector('a')?.getAttribute('href')).toBe('https://example.invalid/7');
  });

  it('links to nothing but web addresses', async () => {
    await show(whole({ url: 'javascript:alert(1)' }));
    expect(root.querySelector('a')).toBeNull();
  });

  it.each([
    [{ deadline: '2026-11-30' }, '已经截止'],
    [{ status: 'withdrawn' }, '已经下架'],
  ])('says first that it is over and no longer leads to it: %j', async (more, said) => {
    await show(whole(more));
    expect(root.querySelector('.posting-closed')?.textContent).toContain(said);
    expect(root.querySelector('a')).toBeNull();
  });
});

describe('keeping postings', () => {
  it('is a tap, and another one takes it back', async () => {
    await show(<Postings text="" payload={list} latest over={false} onAsk={asked} />);
    await act(() => button('收藏：测试工程师').click());
    expect(page.saved.list()).toEqual([{ id: '7', title: '测试工程师', employer: '示例公司' }]);
    await act(() => button('已收藏：测试工程师').click());
    expect(page.saved.list()).toEqual([]);
  });

  it('shows how each stands now, and which are gone', async () => {
    for (const id of ['9', '8', '7']) page.saved.add({ id, title: `岗位${id}`, employer: '' });
    const now = [{ ...tester, deadline: '2026-11-30' }, clerk];
    const wanted = vi.fn(() => Promise.resolve(now));
    page.fetchPostings = wanted;
    await show(<SavedPanel onClose={vi.fn()} onAsk={asked} />);
    await vi.waitFor(() => expect(root.textContent).not.toContain('正在核对'));
    expect(wanted).toHaveBeenCalledWith(['7', '8', '9']);
    const rows = [...root.querySelectorAll('.saved-card .deadline')].map((each) => each.textContent);
    expect(rows).toEqual(['已截止（2026年11月30日）', '长期有效', '已下架']);
  });

  it('shows what was kept when the server cannot be reached, and tries again', async () => {
    page.saved.add({ id: '8', title: '行政专员', employer: '示例公司' });
    const wanted = vi.fn((): Promise<Posting[]> => Promise.reject(new Error('offline')));
    page.fetchPostings = wanted;
    await show(<SavedPanel onClose={vi.fn()} onAsk={asked} />);
    await vi.waitFor(() => expect(root.textContent).toContain('核对不了'));
    expect(root.textContent).toContain('行政专员');
    expect(root.textContent).not.toContain('已下架');
    wanted.mockImplementation(() => Promise.resolve([clerk]));
    await act(() => button('重试').click());
    await vi.waitFor(() => expect(root.textContent).toContain('长期有效'));
  });

  it('takes one away and back again in its place', async () => {
    for (const id of ['2', '1']) page.saved.add({ id, title: `岗位${id}`, employer: '' });
    await show(<SavedPanel onClose={vi.fn()} onAsk={asked} />);
    await act(() => button('移除：岗位1').click());
    expect(page.saved.list().map(({ id }) => id)).toEqual(['2']);
    expect(document.activeElement?.textContent).toBe('撤销');
    await act(() => button('撤销').click());
    expect(page.saved.list().map(({ id }) => id)).toEqual(['1', '2']);
    expect(document.activeElement?.getAttribute('role')).toBe('dialog');
  });

  it('closes with Escape', async () => {
    const close = vi.fn();
    await show(<SavedPanel onClose={close} onAsk={asked} />);
    root.querySelector('[role="dialog"]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(close).toHaveBeenCalledOnce();
  });
});

describe('events', () => {
  const fair: CareerEvent = {
    id: '1',
    title: '冬季双选会',
    city: '长沙',
    place: '长沙市体育馆',
    starts_at: '2026-12-05T01:00:00Z',
    ends_at: '2026-12-05T04:00:00Z',
    audience: '2027届',
    past: false,
    ics: '/api/events/1.ics',
  };

  it('show day, hours, place and audience, and go into a calendar', async () => {
    await show(<Events text={'这周有 1 场：\n第1场：冬季双选会\n记得带简历。'} payload={{ total: 1, items: [fair] }} />);
    expect(root.querySelector('.bubble-text')?.textContent).toBe('这周有 1 场：\n记得带简历。');
    expect(root.querySelector('time')?.getAttribute('datetime')).toBe('2026-12-05');
    expect(root.textContent).toContain('09:00–12:00');
    expect(root.querySelector('dd')?.textContent).toBe('长沙市体育馆');
    expect(root.querySelector('a')?.getAttribute('href')).toBe('/api/events/1.ics');
  });

  it('that are over say so and go into no calendar', async () => {
    await show(<Events text="" payload={{ total: 1, items: [{ ...fair, past: true }] }} />);
    expect(root.querySelector('.event-state')?.textContent).toBe('已结束');
    expect(root.querySelector('a')).toBeNull();
  });
});

describe('the card of a trap', () => {
  it.each([
    ['high', '高风险'],
    ['medium', '有疑点'],
    ['low', '暂未发现明显疑点'],
    ['unknown', '判断不了'],
    ['later', 'later'],
  ])('says the level %s in a word', async (level, word) => {
    await show(<RiskCheck text="看过了。" payload={{ level: level as 'high', signals: [] }} />);
    expect(root.querySelector('.risk-level')?.textContent).toContain(word);
  });

  it('shows the phrases with their advice, the steps, and numbers that dial', async () => {
    const signals = [{ kind: 'fee', label: '入职收费', phrase: '先交押金', advice: '不要付款。' }];
    const phones = [{ number: '96110', label: '反诈' }, { number: '本地派出所', label: '' }];
    const text = '像是骗局。\n1. “先交押金”（入职收费）：不要付款。\n现在这样做：\n· 先留好证据。\n可以打：96110（反诈）\n别慌。';
    await show(<RiskCheck text={text} payload={{ level: 'high', signals, steps: ['先留好证据。'], phones }} />);
    expect(root.querySelector('.bubble-text')?.textContent).toBe('像是骗局。\n别慌。');
    expect(root.querySelector('.risk-phrase')?.textContent).toContain('“先交押金”');
    expect(root.querySelector('.risk-kind')?.textContent).toBe('入职收费');
    expect(root.querySelector('.risk-steps')?.textContent).toBe('先留好证据。');
    expect([...root.querySelectorAll('a')].map((each) => each.getAttribute('href'))).toEqual(['tel:96110']);
  });
});
