import { render } from 'preact';
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../src/api/types';
import { MessageRow } from '../src/components/MessageRow';
import { type Page, PageContext } from '../src/components/page';
import { rendered, renderedAnew } from './rendered';

renderedAnew();

const actions = { choose: () => undefined, rate: () => Promise.resolve(), ask: () => undefined } as unknown as Parameters<typeof MessageRow>[0]['actions'];

async function shown(code: string, text: string): Promise<[string | undefined, string | undefined]> {
  const message = { id: 'm', seq: 1, role: 'system', kind: 'notice', text, payload: { code }, created_at: '2026-12-01T10:00:00+08:00' } as Message;
  await act(() => render(<MessageRow message={message} shown="" preview={null} latest={false} over={false} actions={actions} />, rendered.root));
  return [rendered.root.querySelector('.notice strong')?.textContent, rendered.root.querySelector('.notice-text')?.textContent];
}

describe('a notice', () => {
  it.each([
    ['alert', '求职预警：体检收费的都是骗局', '求职预警', '体检收费的都是骗局'],
    ['announcement', '通知：双选会改在体育馆', '通知', '双选会改在体育馆'],
    ['reading_picture', '图片收到了，正在认里面的字', '正在看图片', '图片收到了，正在认里面的字'],
    ['degraded', '系统正在恢复', '部分功能暂不可用', '系统正在恢复'],
  ])('%s says its title once', async (code, text, title, rest) => {
    expect(await shown(code, text)).toEqual([title, rest]);
  });

  it('of my data fetches the file with the token and not by an address', async () => {
    const fetchMyData = vi.fn(() => Promise.resolve(new Blob(['我的信息'])));
    const page = { fetchMyData } as unknown as Page;
    const message = { id: 'm', seq: 1, role: 'bot', kind: 'notice', text: '可以下载了', payload: { code: 'my_data' }, created_at: '2026-12-01T10:00:00+08:00' } as Message;
    const row = <MessageRow message={message} shown="" preview={null} latest={false} over={false} actions={actions} />;
    await act(() => render(<PageContext.Provider value={page}>{row}</PageContext.Provider>, rendered.root));
    expect(rendered.root.querySelector('a')).toBeNull();

    const kept = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:kept');
    await act(() => rendered.root.querySelector<HTMLButtonElement>('.my-data button')?.click());
    expect(fetchMyData).toHaveBeenCalledOnce();
    expect(kept).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(rendered.root.querySelector('[role=status]')?.textContent).toBe('已交给浏览器保存'));
  });

  it('of a code that the page does not know is shown as it is', async () => {
    expect(await shown('novel', '通知：明天停电')).toEqual([undefined, '通知：明天停电']);
  });
});
