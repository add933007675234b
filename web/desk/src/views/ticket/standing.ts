import type { TicketRow } from '../../api/tickets';

export interface Uses {
  /** Whether one's messages reach the graduate. */
  canReply: boolean;
  canClaim: boolean;
  /** The colleague in whose hands the conversation is. */
  heldByOther: string | null;
  isMine: boolean;
  isOpen: boolean;
}

/** What somebody may do with a request as it stands; the server decides, this keeps buttons away that it would refuse. */
export function usesOf(ticket: Pick<TicketRow, 'assignee' | 'state' | 'holder'>, me: number, mayWork: boolean): Uses {
  const isOpen = ticket.state !== 'resolved';
  const isMine = ticket.assignee?.id === me;
  const other = ticket.holder && ticket.holder.id !== me ? ticket.holder.name : ticket.assignee && !isMine ? ticket.assignee.name : null;
  const canReply = mayWork && isOpen && ticket.holder?.id === me;
  return { canReply, canClaim: mayWork && isOpen && !canReply && other === null, heldByOther: isOpen ? other : null, isMine: mayWork && isMine, isOpen };
}
