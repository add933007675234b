import { texts } from '../texts';

/** A request that failed, with a sentence for whoever made it. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }

  /** Whether the same request may succeed a little later. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const OFFLINE = 'offline';

/** The failure that a response tells of: the server's own Chinese sentence where it gives one. */
export function failureOf(status: number, body: unknown): Failure {
  const told: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const said = [told['message'], told['detail']].find((text): text is string => typeof text === 'string' && /[\u4e00-\u9fff]/.test(text));
  const code = typeof told['code'] === 'string' ? told['code'] : String(status);
  return new Failure(status, code, said ?? texts.failure.ofStatus(status), told);
}

export function offline(): Failure {
  return new Failure(0, OFFLINE, texts.failure.offline);
}

/** The sentence to show for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Failure ? error.message : texts.failure.unknown;
}
