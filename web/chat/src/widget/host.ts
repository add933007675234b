import type { Options } from './options';

const KEYS = ['keydown', 'keyup', 'keypress'] as const;
/** What a page's own style sheet may not decide: an important declaration in a `style` goes before every one in a sheet. */
const FIXED: Record<string, string> = {
  all: 'initial',
  direction: 'ltr',
  display: 'block',
  position: 'fixed',
  top: '0',
  left: '0',
  width: '0',
  height: '0',
};

/** The element on the page in whose shadow everything happens; null where this widget is on the page already. */
export function makeHost(options: Options): { host: HTMLElement; root: ShadowRoot } | null {
  const there = [...document.querySelectorAll<HTMLElement>('[data-zhiwen-widget]')];
  if (there.some((one) => one.dataset['zhiwenWidget'] === options.key)) return null;
  const host = document.createElement('div');
  host.dataset['zhiwenWidget'] = options.key;
  for (const [name, value] of Object.entries(FIXED)) host.style.setProperty(name, value, 'important');
  host.style.setProperty('z-index', String(options.zIndex), 'important');
  const root = host.attachShadow({ mode: 'open' });
  // What is typed here is no shortcut of the page's.
  for (const key of KEYS) host.addEventListener(key, (event) => event.stopPropagation());
  document.body.append(host);
  return { host, root };
}

/** The reader's own font size in pixels, as the browser is set; the page may have made its root's anything. */
export function readersFontSize(box: HTMLElement): string {
  box.style.fontSize = 'medium';
  const size = getComputedStyle(box).fontSize;
  box.style.fontSize = '';
  return size || '16px';
}
