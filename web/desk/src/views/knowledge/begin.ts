import type { DraftForm } from '../../api/knowledge';
import type { TicketOpened } from '../../api/tickets';
import { texts } from '../../texts';

/** How long the schema of the entries lets each be. */
export const LONGEST = { title: 40, question: 30, answer: 220, step: 60, decides: 60, school: 40, region: 40, law: 80, number: 40, article: 40 } as const;

type Cited = Pick<DraftForm['basis'][number], 'law' | 'number' | 'article' | 'date'>;

/** An entry begun with what was asked, what a counsellor answered last, and the papers that the answer names. */
export function begunFrom(ticket: Pick<TicketOpened, 'topic' | 'brief' | 'conversation'>): Partial<DraftForm> {
  const reply = ticket.conversation.filter((message) => message.role === 'counsellor' && message.kind === 'text').at(-1)?.text ?? '';
  const [answer = ''] = reply.split(texts.knowledge.sources, 1);
  const basis = namedIn(reply, [...ticket.brief.clauses, ...ticket.conversation.flatMap((message) => message.citations)]);
  return {
    title: ticket.topic.slice(0, LONGEST.title),
    question: questionOf(ticket),
    answer: answer.trim(),
    ...(basis.length > 0 ? { basis } : {}),
  };
}

/** An entry begun with a question that has no good answer yet; wordings too long for an entry are left out. */
export function begunWith(question: string, wordings: readonly string[] = []): Partial<DraftForm> {
  return { question: question.slice(0, LONGEST.question), other_questions: wordings.filter((wording) => wording.length <= LONGEST.question) };
}

function questionOf({ brief, topic }: Pick<TicketOpened, 'topic' | 'brief'>): string {
  return (brief.question.length <= LONGEST.question ? brief.question : topic).slice(0, LONGEST.question);
}

/** Each paper that the reply names, once, with the clause it was shown with first. */
function namedIn(reply: string, citations: readonly Readonly<Record<string, unknown>>[]): Cited[] {
  const word = (value: unknown) => (typeof value === 'string' && value ? value : null);
  const named = new Map<string, Cited>();
  for (const one of citations) {
    const law = `《${word(one['title']) ?? ''}》`;
    if (reply.includes(law) && !named.has(law)) named.set(law, { law, number: word(one['doc_no']), article: word(one['clause']), date: word(one['issued_on']) });
  }
  return [...named.values()];
}
