import { focused, keepInside } from '../components/focus';
import { accents } from './colour';
import { Fitting } from './fitting';
import { makeHost, readersFontSize } from './host';
import css from './launcher.css?inline';
import { launcherTexts as simplified } from './launcherTexts';
import { launcherTexts as traditional } from './launcherTexts?hant';
import { remember, remembered } from './memory';
import type { Options } from './options';
import { addStyles } from './sheets';
import type { Chat, Stage } from './stage';

type Load = (retry: number) => Promise<{ mount(stage: Stage): Chat }>;

const BUBBLE = 'M4 5h16v11h-9l-5 4v-4H4z';
const CROSS = 'M6 6l12 12M18 6L6 18';
/** How long after the page the conversation is fetched, so that it opens at once and, once fetched, also without a network. */
const FETCH_AFTER_MS = 3_000;

/** The button on the page, what it says by itself, and the frame that it opens. */
export class Launcher {
  private readonly options: Options;
  private readonly load: Load;
  private readonly words: typeof simplified;
  private readonly root: ShadowRoot;
  private readonly box: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly badge: HTMLElement;
  private readonly frame: HTMLElement;
  private readonly fitting: Fitting;
  private readonly title: string;
  private chat: Promise<Chat> | null = null;
  private tries = 0;
  private greeting: HTMLElement | null = null;
  private unread = 0;
  private open = false;

  /** Puts the launcher on the page; null where it is there already. */
  static place(options: Options, load: Load): Launcher | null {
    const made = makeHost(options);
    return made === null ? null : new Launcher(options, load, made.host, made.root);
  }

  private constructor(options: Options, load: Load, host: HTMLElement, root: ShadowRoot) {
    this.options = options;
    this.load = load;
    this.root = root;
    this.words = options.traditional ? traditional : simplified;
    this.title = options.title ?? this.words.title;
    addStyles(root, css, `${options.server}/widget.css`);
    this.box = make('section', 'zw-root', { 'aria-label': this.words.region(this.title), lang: options.traditional ? 'zh-Hant' : 'zh-Hans' });
    root.append(this.box);
    this.button = this.makeButton();
    this.badge = make('span', 'badge', { 'aria-hidden': 'true', hidden: '' });
    this.button.append(this.badge);
    this.frame = make('div', 'frame', { role: 'dialog', 'aria-label': this.title, tabindex: '-1', hidden: '' });
    this.box.append(this.button, this.frame);
    this.fitting = new Fitting(this.frame, (full) => this.fitted(full));
    this.dress();
    host.addEventListener('keydown', (event) => this.onKey(event));
    window.addEventListener('keydown', (event) => {
      // The focus may have fallen to the page behind, for example when what had it went away.
      if (event.target === document.body) this.onLostKey(event);
    });
    this.prepare();
  }

  private makeButton(): HTMLButtonElement {
    const button = make('button', 'launch', { type: 'button', 'aria-expanded': 'false' });
    const label = this.options.label ?? this.words.label;
    button.append(drawn(BUBBLE, true), text('span', label));
    button.addEventListener('click', () => (this.open ? this.close() : void this.show()));
    return button;
  }

  /** Colours, sizes and places, all by script: a strict policy allows no `style` in markup. */
  private dress(): void {
    const { options, box } = this;
    box.dataset['side'] = options.side;
    box.style.setProperty('--x', `${options.offset[0]}px`);
    box.style.setProperty('--y', `${options.offset[1]}px`);
    box.style.setProperty('--rem', readersFontSize(box));
    const night = window.matchMedia('(prefers-color-scheme: dark)');
    const paint = (): void => {
      const dark = options.theme === 'dark' || (options.theme === 'auto' && night.matches);
      box.dataset['theme'] = dark ? 'dark' : 'light';
      if (options.colour === null) return;
      for (const [name, value] of Object.entries(accents(options.colour, dark))) box.style.setProperty(name, value);
    };
    paint();
    if (typeof night.addEventListener === 'function') night.addEventListener('change', paint);
    else night.addListener(paint); // Safari before 14
    this.look();
  }

  /** What can wait until the page is at rest. */
  private prepare(): void {
    const { key } = this.options;
    const known = remembered('session', key) !== null || remembered('left', key) !== null;
    if (known) void this.whole().catch(() => undefined);
    else if (!savesData()) setTimeout(() => void this.load(0).catch(() => undefined), FETCH_AFTER_MS);
    if (this.options.greeting !== '' && !known && remembered('greeted', key) === null) {
      setTimeout(() => this.greet(this.options.greeting ?? this.words.greeting), this.options.greetingSeconds * 1000);
    }
  }

