import { describe, expect, it } from 'vitest';
import type { Citation } from '../src/api/types';
import { badgesOf, nameOf, noticeTone, withoutLines } from '../src/text/standing';

function citation(more: Partial<Citation>): Citation {
  return {
    document_id: '1',
    title: '示例办法',
    doc_no: null,
    issuer: null,
    issued_on: null,
    region: null,
    status: 'in_force',
    clause: '第一条',
    quote: '原文',
    source: null,
    ...more,
  };
}

const NEWER = { document_id: '2', title: '新办法', doc_no: '示例〔2025〕1号' };

describe('badgesOf', () => {
  it.each([
    ['in_force', '现行', 'good'],
    ['only_that_year', '仅限当年', 'notice'],
    ['expired', '已过期', 'bad'],
    ['superseded', '已被取代', 'bad'],
    ['repealed', '已废止', 'bad'],
    ['trial', '试行', 'notice'],
    ['not_yet_in_force', '尚未施行', 'notice'],
  ])('%s is %s', (status, label, tone) => {
    expect(badgesOf(citation({ status }))).toEqual([{ label, tone }]);
  });

  it('does not call current what may be replaced', () => {
    const badges = badgesOf(citation({ replaced_by: { ...NEWER, certain: false } }));
    expect(badges.map((badge) => badge.label)).toEqual(['可能已被取代']);
  });

  it('says so of a copy', () => {
    expect(badgesOf(citation({ copy_of: NEWER })).map((badge) => badge.label)).toEqual(['现行', '转载件']);
  });

  it('shows no badge for a status that it does not know', () => {
    expect(badgesOf(citation({ status: 'brand_new' }))).toEqual([]);
    expect(badgesOf(citation({ status: null }))).toEqual([]);
  });
});

describe('noticeTone', () => {
  it('is graver where the source no longer holds', () => {
    expect(noticeTone(citation({ status: 'expired' }))).toBe('bad');
    expect(noticeTone(citation({ status: 'only_that_year' }))).toBe('notice');
    expect(noticeTone(undefined)).toBe('notice');
  });
});

describe('withoutLines', () => {
  const text = '注意：已过期。\n第一条说一千元。\n湖南另有规定：《通知》：第二条说六百元。\n只适用于长沙。';

  it('takes away what is shown apart and nothing else', () => {
    expect(withoutLines(text, ['注意：已过期。'], ['第一条说一千元。', '第二条说六百元。'])).toBe('只适用于长沙。');
    expect(withoutLines(text, [], [])).toBe(text);
  });

  it('keeps every line when a clause says nothing', () => {
    expect(withoutLines(text, [], ['', ''])).toBe(text);
  });
});

describe('nameOf', () => {
  it('names title and number', () => {
    expect(nameOf(NEWER)).toBe('《新办法》（示例〔2025〕1号）');
    expect(nameOf({ ...NEWER, title: null, doc_no: null })).toBe('');
  });
});
