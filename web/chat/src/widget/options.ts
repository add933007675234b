import { parsed, type Rgb } from './colour';

/** What the attributes of the `<script>` say; whatever is missing or wrong has its default. */
export interface Options {
  /** The origin of the script, where the chat API is. */
  server: string;
  college: string | null;
  /** Tells what this widget keeps in the page's storage from what others keep there. */
  key: string;
  theme: 'light' | 'dark' | 'auto';
  colour: Rgb | null;
  side: 'left' | 'right';
  /** Pixels from the side and from the bottom. */
  offset: readonly [number, number];
  zIndex: number;
  title: string | null;
  label: string | null;
  /** Null: the usual greeting; empty: none. */
  greeting: string | null;
  greetingSeconds: number;
  traditional: boolean;
}

const LONGEST_COLLEGE = 60;
const LONGEST_TITLE = 30;
const LONGEST_GREETING = 120;
const OFF = new Set(['off', 'none', 'false', 'no', '']);
const TRADITIONAL = /^zh-(hant|tw|hk|mo)\b/i;

/** `language` is that of the page, for `data-lang="auto"`. */
export function optionsOf(data: Readonly<Record<string, string | undefined>>, server: string, language: string): Options {
  const college = text(data['college'] ?? data['school'], LONGEST_COLLEGE);
  const { greeting } = data;
  const theme = data['theme'];
  return {
    server,
    college,
    key: `${server.replace(/^https?:\/\//, '')}/${college ?? ''}`,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    colour: parsed(data['color'] ?? data['colour'] ?? ''),
    side: data['position'] === 'left' ? 'left' : 'right',
    offset: [number(data['offsetX'], 20, 0, 400), number(data['offsetY'], 20, 0, 400)],
    zIndex: number(data['zIndex'], 2_147_483_000, 0, 2_147_483_647),
    title: text(data['title'], LONGEST_TITLE),
    label: text(data['label'], LONGEST_TITLE),
    greeting: greeting === undefined ? null : OFF.has(greeting.trim().toLowerCase()) ? '' : greeting.trim().slice(0, LONGEST_GREETING),
    greetingSeconds: number(data['greetingDelay'], 8, 0, 3600),
    traditional: TRADITIONAL.test(data['lang'] && data['lang'] !== 'auto' ? data['lang'] : language),
  };
}

function text(value: string | undefined, longest: number): string | null {
  const trimmed = value?.trim().slice(0, longest);
  return trimmed ? trimmed : null;
}

function number(value: string | undefined, otherwise: number, lowest: number, highest: number): number {
  const found = Number(value ?? Number.NaN);
  return value !== undefined && value.trim() !== '' && Number.isFinite(found) ? Math.min(Math.max(found, lowest), highest) : otherwise;
}
