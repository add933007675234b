import { describe, expect, it } from 'vitest';
import { readEventStream, type ServerSentEvent, SseParser } from '../src/api/sse';

function parse(chunks: string[]): { events: ServerSentEvent[]; retries: number[] } {
  const events: ServerSentEvent[] = [];
  const retries: number[] = [];
  const parser = new SseParser({ onEvent: (event) => events.push(event), onRetry: (value) => retries.push(value) });
  for (const chunk of chunks) parser.feed(chunk);
  return { events, retries };
}

const STREAM = 'retry: 1500\n\nid: 7\nevent: message\ndata: {"text":"你好"}\n\n: ping\n\nid: 8\ndata: 第一行\ndata: 第二行\n\n';

describe('SseParser', () => {
  it('reads events, ids, types, several data lines and the retry time', () => {
    const { events, retries } = parse([STREAM]);
    expect(events).toEqual([
      { type: 'message', data: '{"text":"你好"}', lastEventId: '7' },
      { type: 'message', data: '第一行\n第二行', lastEventId: '8' },
    ]);
    expect(retries).toEqual([1500]);
  });

  it('gives the same events wherever the chunks are cut', () => {
    const whole = parse([STREAM]).events;
    for (let cut = 1; cut < STREAM.length; cut += 1) {
      expect(parse([STREAM.slice(0, cut), STREAM.slice(cut)]).events).toEqual(whole);
    }
    expect(parse([...STREAM]).events).toEqual(whole);
  });

  it.each(['\n', '\r\n', '\r'])('takes %j as the end of a line, also when it is cut in two', (end) => {
    const stream = `${STREAM.replaceAll('\n', end)}:${end}`;
    expect(parse([...stream]).events).toEqual(parse([STREAM]).events);
  });

  it('ignores comments, unknown fields and a retry that is no number', () => {
    const { events, retries } = parse([': hello\nfoo: bar\nretry: soon\n\ndata\n\n']);
    expect(events).toEqual([{ type: 'message', data: '', lastEventId: '' }]);
    expect(retries).toEqual([]);
  });

  it('takes away one space after the colon and no more', () => {
    expect(parse(['data:  two\n\ndata:none\n\n']).events.map((event) => event.data)).toEqual([' two', 'none']);
  });

  it('keeps the last id for events without one and drops an id that holds a NUL', () => {
    const { events } = parse(['id: 3\ndata: a\n\ndata: b\n\nid: 4\0\ndata: c\n\n']);
    expect(events.map((event) => event.lastEventId)).toEqual(['3', '3', '3']);
  });

  it('drops an event that is not ended by a blank line', () => {
    expect(parse(['data: whole\n\ndata: half\n']).events).toHaveLength(1);
  });

  it('skips a byte order mark', () => {
    expect(parse(['\ufeffdata: a\n\n']).events).toHaveLength(1);
  });

  it('decodes characters that a chunk border splits', async () => {
    const bytes = new TextEncoder().encode('data: 职问\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const events: ServerSentEvent[] = [];
    let heard = 0;
    await readEventStream({ body } as Response, { onEvent: (event) => events.push(event) }, () => (heard += 1));
    expect(events.map((event) => event.data)).toEqual(['职问']);
    expect(heard).toBe(bytes.length);
  });
});
