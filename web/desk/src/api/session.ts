import { useQuery, useQueryClient } from '@tanstack/react-query';

import { api, brought, keepCsrf } from './client';
import type { Me, SessionState } from './schema';

/** The answer to a right password of an account that has a second factor. */
export const CODE_NEEDED = 'code_needed';

const KEY = ['session'];

export type Permission = Me['permissions'][number];

async function kept(call: Promise<SessionState>): Promise<SessionState> {
  const state = await call;
  keepCsrf(state.csrf);
  return state;
}

export const readSession = () => kept(brought(api.GET('/api/desk/session')));

export async function signIn(given: { name: string; password: string; code?: string }): Promise<SessionState> {
  return kept(brought(api.POST('/api/desk/session', { body: given })));
}

export const signOut = () => kept(brought(api.DELETE('/api/desk/session')));

export function useSessionQuery() {
  return useQuery({ queryKey: KEY, queryFn: readSession, staleTime: Infinity });
}

/** Takes over a state that signing in or out has brought; nothing read under another account stays. */
export function useSessionRefresh() {
  const queries = useQueryClient();
  return (state: SessionState) => {
    const before = queries.getQueryData<SessionState>(KEY)?.staff?.id;
    if (before !== state.staff?.id) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
    queries.setQueryData(KEY, state);
  };
}
