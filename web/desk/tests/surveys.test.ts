import dayjs from 'dayjs';
import { describe, expect, it } from 'vitest';

import type { ResultView, SurveyView } from '../src/api/surveys';
import { formOf, linesOf as options, type SurveyForm, writtenOf } from '../src/views/surveys/form';
import { cell, linesOf } from '../src/views/surveys/table';

const FORM: SurveyForm = {
  title: ' 意向 ',
  purpose: '安排招聘会',
  days: [dayjs('2026-12-01'), dayjs('2026-12-10')],
  college: ' ',
  keep_days: 30,
  questions: [
    { kind: 'single', text: '打算', options: '就业\n\n 升学 \n就业', low: '左', required: true },
    { kind: 'scale', text: '满意吗', highest: 7, low: '不满意', high: '满意', options: '旧的', required: false },
    { kind: 'text', text: '想说的' },
  ],
};

describe('a survey as it is written', () => {
  it('has each option once, and nothing of another kind of question', () => {
    const written = writtenOf(FORM);
    expect(written).toMatchObject({ title: '意向', college: null, cohort: null, opens_on: '2026-12-01', closes_on: '2026-12-10' });
    expect(written.questions[0]).toMatchObject({ options: ['就业', '升学'], ends: ['', ''] });
    expect(written.questions[1]).toMatchObject({ options: [], highest: 7, ends: ['不满意', '满意'], required: false });
    expect(written.questions[2]).toMatchObject({ kind: 'text', required: true });
  });

  it('is the same after it was opened again', () => {
    const written = writtenOf(FORM);
    const stored = { ...written, questions: written.questions.map((one, index) => ({ ...one, id: `q${index + 1}` })) } as unknown as SurveyView;
    expect(writtenOf(formOf(stored, '2026-12-01'))).toEqual(written);
  });

  it('counts lines that say something', () => expect(options(' \n甲\n甲\n乙')).toEqual(['甲', '乙']));
});

describe('results', () => {
  const rows = [
    { name: '1', overall: 6, groups: [null, 0] },
    { name: '2', overall: null, groups: [9, null] },
  ];
  const question = (means: (number | null)[]) => ({ id: 'q1', kind: 'scale', text: '', rows, means, texts: null }) as ResultView;

  it('have the mean of a scale as the last line', () => {
    expect(linesOf(question([null, 1.5, 2]))).toEqual([
      { name: '1', values: [6, null, 0] },
      { name: '2', values: [null, 9, null] },
      { name: '平均分', values: [null, 1.5, 2] },
    ]);
    expect(linesOf(question([]))).toHaveLength(2);
  });

  it('never show a hidden cell as nobody', () => {
    expect(cell(null)).toBe('不显示');
    expect(cell(0)).toBe('0');
  });
});
