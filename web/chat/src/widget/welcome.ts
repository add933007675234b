import { remember, remembered } from './memory';

const DAY_MS = 86_400_000;
/** How long a page that was welcome counts as such while the server cannot be asked. */
const REMEMBERED_MS = 7 * DAY_MS;
const TRY_AGAIN_MS = [3_000, 15_000, 60_000];
const TIMEOUT_MS = 10_000;

/**
 * Whether the server lets this page have the widget. A page of another origin may not even read the answer, which looks like
 * a network that is away; so a page that was welcome before is taken at its word, and on others nothing is shown.
 */
export async function isWelcome(server: string, key: string): Promise<boolean> {
  for (const pause of [...TRY_AGAIN_MS, null]) {
    if (await answers(server)) {
      remember('welcome', key, String(Date.now()));
      return true;
    }
    if (Date.now() - Number(remembered('welcome', key) ?? 0) < REMEMBERED_MS) return true;
    if (pause !== null) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return false;
}

async function answers(server: string): Promise<boolean> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`${server}/api/chat/duty`, { credentials: 'omit', cache: 'no-store', signal: abort.signal });
    await response.text(); // An answer that nobody reads keeps its connection.
    return response.status !== 403;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
