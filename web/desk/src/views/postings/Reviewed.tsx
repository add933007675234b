import { LeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';

import type { PostingStatus } from '../../api/postings';
import type { Permission } from '../../api/session';
import { useSession } from '../../app/session';
import { piecesOf } from '../../text/highlight';
import { Decide, type DecideWords } from './Decide';
import { type Decision, Decisions, type DecisionsWords } from './Decisions';
import { Findings } from './Findings';
import { type Finding, StatusMark } from './marks';

interface Words extends DecideWords, DecisionsWords {
  back: string;
  fields: string;
}

interface Shown {
  title: string;
  status: PostingStatus;
  /** Whose it is and where it came from. */
  origin: string;
  findings: readonly Finding[];
  issues: readonly string[];
  /** What it says, with the phrases to be marked in it. */
  fields: readonly { label: string; value: string; phrases: readonly string[] }[];
  decisions: readonly Decision[];
}

interface Props {
  words: Words;
  /** Who may decide here. */
  right: Permission;
  shown: Shown;
  warned: string | null;
  decide: (status: PostingStatus, reason: string) => Promise<unknown>;
  outdates: readonly unknown[];
  decided: () => void;
  back: (() => void) | null;
  /** What else a reviewer needs to know before deciding. */
  children?: ReactNode;
}

/** One that is reviewed, with all that a reviewer needs, and what can be decided. */
export function Reviewed({ words, right, shown, warned, decide, outdates, decided, back, children }: Props) {
  const { may } = useSession();
  return (
    <article className="review-one" aria-label={shown.title}>
      {back && (
        <Button type="text" icon={<LeftOutlined />} onClick={back}>
          {words.back}
        </Button>
      )}
      <header>
        <h2>{shown.title}</h2>
        <StatusMark words={words} status={shown.status} />
        <p className="soft">{shown.origin}</p>
      </header>
      <Findings findings={shown.findings} issues={shown.issues} />
      <h3>{words.fields}</h3>
      <dl className="review-fields">
        {shown.fields.map((field, index) => (
          <div key={index}>
            <dt>{field.label}</dt>
            <dd>
              <Highlighted text={field.value} phrases={field.phrases} />
            </dd>
          </div>
        ))}
      </dl>
      {children}
      <Decisions words={words} decisions={shown.decisions} />
      {may(right) && <Decide words={words} status={shown.status} warned={warned} decide={decide} outdates={outdates} decided={decided} />}
    </article>
  );
}

/** A text with the phrases in it marked. */
function Highlighted({ text, phrases }: { text: string; phrases: readonly string[] }) {
  return piecesOf(text, phrases).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>));
}
