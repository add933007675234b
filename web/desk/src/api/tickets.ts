import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { api, brought } from './client';
import type { NewReply, Priority, TicketRow } from './schema';

export type { BriefShown, MessageShown, NoteShown, TicketOpened, TicketRow, ViewerShown } from './schema';

export type View = 'inbox' | 'mine' | 'all' | 'snoozed' | 'resolved';
export type Attachment = NonNullable<NewReply['attachments']>[number] & { title: string };

/** Which tickets are asked for. */
export interface TicketWish {
  view: View;
  q?: string;
  college?: string;
  topic?: string;
  priority?: Priority;
  label?: string;
}

/** Keys of what was read: all lists, and single tickets below `TICKET`. */
export const LISTS = ['tickets'] as const;
export const TICKET = ['ticket'] as const;
export const LABELS = ['labels'] as const;

const PAGE_SIZE = 30;
const at = (number: string) => ({ params: { path: { number } } });

export function useTicketList(wish: TicketWish) {
  const query = useInfiniteQuery({
    queryKey: [...LISTS, wish],
    queryFn: ({ pageParam }) => brought(api.GET('/api/desk/tickets', { params: { query: { ...wish, page: pageParam, page_size: PAGE_SIZE } } })),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (pages.length * PAGE_SIZE < last.total ? pages.length + 1 : undefined),
    placeholderData: keepPreviousData,
  });
  return {
    items: distinct(query.data?.pages.flatMap((page) => page.items) ?? []),
    isPending: query.isPending,
    isError: query.isLoadingError,
    error: query.error,
    again: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isFetchingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
  };
}

/** Between two pages a ticket may have moved from one to the other: it is shown once. */
function distinct(rows: readonly TicketRow[]): TicketRow[] {
  return [...new Map(rows.map((row) => [row.number, row])).values()];
}

export function useTicketCounts() {
  return useQuery({ queryKey: [...LISTS, 'counts'], queryFn: () => brought(api.GET('/api/desk/tickets/counts')) });
}

export function useTicket(number: string) {
  return useQuery({ queryKey: [...TICKET, number], queryFn: () => brought(api.GET('/api/desk/tickets/{number}', at(number))), staleTime: 0 });
}

export function useLabels() {
  return useQuery({ queryKey: LABELS, queryFn: () => brought(api.GET('/api/desk/labels')) });
}

export const claim = (number: string) => brought(api.POST('/api/desk/tickets/{number}/claim', at(number)));
export const giveBack = (number: string) => brought(api.POST('/api/desk/tickets/{number}/return', at(number)));
export const handBack = (number: string) => brought(api.POST('/api/desk/tickets/{number}/handback', at(number)));
export const reopen = (number: string) => brought(api.POST('/api/desk/tickets/{number}/reopen', at(number)));

export const transfer = (number: string, to: number) => brought(api.POST('/api/desk/tickets/{number}/transfer', { ...at(number), body: { to } }));
export const snooze = (number: string, until: string) => brought(api.POST('/api/desk/tickets/{number}/snooze', { ...at(number), body: { until } }));
export const resolve = (number: string, note: string) => brought(api.POST('/api/desk/tickets/{number}/resolve', { ...at(number), body: { note: note || null } }));

export function prioritise(number: string, priority: Priority) {
  return brought(api.POST('/api/desk/tickets/{number}/priority', { ...at(number), body: { priority } }));
}

export function labelTicket(number: string, labels: string[]) {
  return brought(api.POST('/api/desk/tickets/{number}/labels', { ...at(number), body: { labels } }));
}

export const addNote = (number: string, text: string) => brought(api.POST('/api/desk/tickets/{number}/notes', { ...at(number), body: { text } }));

/** Says something to the graduate; `clientId` makes a second attempt harmless. */
export function sendReply(number: string, text: string, clientId: string, attached: readonly Attachment[] = []) {
  const attachments = attached.map(({ kind, id }) => ({ kind, id }));
  return brought(api.POST('/api/desk/tickets/{number}/messages', { ...at(number), body: { text, client_id: clientId, attachments } }));
}

export const sayViewing = (number: string) => brought(api.POST('/api/desk/tickets/{number}/viewing', at(number)));
export const sayTyping = (number: string) => brought(api.POST('/api/desk/tickets/{number}/typing', at(number)));
export const sayLeft = (number: string) => brought(api.DELETE('/api/desk/tickets/{number}/viewing', at(number)));

export function useSuggestions(number: string) {
  return useQuery({
    queryKey: [...TICKET, number, 'suggestions'],
    queryFn: () => brought(api.GET('/api/desk/tickets/{number}/suggestions', at(number))),
    staleTime: 0,
  });
}

export function useSameQuestions(number: string) {
  return useQuery({
    queryKey: [...TICKET, number, 'same'],
    queryFn: () => brought(api.GET('/api/desk/tickets/{number}/same-questions', at(number))),
    staleTime: 0,
  });
}

/** Gives all of these the same answer and resolves them; `clientId` makes a second attempt harmless. */
export function mergeTickets(numbers: string[], text: string, clientId: string) {
  return brought(api.POST('/api/desk/tickets/merge', { body: { numbers, text, client_id: clientId } }));
}

export const joinTickets = (number: string, into: string) => brought(api.POST('/api/desk/tickets/{number}/join', { ...at(number), body: { into } }));
