import {
  callApi,
  createSession,
  enterSession,
  fetchMessages,
  fetchMyData,
  fetchPostings,
  postFeedback,
  postMessage,
  postPicture,
  postQuestion,
  renewSession,
} from '../api/client';
import { ChatFailure, failureFrom, isTransient } from '../api/failure';
import { startLive } from '../api/live';
import { forgetSession, keepSession, loadSession } from '../api/session';
import type { Call } from '../api/invited';
import type { LeftQuestion, Message, Posting, Session } from '../api/types';
import { lastOf } from '../text/list';
import { texts } from '../texts';
import { PageClock } from './clock';
import type { ReadyPicture } from './picture';
import { pagePlace, type Place } from './place';
import {
  type ChatState,
  initialState,
  lastSeq,
  type Outgoing,
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
/** A token lives a day; it is renewed while at least this much of it is left, looked at this often. */
const RENEW_BELOW_MS = 12 * 3_600_000;
const LOOK_AT_SESSION_MS = 600_000;

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
  private readonly clock: PageClock;
  private readonly place: Place;
  private entry: string | null;
  private watch: number | undefined;

  /** `entry` is the code of a link to a conversation that began elsewhere; it is tried once. */
  constructor(clock: PageClock = new PageClock(), place: Place = pagePlace(), entry: string | null = null) {
    this.clock = clock;
    this.place = place;
    this.entry = entry;
  }

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
      const entered = await this.enter();
      const { session, expired } = entered === null ? loadSession(Date.now(), this.place) : { session: entered, expired: false };
      if (expired) this.update({ ...this.state, renewed: true });
      this.session = session ?? (await this.newSession());
      await this.restore();
      this.update({ ...this.state, boot: 'ready' });
      await this.prolong();
      this.watch ??= window.setInterval(() => void this.prolong(), LOOK_AT_SESSION_MS);
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
    this.say({ text, shown });
  }

  /** Sends a picture; it stays here until the server has it, so that trying again loses nothing. */
  sendPicture(picture: ReadyPicture): void {
    this.say({ text: '', shown: '', picture });
  }

  private say(said: Pick<Outgoing, 'text' | 'shown' | 'picture'>): void {
    const clientId = uuid();
    this.update(
      withOutgoing(this.state, {
        ...said,
        clientId,
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

  /** The copy of what is kept of this conversation, and of no other. Raises ChatFailure. */
  async fetchMyData(): Promise<Blob> {
    if (this.session === null) throw new ChatFailure('session');
    return fetchMyData(this.session.token);
  }

  /** How postings stand now. Raises ChatFailure. */
  fetchPostings(ids: readonly string[]): Promise<Posting[]> {
    return this.inSession((token) => fetchPostings(token, ids));
  }

  /** A request to the chat API beside the conversation. Raises ChatFailure. */
  readonly call: Call = (method, path, body) => this.inSession((token) => callApi(token, method, path, body));

  /** A question for a person, left with the form: what came of it joins the conversation. Raises ChatFailure. */
  async leave(question: LeftQuestion): Promise<void> {
    const replies = await this.inSession((token) => postQuestion(token, question));
    this.receive(replies);
    this.receive(await this.inSession((token) => fetchMessages(token, lastSeq(this.state) - replies.length - 1)).catch(() => []));
  }

  /** Asks with the session, and once more with a new one where the server no longer knows it. */
  private async inSession<Got>(ask: (token: string) => Promise<Got>): Promise<Got> {
    await this.starting;
    if (this.session === null) await this.renew();
    try {
      return await ask(this.token());
    } catch (error) {
      if (failureFrom(error).reason !== 'session') throw error;
      await this.renew();
      return ask(this.token());
    }
  }

  private post(entry: Outgoing): Promise<Message[]> {
    if (entry.picture !== undefined) return postPicture(this.token(), entry.picture.blob, entry.clientId);
    return postMessage(this.token(), entry.text, entry.clientId);
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
      const replies = await this.post(entry);
      const newest = lastOf(replies);
      if (newest !== undefined) this.clock.learn(newest.created_at);
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
    forgetSession(this.place);
    this.session = await this.newSession();
    this.update({ ...(hadSession ? withNewSession(this.state) : this.state), boot: 'ready' });
    this.listen();
  }

  /** The session that the link leads to; one that leads nowhere any more is told, and the page opens as it would without it. */
  private async enter(): Promise<Session | null> {
    if (this.entry === null) return null;
    try {
      const session = await enterSession(this.entry);
      this.entry = null;
      keepSession(session, this.place);
      return session;
    } catch (error) {
      const failure = failureFrom(error);
      if (failure.reason !== 'rejected') throw error;
      this.entry = null;
      this.update({ ...this.state, missed: failure.detail ?? texts.linkUnusable });
      return null;
    }
  }

  private async newSession(): Promise<Session> {
    const session = await createSession(this.place.college);
    keepSession(session, this.place);
    return session;
  }

  /** A new token in good time, so that the conversation goes on; without one now, the next look tries again. */
  private async prolong(): Promise<void> {
    const left = Date.parse(this.session?.expires_at ?? '') - Date.now();
    if (this.session === null || !(left < RENEW_BELOW_MS)) return;
    const before = this.session;
    try {
      const session = await renewSession(before.token);
      if (this.session !== before) return;
      this.session = session;
      keepSession(session, this.place);
      this.listen();
    } catch {
      // The old one still speaks.
    }
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
