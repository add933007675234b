import dayjs from 'dayjs';
import { describe, expect, it } from 'vitest';

import { leftOf } from '../src/text/due';
import { insertAt } from '../src/text/insert';
import { quickMoments } from '../src/text/snooze';
import { day, fullMoment, shortMoment, span } from '../src/text/time';
import { entriesOf } from '../src/views/ticket/entries';
import { usesOf } from '../src/views/ticket/standing';

describe('the time left of a promise', () => {
  const at = (hour: number, minute = 0, day = 1) => new Date(2026, 11, day, hour, minute).getTime();
  const shifts = [1, 2].flatMap((day) => [
    { opens: at(9, 0, day), closes: at(12, 0, day) },
    { opens: at(14, 0, day), closes: at(17, 30, day) },
  ]);

  it('is working time alone, across lunch and night', () => {
    expect(leftOf(at(10, 0, 2), at(11), shifts, false)).toEqual({ seconds: (60 + 210 + 60) * 60, running: true, urgency: 'calm' });
  });

  it('stands still while nobody works', () => {
    const atLunch = leftOf(at(14, 30), at(12, 30), shifts, false);
    expect(atLunch).toEqual({ seconds: 1_800, running: false, urgency: 'soon' });
    expect(leftOf(at(14, 30), at(13, 30), shifts, false)).toEqual(atLunch);
  });

  it('is over from the moment after, and counted by working time too', () => {
    expect(leftOf(at(12), at(12), shifts, false).urgency).toBe('soon');
    expect(leftOf(at(11, 30), at(14, 15), shifts, false)).toEqual({ seconds: -45 * 60, running: true, urgency: 'over' });
  });

  it('passes round the clock where there is danger', () => {
    expect(leftOf(at(3, 15), at(3), shifts, true)).toEqual({ seconds: 900, running: true, urgency: 'soon' });
  });

  it.each([
    [59, '不到1分钟'],
    [60, '1分钟'],
    [3_600, '1小时'],
    [3_900, '1小时05分'],
    [-7_260, '2小时01分'],
  ])('says %i seconds as %s', (seconds, said) => expect(span(seconds)).toBe(said));
});

it('says moments of today and yesterday without their date', () => {
  const now = new Date('2026-12-01T10:00:00+08:00');
  expect(shortMoment('2026-12-01T08:05:00+08:00', now)).toBe('08:05');
  expect(shortMoment('2026-11-30T23:59:00+08:00', now)).toBe('昨天 23:59');
  expect(shortMoment('2026-03-02T09:00:00+08:00', now)).toBe('3月2日 09:00');
  expect(shortMoment('2025-12-31T09:00:00+08:00', now)).toBe('2025年12月31日');
});

it("says moments by China's clocks wherever the browser stands", () => {
  const now = new Date('2026-12-01T02:00:00Z');
  expect(shortMoment('2026-11-30T16:30:00Z', now)).toBe('00:30');
  expect(fullMoment('2026-11-30T16:30:00Z')).toBe('2026年12月1日 00:30');
  expect(day('2026-12-01')).toBe('2026年12月1日');
});

it('puts words where the caret is, in place of what is selected', () => {
  expect(insertAt('请带证件来', '身份证', 2, 4)).toEqual({ text: '请带身份证来', caret: 5 });
});

describe('moments to put a request off to', () => {
  it('leave out what has passed', () => {
    const names = (at: string) => quickMoments(dayjs(at)).map(({ name }) => name);
    expect(names('2026-12-01T10:00:00')).toEqual(['hour', 'afternoon', 'tomorrow', 'monday']);
    expect(names('2026-12-01T15:00:00')).toEqual(['hour', 'tomorrow', 'monday']);
  });

  it('mean the Monday that comes, on a Monday and on a Sunday', () => {
    const monday = (at: string) => quickMoments(dayjs(at)).at(-1)?.moment.format('YYYY-MM-DD HH:mm');
    expect(monday('2026-11-30T10:00:00')).toBe('2026-12-07 09:00');
    expect(monday('2026-12-06T10:00:00')).toBe('2026-12-07 09:00');
  });
});

it('shows each note after what was said before it', () => {
  const said = (seq: number, at: string) => ({ id: `m${seq}`, seq, role: 'user' as const, kind: 'text', text: '', created_at: at });
  const note = (id: number, at: string) => ({ id, text: '', created_at: at, author: { id: 1, name: '王老师' } });
  const messages = [said(2, '2026-12-01T09:10:00+08:00'), said(1, '2026-12-01T09:00:00+08:00')];
  const notes = [note(8, '2026-12-01T10:00:00+08:00'), note(7, '2026-12-01T01:05:00Z')];

  expect(entriesOf(messages as never, notes as never).map((entry) => entry.key)).toEqual(['m1', 'note-7', 'm2', 'note-8']);
});

describe('what somebody may do', () => {
  const ticket = (assignee: number | null, holder: number | null, state = 'open') =>
    ({ assignee: assignee && { id: assignee, name: `老师${assignee}` }, holder: holder && { id: holder, name: `老师${holder}` }, state }) as never;

  it('is to claim what nobody has', () => expect(usesOf(ticket(null, null), 1, true)).toMatchObject({ canClaim: true, canReply: false, heldByOther: null }));
  it('is to answer what one holds', () => expect(usesOf(ticket(1, 1), 1, true)).toMatchObject({ canClaim: false, canReply: true, isMine: true }));
  it('is to take up again what one has handed back', () => expect(usesOf(ticket(1, null), 1, true)).toMatchObject({ canClaim: true, canReply: false }));
  it('is only to look where somebody else has it', () => expect(usesOf(ticket(2, 2), 1, true)).toMatchObject({ canClaim: false, canReply: false, heldByOther: '老师2' }));
  it('is nothing for those who read only', () => expect(usesOf(ticket(null, null), 1, false)).toMatchObject({ canClaim: false, canReply: false }));
  it('is nothing once it is resolved', () => expect(usesOf(ticket(1, null, 'resolved'), 1, true)).toMatchObject({ canClaim: false, canReply: false, isOpen: false }));
});
