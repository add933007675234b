import type { Conversation } from '../state/conversation';
import { keptAs, type Place } from '../state/place';
import { lastOf } from '../text/list';

/** How many messages came while nobody looked; what was seen last is kept over reloads. */
export class Unread {
  private readonly conversation: Conversation;
  private readonly key: string;
  private readonly onCount: (count: number) => void;
  private open = false;
  private seen: string | null;

  constructor(conversation: Conversation, place: Place, onCount: (count: number) => void) {
    this.conversation = conversation;
    this.key = keptAs('seen', place);
    this.onCount = onCount;
    this.seen = read(this.key);
    conversation.subscribe(() => this.look());
    document.addEventListener('visibilitychange', () => this.look());
  }

  watched(open: boolean): void {
    this.open = open;
    this.look();
  }

  private look(): void {
    const { messages } = this.conversation.getState();
    const last = lastOf(messages);
    if (this.open && document.visibilityState === 'visible' && last !== undefined && last.id !== this.seen) {
      this.seen = last.id;
      keep(this.key, last.id);
    }
    const from = messages.findIndex((message) => message.id === this.seen) + 1;
    this.onCount(this.open ? 0 : messages.slice(from).filter((message) => message.role !== 'user').length);
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, id: string): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    return; // Without storage it is known until the page is left.
  }
}
