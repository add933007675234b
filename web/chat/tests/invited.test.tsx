import { render } from 'preact';
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { ChatFailure } from '../src/api/failure';
import { type Call, fetchInvited, type Survey, type Training } from '../src/api/invited';
import { InvitedStrip } from '../src/components/invited/InvitedStrip';
import { optionsOf, SurveyCard } from '../src/components/invited/SurveyCard';
import { TrainingCard } from '../src/components/invited/TrainingCard';
import { rendered, renderedAnew } from './rendered';

const SURVEY: Survey = {
  id: 7,
  title: '去向意向',
  purpose: '安排招聘会',
  questions: [{ id: 'q1', kind: 'single', text: '毕业后打算', options: ['就业', '升学'], lowest: 1, highest: 5, ends: ['', ''], required: true }],
  closes_on: '2026-12-10',
  kept_until: '2027-01-09',
  open: true,
  answers: null,
};

const TRAINING: Training = {
  id: 4,
  title: '简历工作坊',
  provider: '就业中心',
  starts_on: '2026-12-01',
  ends_on: '2026-12-02',
  hours: '',
  place: '图书馆',
  fee: '免费',
  subsidy: '',
  note: '',
  seats: 20,
  free: 3,
  sign_up_until: '2026-11-28',
  kept_until: '2027-01-09',
  open: true,
  taken_back: false,
  own: null,
};

renderedAnew();

const button = (name: string) => [...rendered.root.querySelectorAll('button')].find((one) => one.textContent?.includes(name));
const click = (element: HTMLElement | undefined | null) => act(() => element?.click());
const type = (field: HTMLInputElement, text: string) =>
  act(() => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

describe('the line about surveys and trainings', () => {
  it('is not there where there are none, and goes when it is put away', async () => {
    const strip = (surveys: Survey[]) => act(() => render(<InvitedStrip invited={{ surveys, trainings: [] }} onOpen={() => {}} />, rendered.root));
    await strip([]);
    expect(rendered.root.textContent).toBe('');
    await strip([SURVEY]);
    expect(rendered.root.textContent).toContain('1 份问卷请你填写');
    await click(rendered.root.querySelector<HTMLButtonElement>('.icon-button'));
    expect(rendered.root.textContent).toBe('');
  });
});

describe('a survey', () => {
  it('says what it is for before anything is asked, and sends nothing without consent', async () => {
    const call = vi.fn<Call>().mockResolvedValue(null);
    await act(() => render(<SurveyCard survey={SURVEY} call={call} look={async () => {}} />, rendered.root));
    expect(rendered.root.textContent).toContain('安排招聘会');
    expect(rendered.root.querySelector('form')).toBeNull();

    await click(button('填写'));
    await click(rendered.root.querySelector<HTMLInputElement>('input[type=radio]'));
    expect(button('提交')?.disabled).toBe(true);
    await click(rendered.root.querySelector<HTMLInputElement>('input[type=checkbox]'));
    expect(button('提交')?.disabled).toBe(false);
    await act(() => void rendered.root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
    expect(call).toHaveBeenCalledWith('PUT', 'surveys/7/answers', { consent: true, answers: { q1: '就业' } });
  });

  it('can be withdrawn after its end, and a refusal is told in the words of the server', async () => {
    const call = vi.fn<Call>().mockRejectedValue(new ChatFailure('rejected', null, '没有找到这份问卷'));
    await act(() => render(<SurveyCard survey={{ ...SURVEY, open: false, answers: { q1: '就业' } }} call={call} look={async () => {}} />, rendered.root));
    expect(button('修改')).toBeUndefined();
    await click(button('撤回'));
    expect(call).toHaveBeenCalledWith('DELETE', 'surveys/7/answers');
    await vi.waitFor(() => expect(rendered.root.textContent).toContain('没有找到这份问卷'));
  });
});

describe('a training', () => {
  it('says what it is, asks for a name and a contact with consent, and puts the form away once both are sent', async () => {
    const call = vi.fn<Call>().mockResolvedValue(null);
    await act(() => render(<TrainingCard training={TRAINING} call={call} look={async () => {}} />, rendered.root));
    expect(rendered.root.textContent).toContain('2026-12-01 至 2026-12-02');
    expect(rendered.root.textContent).toContain('还有 3 个名额');
    expect(button('撤回')).toBeUndefined();

    await click(button('我想参加'));
    const [name, contact] = rendered.root.querySelectorAll<HTMLInputElement>('input[type=text]');
    await type(name!, '小林');
    await type(contact!, '13800000000');
    expect(button('我想参加')?.disabled).toBe(true);
    await click(rendered.root.querySelector<HTMLInputElement>('input[type=checkbox]'));
    await act(() => void rendered.root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
    expect(call).toHaveBeenCalledWith('PUT', 'trainings/4/interest', { consent: true, name: '小林', contact: '13800000000' });
    await vi.waitFor(() => expect(rendered.root.querySelector('form')).toBeNull());
    expect(rendered.root.querySelector('[role=status]')?.textContent).toBe('已报名');
  });

  it('that was signed up for shows the place on the list and can be withdrawn; a refusal leaves the form where it is', async () => {
    const call = vi.fn<Call>().mockRejectedValue(new ChatFailure('rejected', null, '报名已经截止'));
    const own = { name: '小林', contact: '13800000000', place: 2, waits: true };
    await act(() => render(<TrainingCard training={{ ...TRAINING, own }} call={call} look={async () => {}} />, rendered.root));
    expect(rendered.root.textContent).toContain('候补，第 2 位');
    await click(button('修改'));
    await act(() => void rendered.root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
    await vi.waitFor(() => expect(rendered.root.textContent).toContain('报名已经截止'));
    expect(rendered.root.querySelector('form')).not.toBeNull();
    await click(button('先不填'));
    await click(button('撤回'));
    expect(call).toHaveBeenCalledWith('DELETE', 'trainings/4/interest');
  });
});

it('shows what the ends of a scale mean', () => {
  const scale = { ...SURVEY.questions[0]!, kind: 'scale' as const, lowest: 1, highest: 3, ends: ['不满意', '满意'] };
  expect(optionsOf(scale)).toEqual([
    { value: '1', label: '1 不满意' },
    { value: '2', label: '2' },
    { value: '3', label: '3 满意' },
  ]);
});

it('takes an answer that is no list for an empty one', async () => {
  expect(await fetchInvited(async () => ({ items: 'x' }))).toEqual({ surveys: [], trainings: [] });
});
