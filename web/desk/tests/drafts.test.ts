import { beforeEach, describe, expect, it } from 'vitest';

import { Drafts } from '../src/state/drafts';

const DAY = 86_400_000;
let drafts: Drafts;

beforeEach(() => {
  localStorage.clear();
  drafts = new Drafts(localStorage, 7);
});

describe('drafts', () => {
  it('are kept for each ticket and kind, under the account that typed them', () => {
    drafts.keep('ZW1', 'reply', '你好');
    drafts.keep('ZW1', 'note', '问过学院');

    expect(drafts.read('ZW1', 'reply')?.text).toBe('你好');
    expect(drafts.read('ZW1', 'note')?.text).toBe('问过学院');
    expect(drafts.read('ZW2', 'reply')).toBeNull();
    expect(new Drafts(localStorage, 8).read('ZW1', 'reply')).toBeNull();
    expect([...drafts.begun()]).toEqual(['ZW1']);
  });

  it('keep the name of a message as long as its text stays, so that a second attempt is not a second message', () => {
    const first = drafts.keep('ZW1', 'reply', '请带身份证');

    expect(drafts.keep('ZW1', 'reply', '请带身份证')).toBe(first);
    expect(drafts.keep('ZW1', 'reply', '请带身份证原件')).not.toBe(first);
  });

  it('stay when something was typed while the message was on its way', () => {
    drafts.keep('ZW1', 'reply', '第一句。第二句');
    drafts.sent('ZW1', 'reply', '第一句。');
    expect(drafts.read('ZW1', 'reply')?.text).toBe('第一句。第二句');

    drafts.sent('ZW1', 'reply', '第一句。第二句');
    expect(drafts.read('ZW1', 'reply')).toBeNull();
  });

  it('hold what goes with a reply, which makes another message of it, until it is sent', () => {
    const clause = { kind: 'clause', id: 4, title: '第四条' } as const;
    const posting = { kind: 'posting', id: 9, title: '会计' } as const;
    const bare = drafts.keep('ZW1', 'reply', '见下面');
    drafts.attach('ZW1', [clause]);

    expect(new Drafts(localStorage, 7).read('ZW1', 'reply')).toMatchObject({ text: '见下面', attached: [clause] });
    const both = drafts.keep('ZW1', 'reply', '见下面');
    expect(both).not.toBe(bare);
    expect(drafts.keep('ZW1', 'reply', '见下面')).toBe(both);

    drafts.attach('ZW1', [clause, posting]);
    drafts.sent('ZW1', 'reply', '见下面', [clause]);
    expect(drafts.read('ZW1', 'reply')).toMatchObject({ text: '', attached: [posting] });
    drafts.attach('ZW1', []);
    expect(drafts.read('ZW1', 'reply')).toBeNull();
  });

  it('of before attachments were kept are read as they are', () => {
    localStorage.setItem('zhiwen.desk.draft.7.ZW1.reply', JSON.stringify({ text: '旧的', clientId: 'a', at: Date.now() }));

    expect(drafts.read('ZW1', 'reply')).toMatchObject({ text: '旧的', attached: [] });
  });

  it('are dropped after thirty days, and when they cannot be read', () => {
    let now = 100 * DAY;
    const kept = new Drafts(localStorage, 7, () => now);
    kept.keep('ZW1', 'reply', '旧的');
    now += 20 * DAY;
    kept.keep('ZW2', 'reply', '新的');
    localStorage.setItem('zhiwen.desk.draft.7.ZW3.reply', '{坏了');
    now += 11 * DAY;

    kept.clear();

    expect([...kept.begun()]).toEqual(['ZW2']);
  });

  it('do not get in the way of typing when nothing can be stored', () => {
    const full = { ...localStorage, getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };

    expect(new Drafts(full as unknown as Storage, 7).keep('ZW1', 'reply', '你好')).toMatch(/^[\da-f-]{36}$/);
  });
});
