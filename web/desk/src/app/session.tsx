import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';

import type { Me } from '../api/schema';
import type { Permission } from '../api/session';
import { Drafts } from '../state/drafts';
import { Seen } from '../state/seen';

interface Session {
  me: Me;
  may: (permission: Permission) => boolean;
  drafts: Drafts;
  seen: Seen;
}

const Context = createContext<Session | null>(null);

/** Who is signed in, for everything below. */
export function SessionProvider({ staff, children }: { staff: Me; children: ReactNode }) {
  const drafts = useMemo(() => new Drafts(window.localStorage, staff.id), [staff.id]);
  const seen = useMemo(() => new Seen(window.localStorage, staff.id), [staff.id]);
  useEffect(() => drafts.clear(), [drafts]);
  const session = useMemo(() => ({ me: staff, may: (permission: Permission) => staff.permissions.includes(permission), drafts, seen }), [staff, drafts, seen]);
  return <Context value={session}>{children}</Context>;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('nobody is signed in here');
  return session;
}
