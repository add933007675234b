import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Call, fetchInvited, type Invited } from '../../api/invited';

export interface InvitedState {
  invited: Invited | null;
  failed: boolean;
  look: () => Promise<void>;
}

/** What this conversation is invited to, read once it has begun; without the server the page simply does not mention it. */
export function useInvited(call: Call, ready: boolean): InvitedState {
  const [invited, setInvited] = useState<Invited | null>(null);
  const [failed, setFailed] = useState(false);
  const look = useCallback(async (): Promise<void> => {
    try {
      setInvited(await fetchInvited(call));
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, [call]);
  useEffect(() => {
    if (ready) void look();
  }, [ready, look]);
  return { invited, failed, look };
}
