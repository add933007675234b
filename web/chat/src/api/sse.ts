/** One dispatched event of a text/event-stream, after https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerSentEvent {
  type: string;
  data: string;
  lastEventId: string;
}

export interface SseHandlers {
  onEvent(event: ServerSentEvent): void;
  onRetry?(milliseconds: number): void;
}

/**
 * Parses decoded chunks of an event stream. Chunks may end anywhere, also between CR and LF.
 * An event that the stream breaks off before its blank line is dropped, as the standard asks.
 */
export class SseParser {
  private readonly handlers: SseHandlers;
  private buffer = '';
  private atStart = true;
  private type = '';
  private data: string[] = [];
  private lastEventId = '';

  constructor(handlers: SseHandlers) {
    this.handlers = handlers;
  }

  feed(chunk: string): void {
    this.buffer += chunk;
    if (this.atStart && this.buffer.length > 0) {
      if (this.buffer.charCodeAt(0) === 0xfeff) this.buffer = this.buffer.slice(1);
      this.atStart = false;
    }
    let start = 0;
    for (;;) {
      const end = this.endOfLine(start);
      if (end === null) break;
      this.line(this.buffer.slice(start, end.at));
      start = end.next;
    }
    this.buffer = this.buffer.slice(start);
  }

  /** A CR at the very end waits for the next chunk, because its LF may follow. */
  private endOfLine(start: number): { at: number; next: number } | null {
    for (let at = start; at < this.buffer.length; at += 1) {
      const character = this.buffer[at];
      if (character === '\n') return { at, next: at + 1 };
      if (character !== '\r') continue;
      if (at + 1 === this.buffer.length) return null;
      return { at, next: this.buffer[at + 1] === '\n' ? at + 2 : at + 1 };
    }
    return null;
  }

  private line(line: string): void {
    if (line === '') {
      this.dispatch();
      return;
    }
    if (line.startsWith(':')) return;
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const raw = colon === -1 ? '' : line.slice(colon + 1);
    this.field(field, raw.startsWith(' ') ? raw.slice(1) : raw);
  }

  private field(name: string, value: string): void {
    if (name === 'event') this.type = value;
    else if (name === 'data') this.data.push(value);
    else if (name === 'id' && !value.includes('\0')) this.lastEventId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.handlers.onRetry?.(Number(value));
  }

  private dispatch(): void {
    const { type, data } = this;
    this.type = '';
    this.data = [];
    if (data.length === 0) return;
    this.handlers.onEvent({ type: type || 'message', data: data.join('\n'), lastEventId: this.lastEventId });
  }
}

/** Reads a response body to its end through the parser; `onBytes` hears of every chunk, comments included. */
export async function readEventStream(response: Response, handlers: SseHandlers, onBytes: () => void): Promise<void> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parser = new SseParser(handlers);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    parser.feed(decoder.decode(value, { stream: true }));
  }
}
