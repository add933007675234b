/** The little that the launcher itself keeps in the page's storage. */
export type Kept = 'session' | 'left' | 'greeted' | 'welcome' | 'open';

export function remembered(name: Kept, key: string): string | null {
  try {
    return localStorage.getItem(`zhiwen.${name}.${key}`);
  } catch {
    return null;
  }
}

/** A browser without storage forgets, and everything works until the page is left. */
export function remember(name: Kept, key: string, value: string): void {
  try {
    localStorage.setItem(`zhiwen.${name}.${key}`, value);
  } catch {
    return;
  }
}
