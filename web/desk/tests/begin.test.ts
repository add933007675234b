import { describe, expect, it } from 'vitest';

import type { TicketOpened } from '../src/api/tickets';
import { begunFrom } from '../src/views/knowledge/begin';

type Said = TicketOpened['conversation'][number];

const said = (role: Said['role'], text: string, citations: Said['citations'] = []) => ({ role, kind: 'text', text, citations }) as Said;
const clause = { title: '星湖大学推荐表办理办法', doc_no: '星大〔2026〕3号', clause: '第二条', issued_on: '2026-09-01' };
const ticketWith = (question: string, ...conversation: Said[]) => ({
  topic: '推荐表盖章',
  brief: { question, tried: [], clauses: [clause], missing: [] } as unknown as TicketOpened['brief'],
  conversation,
});

describe('an entry begun from a reply', () => {
  it('takes the last reply without the list of sources that was sent with it', () => {
    const begun = begunFrom(ticketWith('在哪里盖章', said('counsellor', '稍等'), said('counsellor', '在行政楼盖章。\n\n出处：\n1. 《另一份文件》'), said('user', '谢谢')));
    expect(begun.answer).toBe('在行政楼盖章。');
  });

  it('names the papers that the reply names, each once, and no other', () => {
    const other = { ...clause, title: '没有提到的文件' };
    const begun = begunFrom(ticketWith('在哪里盖章', said('bot', '…', [clause, other]), said('counsellor', '按《星湖大学推荐表办理办法》，在行政楼盖章。')));
    expect(begun.basis).toEqual([{ law: '《星湖大学推荐表办理办法》', number: '星大〔2026〕3号', article: '第二条', date: '2026-09-01' }]);
    expect(begunFrom(ticketWith('在哪里盖章', said('counsellor', '在行政楼盖章。'))).basis).toBeUndefined();
  });

  it('asks in as few words as an entry may have', () => {
    expect(begunFrom(ticketWith('问'.repeat(31))).question).toBe('推荐表盖章');
    expect(begunFrom(ticketWith('问'.repeat(30))).question).toBe('问'.repeat(30));
  });
});
