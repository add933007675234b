import type { Posting } from '../api/types';

const HEAD_LINE = /[：:]\s*$/;

/**
 * A message's text without the lines that a card below it shows again. The first line stays, and so does every line that the
 * card does not cover: `fragments` are the card's own strings, and a line goes only when it holds one of them, or is the head of
 * lines that go.
 */
export function withoutRepeats(text: string, fragments: readonly (string | null | undefined)[]): string {
  const shown = fragments.filter((fragment): fragment is string => typeof fragment === 'string' && fragment.length > 1);
  const lines = text.split(/\r\n|\r|\n/);
  const stays = lines.map((line, index) => index === 0 || !shown.some((fragment) => line.includes(fragment)));
  const kept = lines.filter((line, index) => stays[index] && !(index > 0 && HEAD_LINE.test(line) && stays[index + 1] === false));
  return kept.join('\n').trim();
}

const ITEM_LINE = /^\s*(?:第\s*\d+\s*[个场条项]|\d+\s*[.．、:：)）])/;

/**
 * The text of a list (postings, events) without its items: each begins at a line that is numbered and names one of them, and goes
 * on over the indented lines below. Everything else stays, so that a word that only the text has is not lost.
 */
export function withoutItems(text: string, items: readonly { title: string }[]): string {
  const titles = items.map((item) => item.title);
  const kept: string[] = [];
  let inside = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (ITEM_LINE.test(line) && titles.some((title) => title !== '' && line.includes(title))) inside = true;
    else if (!/^[ \t　]+\S/.test(line)) inside = false;
    if (!inside) kept.push(line);
  }
  return kept.join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

/**
 * The text of one posting without what its card shows: the line that names it, and each field with what belongs to it. What was
 * asked about it (“你问的：…”) and every other line stays. May be empty.
 */
export function withoutFields(text: string, posting: Pick<Posting, 'title' | 'detail'>, labels: readonly string[]): string {
  const fields = posting.detail?.fields ?? [];
  const heads = [...fields.map(({ label }) => label), ...labels].map((label) => `${label}：`);
  const said = new Set(fields.flatMap(({ value }) => value.split(/\r\n|\r|\n/).map((line) => line.trim())));
  const lines = text.split(/\r\n|\r|\n/).filter((line, index) => {
    const plain = line.replace(/^[\s·•-]+/, '').trim();
    if (index === 0 && plain.includes(posting.title)) return false;
    return !heads.some((head) => plain.startsWith(head)) && !(plain !== '' && said.has(plain));
  });
  return lines.join('\n').replace(/\n{3,}/g, '\n\n').trim();
}