  private greet(words: string): void {
    if (this.open || this.greeting !== null) return;
    remember('greeted', this.options.key, '1');
    this.say(words);
  }

  /** A few words beside the button, which open the conversation. */
  private say(words: string): void {
    this.hush();
    const bubble = make('div', 'greeting', { role: 'status' });
    const said = text('button', words, 'greeting-text');
    said.addEventListener('click', () => void this.show());
    const away = make('button', 'greeting-close', { type: 'button', 'aria-label': this.words.dismiss });
    away.append(drawn(CROSS, false));
    away.addEventListener('click', () => {
      this.hush();
      this.button.focus({ preventScroll: true });
    });
    this.greeting = bubble;
    this.box.insertBefore(bubble, this.frame);
    // Into a live region that is there already, so that it is read out.
    requestAnimationFrame(() => bubble.append(said, away));
  }

  private hush(): void {
    this.greeting?.remove();
    this.greeting = null;
  }

  /** Loads the conversation, once; a load that failed is tried again under another address, for browsers remember the failure. */
  private whole(): Promise<Chat> {
    this.chat ??= this.load(this.tries).then(
      ({ mount }) =>
        mount({
          root: this.root,
          frame: this.frame,
          options: this.options,
          title: this.title,
          onUnread: (count) => this.onUnread(count),
          onClose: () => this.close(),
        }),
      (error: unknown) => {
        this.chat = null;
        this.tries += 1;
        throw error;
      },
    );
    return this.chat;
  }

  private async show(): Promise<void> {
    this.hush();
    remember('greeted', this.options.key, '1');
    this.button.setAttribute('aria-busy', 'true');
    try {
      const chat = await this.whole();
      this.open = true;
      this.frame.hidden = false;
      this.fitting.shown(true);
      chat.shown(true);
      // A phone's keyboard would take half of the screen away before anything was read.
      if (this.fitting.full) this.frame.focus({ preventScroll: true });
      else chat.focus();
    } catch {
      this.say(this.words.failed);
    } finally {
      this.button.removeAttribute('aria-busy');
      this.look();
    }
  }

  private close(): void {
    if (!this.open) return;
    const inside = this.frame.contains(focused()) || focused() === document.body;
    this.open = false;
    this.frame.hidden = true;
    this.fitting.shown(false);
    this.look();
    void this.chat?.then((chat) => chat.shown(false));
    if (inside) this.button.focus({ preventScroll: true });
  }

  private fitted(full: boolean): void {
    this.button.hidden = full;
    if (full) this.frame.setAttribute('aria-modal', 'true');
    else this.frame.removeAttribute('aria-modal');
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.open || event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Tab' && this.fitting.full) keepInside(event, this.frame);
  }

  /** A key that nobody inside has heard: what lies on top there hears of Escape first. */
  private onLostKey(event: KeyboardEvent): void {
    if (!this.open || event.defaultPrevented) return;
    if (event.key === 'Escape') this.frame.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }));
    else this.onKey(event);
  }

  private onUnread(count: number): void {
    this.unread = count;
    this.look();
  }

  /** The button as things stand. */
  private look(): void {
    const { button, badge, open, unread } = this;
    const label = this.options.label ?? this.words.label;
    button.setAttribute('aria-expanded', String(open));
    button.setAttribute('aria-label', `${label}：${open ? this.words.close : this.words.open(unread)}`);
    button.dataset['shape'] = open ? 'round' : 'long';
    button.replaceChildren(drawn(open ? CROSS : BUBBLE, !open), ...(open ? [] : [text('span', label)]), badge);
    badge.hidden = open || unread === 0;
    badge.textContent = unread > 99 ? '99+' : String(unread);
  }
}

/** The reader has asked for as little as possible: then nothing is fetched before it is wanted. */
function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string, attributes: Record<string, string>): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = name;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function text<Tag extends 'span' | 'button'>(tag: Tag, words: string, name = ''): HTMLElementTagNameMap[Tag] {
  const element = make(tag, name, tag === 'button' ? { type: 'button' } : {});
  element.textContent = words;
  return element;
}

function drawn(path: string, filled: boolean): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  const line = document.createElementNS(space, 'path');
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  line.setAttribute('fill', filled ? 'currentColor' : 'none');
  line.setAttribute('stroke', 'currentColor');
  line.setAttribute('stroke-width', '2');
  line.setAttribute('stroke-linejoin', 'round');
  line.setAttribute('stroke-linecap', 'round');
  picture.append(line);
  return picture;
}
