/** Up to which change somebody has looked at each request, kept in this browser under their account. */

const PREFIX = 'zhiwen.desk.seen.';
const MOST = 400;

export class Seen {
  private readonly moments: Map<string, string>;

  constructor(
    private readonly storage: Storage,
    private readonly owner: number,
  ) {
    this.moments = parsed(storage.getItem(PREFIX + owner));
  }

  /** Whether something has happened since it was last looked at. */
  isNew(number: string, updatedAt: string): boolean {
    const seen = this.moments.get(number);
    return seen === undefined || Date.parse(updatedAt) > Date.parse(seen);
  }

  look(number: string, updatedAt: string): void {
    if (!this.isNew(number, updatedAt)) return;
    this.moments.delete(number);
    this.moments.set(number, updatedAt);
    const kept = [...this.moments].slice(-MOST);
    try {
      this.storage.setItem(PREFIX + this.owner, JSON.stringify(kept));
    } catch {
      console.warn('what was seen could not be kept');
    }
  }
}

function parsed(kept: string | null): Map<string, string> {
  try {
    const rows: unknown = JSON.parse(kept ?? '[]');
    const pairs = Array.isArray(rows) ? rows : [];
    return new Map(pairs.filter((pair): pair is [string, string] => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string')));
  } catch {
    return new Map();
  }
}
