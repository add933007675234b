import type { Attachment } from '../api/tickets';

/** What somebody has typed and put to it and not sent yet, kept in this browser under their account until it is sent or 30 days have passed. */

const PREFIX = 'zhiwen.desk.draft.';
const KEPT_DAYS = 30;
const DAY = 86_400_000;

export type DraftKind = 'reply' | 'note';

interface Draft {
  text: string;
  /** What goes with a reply: clauses and postings. */
  attached: readonly Attachment[];
  /** Names the message to the server, so that a repeated attempt is not a second message. */
  clientId: string;
  at: number;
}

export class Drafts {
  constructor(
    private readonly storage: Storage,
    private readonly owner: number,
    private readonly now: () => number = Date.now,
  ) {}

  read(ticket: string, kind: DraftKind): Draft | null {
    const kept = this.storage.getItem(this.key(ticket, kind));
    return kept === null ? null : parsed(kept);
  }

  /** Keeps `text`; the name of the message stays the same as long as its text and what goes with it do. Returns that name. */
  keep(ticket: string, kind: DraftKind, text: string): string {
    return this.put(ticket, kind, text, this.read(ticket, kind)?.attached ?? []);
  }

  /** Keeps what goes with a reply. */
  attach(ticket: string, attached: readonly Attachment[]): void {
    this.put(ticket, 'reply', this.read(ticket, 'reply')?.text ?? '', attached);
  }

  /** Forgets a draft that was sent; what has been typed or put to it since stays. */
  sent(ticket: string, kind: DraftKind, text: string, attached: readonly Attachment[] = []): void {
    const kept = this.read(ticket, kind);
    if (!kept) return;
    const rest = kept.attached.filter((one) => !attached.some((other) => isSame(one, other)));
    this.put(ticket, kind, kept.text === text ? '' : kept.text, rest);
  }

  drop(ticket: string, kind: DraftKind): void {
    this.storage.removeItem(this.key(ticket, kind));
  }

  /** The numbers of the tickets for which a reply is begun. */
  begun(): ReadonlySet<string> {
    const prefix = `${PREFIX}${this.owner}.`;
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? '');
    return new Set(keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).replace(/\.(reply|note)$/, '')));
  }

  /** Drops what nobody came back to, whoever typed it. */
  clear(): void {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? '');
    for (const key of keys.filter((name) => name.startsWith(PREFIX))) {
      const draft = parsed(this.storage.getItem(key) ?? '');
      if (!draft || draft.at < this.now() - KEPT_DAYS * DAY) this.storage.removeItem(key);
    }
  }

  private put(ticket: string, kind: DraftKind, text: string, attached: readonly Attachment[]): string {
    if (text === '' && attached.length === 0) {
      this.drop(ticket, kind);
      return crypto.randomUUID();
    }
    const before = this.read(ticket, kind);
    const unchanged = before?.text === text && before.attached.length === attached.length && attached.every((one, place) => isSame(one, before.attached[place]));
    const clientId = before && unchanged ? before.clientId : crypto.randomUUID();
    this.write(this.key(ticket, kind), { text, attached, clientId, at: this.now() });
    return clientId;
  }

  private key(ticket: string, kind: DraftKind): string {
    return `${PREFIX}${this.owner}.${ticket}.${kind}`;
  }

  /** A full or forbidden storage must not keep anybody from typing: the text is still in the field. */
  private write(key: string, draft: Draft): void {
    try {
      this.storage.setItem(key, JSON.stringify(draft));
    } catch {
      console.warn('the draft could not be kept');
    }
  }
}

function parsed(kept: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(kept);
    if (typeof draft !== 'object' || draft === null) return null;
    const { text, attached, clientId, at } = draft as Record<string, unknown>;
    if (typeof text !== 'string' || typeof clientId !== 'string' || typeof at !== 'number') return null;
    return { text, attached: Array.isArray(attached) ? attached.filter(isAttachment) : [], clientId, at };
  } catch {
    return null;
  }
}

function isSame(one: Attachment, other: Attachment | undefined): boolean {
  return one.kind === other?.kind && one.id === other.id;
}

function isAttachment(given: unknown): given is Attachment {
  if (typeof given !== 'object' || given === null) return false;
  const { kind, id, title } = given as Record<string, unknown>;
  return (kind === 'clause' || kind === 'posting') && typeof id === 'number' && typeof title === 'string';
}
