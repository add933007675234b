import { createSession, fetchMessages, postFeedback, postMessage } from '../api/client';
import { ChatFailure, failureFrom, isTransient } from '../api/failure';
import { startLive } from '../api/live';
import { forgetSession, keepSession, loadSession } from '../api/session';
import type { Message, Session } from '../api/types';
import {
  type ChatState,
  initialState,
  lastSeq,
  withDelivered,
  withFailed,
  withMessages,
  withNewSession,
  withOutgoing,
  withRetry,
} from './store';
import { uuid } from './uuid';

/** A break in the live connection shorter than this is not worth a word. */
const HICCUP_MS = 2_500;
/** A page that could not begin tries again by itself, for example while the server is still starting. */
const START_AGAIN_MS = 8_000;
const LONGEST_HISTORY_PAGES = 40;

/** One conversation on one page: owns the session, the sending queue and the live connection. */
export class Conversation {
  private state: ChatState = { ...initialState, online: navigator.onLine !== false };
  private session: Session | null = null;
  private live: ReturnType<typeof startLive> | null = null;
  private queue: Promise<void> = Promise.resolve();
  private starting: Promise<void> | null = null;
  private renewal: Promise<void> | null = null;
  private hiccup: number | undefined;
  private startAgain: number | undefined;
  private readonly listeners = new Set<() => void>();

  readonly getState = (): ChatState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Finds or makes the session, restores the history and starts listening. */
  start(): Promise<void> {
    this.starting ??= this.begin().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  private async begin(): Promise<void> {
    window.clearTimeout(this.startAgain);
    if (this.state.boot === 'ready') return;
    try {
      const { session, expired } = loadSession(Date.now());
      if (expired) this.update({ ...this.state, renewed: true });
      this.session = session ?? (await this.newSession());
      await this.restore();
      this.update({ ...this.state, boot: 'ready' });
    } catch (error) {
      this.update({ ...this.state, boot: failureFrom(error).reason });
      this.startAgain = window.setTimeout(() => void this.start(), START_AGAIN_MS);
    }
  }

  watchNetwork(): void {
    window.addEventListener('offline', () => this.update({ ...this.state, online: false }));
    window.addEventListener('online', () => {
      this.update({ ...this.state, online: true });
      this.backOnline();
    });
  }

  /** Sends a text; `shown` is what the user's own bubble says when that differs (the title of a choice). */
  send(text: string, shown: string = text): void {
    const clientId = uuid();
    this.update(
      withOutgoing(this.state, {
        clientId,
        text,
        shown,
        state: 'sending',
        failure: null,
        afterSeq: lastSeq(this.state),
        beforeSeq: null,
        echoed: false,
        notes: [],
        createdAt: new Date().toISOString(),
      }),
    );
    this.enqueue(clientId);
  }

  retry(clientId: string): void {
    this.update(withRetry(this.state, clientId));
    this.enqueue(clientId);
  }

  /** Raises ChatFailure. */
  async rate(messageId: string, helpful: boolean, comment?: string): Promise<void> {
    if (this.session === null) throw new ChatFailure('session');
    const feedback = comment === undefined ? { message_id: messageId, helpful } : { message_id: messageId, helpful, comment };
    await postFeedback(this.session.token, feedback);
  }

  private enqueue(clientId: string): void {
    // One at a time: the server answers in the order in which the user spoke.
    this.queue = this.queue.then(() => this.deliver(clientId));
  }

  private async deliver(clientId: string, renewed = false): Promise<void> {
    const entry = this.state.outgoing.find((candidate) => candidate.clientId === clientId);
    if (entry === undefined) return;
    try {
      await this.starting;
      if (this.session === null) await this.renew();
      const replies = await postMessage(this.session?.token ?? '', entry.text, clientId);
      this.update(withDelivered(this.state, clientId, replies));
    } catch (error) {
      const failure = failureFrom(error);
      if (failure.reason === 'session' && !renewed) {
        await this.renewThenDeliver(clientId);
        return;
      }
      this.update(withFailed(this.state, clientId, failure));
    }
  }

  private async renewThenDeliver(clientId: string): Promise<void> {
    try {
      await this.renew();
    } catch (error) {
      const failure = failureFrom(error);
      this.update(withFailed(this.state, clientId, failure));
      return;
    }
    await this.deliver(clientId, true);
  }

  private async restore(): Promise<void> {
    try {
      await this.readHistory();
    } catch (error) {
      if (failureFrom(error).reason !== 'session') throw error;
      await this.renew();
      return;
    }
    this.listen();
  }

  private async readHistory(): Promise<void> {
    for (let page = 0; page < LONGEST_HISTORY_PAGES; page += 1) {
      const before = lastSeq(this.state);
      this.receive(await fetchMessages(this.token(), before));
      if (lastSeq(this.state) === before) return;
    }
  }

  /** Replaces a session that the server no longer accepts; several callers share one replacement. */
  private renew(): Promise<void> {
    this.renewal ??= this.replaceSession().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async replaceSession(): Promise<void> {
    this.live?.stop();
    const hadSession = this.session !== null;
    this.session = null;
    forgetSession();
    this.session = await this.newSession();
    this.update({ ...(hadSession ? withNewSession(this.state) : this.state), boot: 'ready' });
    this.listen();
  }

  private async newSession(): Promise<Session> {
    const session = await createSession();
    keepSession(session);
    return session;
  }

  private listen(): void {
    this.live?.stop();
    this.live = startLive({
      token: this.token(),
      lastSeq: () => lastSeq(this.state),
      onMessages: (messages) => this.receive(messages),
      onState: (live) => this.onLive(live),
      onSessionEnd: () => void this.onSessionEnd(),
    });
  }

  private async onSessionEnd(): Promise<void> {
    try {
      await this.renew();
    } catch {
      // No new session now: the next message tries again and shows its own failure.
      this.onLive('connecting');
    }
  }

  private onLive(live: ChatState['live']): void {
    if (live === 'connecting') {
      this.hiccup ??= window.setTimeout(() => this.update({ ...this.state, disconnected: true }), HICCUP_MS);
      this.update({ ...this.state, live });
      return;
    }
    window.clearTimeout(this.hiccup);
    this.hiccup = undefined;
    const back = this.state.live === 'connecting';
    this.update({ ...this.state, live, disconnected: false });
    if (back) this.retryUndelivered();
  }

  private backOnline(): void {
    if (this.state.boot !== 'loading') void this.start();
    this.live?.wake();
    this.retryUndelivered();
  }

  /** What failed only because nobody could be reached goes out by itself once somebody can. */
  private retryUndelivered(): void {
    for (const entry of this.state.outgoing) {
      if (entry.failure !== null && isTransient(entry.failure.reason)) this.retry(entry.clientId);
    }
  }

  private receive(messages: Message[]): void {
    this.update(withMessages(this.state, messages));
  }

  private token(): string {
    return this.session?.token ?? '';
  }

  private update(state: ChatState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
