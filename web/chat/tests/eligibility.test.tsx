import { render } from 'preact';
import { describe, expect, it } from 'vitest';
import type { EligibilityPayload } from '../src/api/types';
import { Eligibility } from '../src/components/Eligibility';
import { rendered, renderedAnew } from './rendered';

const BASIS = '《示例法》第三条，2020-01-01';
renderedAnew();

function show(payload: Partial<EligibilityPayload>, text = '还差一项。') {
  render(<Eligibility text={text} payload={payload} />, rendered.root);
  return rendered.root.querySelector('.card') as HTMLElement;
}

describe('the card of an eligibility check', () => {
  it('shows each condition with its result and what it rests on', () => {
    const card = show({
      verdict: 'unknown',
      programme: '示例补贴',
      reasons: [
        { condition: '处在毕业学年', result: 'pass', citation: BASIS },
        { condition: '年满 18 周岁', result: 'fail', citation: BASIS },
        { condition: '属于困难毕业生', result: 'unknown', citation: BASIS },
        { condition: '通过审核', result: 'manual_review', citation: BASIS },
      ],
      missing: ['家庭情况'],
    });

    expect(card.dataset['verdict']).toBe('unknown');
    expect([...card.querySelectorAll('.badge')].map((badge) => badge.textContent?.trim().charAt(0))).toEqual(['✓', '✗', '？', '？']);
    expect(card.querySelectorAll('.row')).toHaveLength(4);
    expect(card.textContent).toContain(BASIS);
    expect(card.textContent).toContain('还需要知道：家庭情况');
  });

  it('always says that the authority decides', () => {
    expect(show({ verdict: 'pass', programme: '示例补贴', reasons: [], missing: [] }).textContent).toContain('以主管部门审核为准');
  });

  it('does not say a condition twice, and keeps what only the text says', () => {
    show(
      { verdict: 'pass', programme: '示例补贴', reasons: [{ condition: '处在毕业学年', result: 'pass', citation: BASIS }], missing: [] },
      `条件都符合。\n✓ 处在毕业学年（依据：${BASIS}）\n申请时间：看学校通知。`,
    );

    expect(rendered.root.textContent?.match(/处在毕业学年/g)).toHaveLength(1);
    expect(rendered.root.textContent).toContain('申请时间：看学校通知。');
  });

  it('stays readable for a verdict it does not know', () => {
    const card = show({ verdict: 'later' as EligibilityPayload['verdict'] });
    expect(card.textContent).toContain('later');
  });
});
