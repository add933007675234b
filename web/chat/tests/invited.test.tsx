import { render } from 'preact';
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { ChatFailure } from '../src/api/failure';
import { type Call, fetchInvited, type Survey } from '../src/api/invited';
import { InvitedStrip } from '../src/components/invited/InvitedStrip';
import { optionsOf, SurveyCard } from '../src/components/invited/SurveyCard';
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

renderedAnew();

const button = (name: string) => [...rendered.root.querySelectorAll('button')].find((one) => one.textContent?.includes(name));
const click = (element: HTMLElement | undefined | null) => act(() => element?.click());

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
