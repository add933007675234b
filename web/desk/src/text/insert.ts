/** `words` put in place of what is selected in `text`, and where the caret stands then. */
export function insertAt(text: string, words: string, start: number, end: number): { text: string; caret: number } {
  return { text: text.slice(0, start) + words + text.slice(end), caret: start + words.length };
}
