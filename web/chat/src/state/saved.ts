import { keptAs, type Place } from './place';

/** Postings that the reader keeps: in this browser alone, by id, title and employer. */
const NAME = 'saved';
export const SAVED_LIMIT = 100;

export interface SavedPosting {
  id: string;
  title: string;
  employer: string;
}

/** The newest first. Changes in another tab are taken over; a browser without storage keeps them until the page closes. */
export class SavedPostings {
  private items: readonly SavedPosting[];
  private readonly key: string;
  private readonly listeners = new Set<() => void>();
  /** False once the browser has refused to keep something. */
  kept = true;

  constructor(place: Pick<Place, 'key'> = { key: '' }) {
    this.key = keptAs(NAME, place);
    this.items = read(this.key);
    window.addEventListener('storage', (event) => {
      if (event.key === this.key || event.key === null) this.set(read(this.key));
    });
  }

  readonly list = (): readonly SavedPosting[] => this.items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  has(id: string): boolean {
    return this.items.some((item) => item.id === id);
  }

  /** Puts a posting in front, or at `place`; false when there is no room for another one. */
  add({ id, title, employer }: SavedPosting, place = 0): boolean {
    if (this.has(id)) return true;
    if (this.items.length >= SAVED_LIMIT) return false;
    const items = [...this.items];
    items.splice(place, 0, { id, title, employer });
    this.keep(items);
    return true;
  }

  /** Takes a posting out; its place, for putting it back, or -1. */
  remove(id: string): number {
    const place = this.items.findIndex((item) => item.id === id);
    if (place >= 0) this.keep(this.items.filter((item) => item.id !== id));
    return place;
  }

  private keep(items: readonly SavedPosting[]): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(items));
      this.kept = true;
    } catch {
      this.kept = false;
    }
    this.set(items);
  }

  private set(items: readonly SavedPosting[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}

/** What storage holds, as far as it is ours: anything may have been written there. */
function read(key: string): SavedPosting[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (!Array.isArray(value)) return [];
    const items = value.flatMap((entry: unknown) => savedOf(entry) ?? []);
    return items.filter((item, index) => items.findIndex(({ id }) => id === item.id) === index).slice(0, SAVED_LIMIT);
  } catch {
    return [];
  }
}

function savedOf(value: unknown): SavedPosting | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, title, employer } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '' || typeof title !== 'string') return null;
  return { id, title, employer: typeof employer === 'string' ? employer : '' };
}
