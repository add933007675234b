import { fetchMessages, openEvents } from './client';
import { ChatFailure, failureFrom } from './failure';
import { readEventStream } from './sse';
import { isMessage, type Message } from './types';

/** `connecting` also covers every reconnection; `polling` works, only slower. */
export type LiveState = 'connecting' | 'open' | 'polling';

export interface LiveOptions {
  token: string;
  /** The highest seq already shown; read again at every connection. */
  lastSeq(): number;
  onMessages(messages: Message[]): void;
  onState(state: LiveState): void;
  onSessionEnd(): void;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 20_000;
const POLL_EVERY_MS = 4_000;
const POLL_HIDDEN_MS = 15_000;
const POLLS_BEFORE_STREAM = 15;
const FAILURES_BEFORE_POLLING = 3;
/** A stream that says nothing, not even a comment, for this long may be dead behind a proxy. */
const SILENCE_MS = 60_000;

/**
 * Keeps new messages coming: an event stream by `fetch` (EventSource cannot send Authorization), resumed by Last-Event-ID,
 * reconnected with growing delays, and replaced by polling while streams do not get through. Returns the way to stop it.
 */
export function startLive(options: LiveOptions): { stop(): void; wake(): void } {
  const live = new Live(options);
  void live.run();
  return { stop: () => live.stop(), wake: () => live.wake() };
}

class Live {
  private readonly options: LiveOptions;
  private stopped = false;
  private failures = 0;
  private delay = FIRST_DELAY_MS;
  private lastEventId: string | null = null;
  private abort: AbortController | null = null;
  private wakeUp: (() => void) | null = null;

  constructor(options: LiveOptions) {
    this.options = options;
  }

  stop(): void {
    this.stopped = true;
    this.abort?.abort();
    this.wakeUp?.();
  }

  /** Tries again at once, for example when the browser is back online. */
  wake(): void {
    this.wakeUp?.();
  }

  async run(): Promise<void> {
    while (!this.stopped) {
      const ended = await this.streamOnce();
      if (this.stopped || ended === 'session') return;
      this.options.onState('connecting');
      if (this.failures >= FAILURES_BEFORE_POLLING) {
        if ((await this.pollForAWhile()) === 'session') return;
      } else {
        await this.pause(this.delay * (0.75 + Math.random() / 2));
        this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
      }
    }
  }

  private async streamOnce(): Promise<'ended' | 'session'> {
    const abort = new AbortController();
    this.abort = abort;
    let watch = window.setTimeout(() => abort.abort(), SILENCE_MS);
    const heard = (): void => {
      window.clearTimeout(watch);
      watch = window.setTimeout(() => abort.abort(), SILENCE_MS);
    };
    try {
      const resumeFrom = this.lastEventId ?? String(this.options.lastSeq());
      const response = await openEvents(this.options.token, resumeFrom, abort.signal);
      this.opened();
      await this.catchUp();
      await readEventStream(response, this.handlers(), heard);
    } catch (error) {
      return this.failed(error);
    } finally {
      window.clearTimeout(watch);
      abort.abort();
    }
    return 'ended';
  }

  private opened(): void {
    this.failures = 0;
    this.delay = FIRST_DELAY_MS;
    this.options.onState('open');
  }

  private failed(error: unknown): 'ended' | 'session' {
    if (this.stopped) return 'ended';
    if (error instanceof ChatFailure && error.reason === 'session') {
      this.options.onSessionEnd();
      return 'session';
    }
    this.failures += 1;
    return 'ended';
  }

  private handlers() {
    return {
      onEvent: (event: { data: string; lastEventId: string }): void => {
        if (event.lastEventId !== '') this.lastEventId = event.lastEventId;
        const messages = messagesIn(event.data);
        if (messages.length > 0) this.options.onMessages(messages);
      },
      onRetry: (milliseconds: number): void => {
        this.delay = Math.min(Math.max(milliseconds, FIRST_DELAY_MS), LONGEST_DELAY_MS);
      },
    };
  }

  private async catchUp(): Promise<void> {
    const missed = await fetchMessages(this.options.token, this.options.lastSeq());
    if (missed.length > 0) this.options.onMessages(missed);
  }

  private async pollForAWhile(): Promise<'ended' | 'session'> {
    for (let round = 0; round < POLLS_BEFORE_STREAM && !this.stopped; round += 1) {
      try {
        await this.catchUp();
        this.options.onState('polling');
      } catch (error) {
        if (failureFrom(error).reason === 'session') {
          this.options.onSessionEnd();
          return 'session';
        }
        this.options.onState('connecting');
      }
      await this.pause(document.visibilityState === 'hidden' ? POLL_HIDDEN_MS : POLL_EVERY_MS);
    }
    return 'ended';
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = window.setTimeout(() => this.wakeUp?.(), milliseconds);
      this.wakeUp = () => {
        window.clearTimeout(timer);
        this.wakeUp = null;
        resolve();
      };
    });
  }
}

/** An event carries one message, or `{"messages": […]}`; events of other shapes (a ping) carry none. */
function messagesIn(data: string): Message[] {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return [];
  }
  if (isMessage(value)) return [value];
  const list = (value as { messages?: unknown } | null)?.messages;
  return Array.isArray(list) ? list.filter(isMessage) : [];
}
