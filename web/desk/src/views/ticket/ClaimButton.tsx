import { Button } from 'antd';
import { useRef } from 'react';

import { claim as claimTicket, LISTS, TICKET } from '../../api/tickets';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

export function useClaim(number: string) {
  const claiming = useSaying({ mutationFn: () => claimTicket(number), outdates: [[...TICKET, number], LISTS], done: texts.ticket.claimed });
  // Two clicks come faster than a page is drawn: they are one wish.
  const asked = useRef(false);
  const claim = () => {
    if (asked.current) return;
    asked.current = true;
    claiming.mutate(undefined, { onSettled: () => (asked.current = false) });
  };
  return { isPending: claiming.isPending, claim };
}

/** Takes the conversation: from then on the bot is silent in it. */
export function ClaimButton({ number }: { number: string }) {
  const claiming = useClaim(number);
  return (
    <Button type="primary" loading={claiming.isPending} onClick={claiming.claim}>
      {texts.ticket.claim}
    </Button>
  );
}
