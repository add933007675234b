/**
 * A message's text without the lines that a card below it shows again. The first line stays, and so does every line that the
 * card does not cover: `fragments` are the card's own strings, and a line goes only when it holds one of them.
 */
export function withoutRepeats(text: string, fragments: readonly (string | null | undefined)[]): string {
  const shown = fragments.filter((fragment): fragment is string => typeof fragment === 'string' && fragment.length > 1);
  const lines = text.split(/\r\n|\r|\n/);
  const kept = lines.filter((line, index) => index === 0 || !shown.some((fragment) => line.includes(fragment)));
  return kept.join('\n').trim();
}
