/** What happens at the desk while one looks: server-sent events, resumed by the browser with `Last-Event-ID`. */

export type LiveState = 'connecting' | 'open' | 'broken';
export type LiveKind = (typeof KINDS)[number];
type Listener = (kind: LiveKind, data: Readonly<Record<string, unknown>>) => void;

const KINDS = ['ticket', 'message', 'viewers', 'notice'] as const;
const AGAIN_MS = 4_000;
const AGAIN_MOST_MS = 30_000;

interface Source extends EventTarget {
  readonly readyState: number;
  close(): void;
}

const CLOSED = 2;

/** One stream for the whole page. `open` makes a source, so that tests may hand in their own. */
export class Live {
  private source: Source | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<(state: LiveState) => void>();
  state: LiveState = 'connecting';

  constructor(
    private readonly open: () => Source,
    /** Called when the stream is back after a gap in which events may have passed unseen. */
    private readonly caughtUp: () => void,
    /** Called when the server refuses the stream: who is asking may be signed out. */
    private readonly refused: () => void,
  ) {}

  start(): void {
    this.connect();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  watch(watcher: (state: LiveState) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private connect(): void {
    const source = this.open();
    this.source = source;
    source.addEventListener('open', () => this.opened());
    source.addEventListener('error', () => this.failed(source));
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => this.tell(kind, event as MessageEvent<string>));
    }
  }

  private opened(): void {
    const hadGap = this.state === 'broken';
    this.failures = 0;
    this.become('open');
    if (hadGap) this.caughtUp();
  }

  /** The browser tries again by itself, except when the server answered with an error: then the source is closed. */
  private failed(source: Source): void {
    this.become('broken');
    if (source.readyState !== CLOSED) return;
    source.close();
    this.refused();
    const wait = Math.min(AGAIN_MS * 2 ** this.failures, AGAIN_MOST_MS);
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  private tell(kind: LiveKind, event: MessageEvent<string>): void {
    const data: unknown = JSON.parse(event.data);
    if (typeof data !== 'object' || data === null) return;
    for (const listener of this.listeners) listener(kind, data as Record<string, unknown>);
  }

  private become(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    for (const watcher of this.watchers) watcher(state);
  }
}
