import { useQueryClient } from '@tanstack/react-query';
import { App as AntApp } from 'antd';
import { useEffect } from 'react';

import { LISTS, TICKET, type TicketOpened, type ViewerShown } from '../../api/tickets';
import { useLive } from '../../app/LiveProvider';
import { texts } from '../../texts';

const GRAVE: ReadonlySet<unknown> = new Set(['danger', 'overdue', 'silent', 'taken_away']);
const MISSED_TOO_MUCH = 'reload';

/** Keeps what is shown in step with the stream, and taps on the shoulder of somebody who looks elsewhere. */
export function useTicketNotices(): void {
  const live = useLive();
  const queries = useQueryClient();
  const { message } = AntApp.useApp();
  useEffect(
    () =>
      live.listen((kind, data) => {
        const number = typeof data['number'] === 'string' ? data['number'] : '';
        if (kind === 'viewers') {
          const viewers = Array.isArray(data['viewers']) ? (data['viewers'] as ViewerShown[]) : [];
          queries.setQueryData<TicketOpened>([...TICKET, number], (before) => before && { ...before, viewers });
          return;
        }
        if (data['code'] === MISSED_TOO_MUCH) {
          void queries.invalidateQueries();
          return;
        }
        void queries.invalidateQueries({ queryKey: LISTS });
        if (number) void queries.invalidateQueries({ queryKey: [...TICKET, number] });
        if (kind === 'notice' && typeof data['text'] === 'string') {
          if (GRAVE.has(data['code'])) message.warning(data['text']);
          else message.info(data['text']);
        }
        const said = sentenceFor(kind, data);
        if (said) tap(said, number);
      }),
    [live, queries, message],
  );
}

/** What a notification says of an event; nothing for those that nobody needs to be called for. */
export function sentenceFor(kind: string, data: Readonly<Record<string, unknown>>): string | null {
  if (kind === 'message') return (data['message'] as { role?: string } | undefined)?.role === 'user' ? texts.inbox.newMessage : null;
  if (kind === 'ticket') return data['change'] === 'registered' ? texts.inbox.newArrived : null;
  return kind === 'notice' && typeof data['text'] === 'string' ? data['text'] : null;
}

/** A notification without a word of the graduate's: it may be seen on a projector. */
function tap(said: string, number: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted' || document.visibilityState === 'visible') return;
  const notification = new Notification(texts.common.name, { body: said, tag: number || 'zhiwen' });
  notification.onclick = () => window.focus();
}
