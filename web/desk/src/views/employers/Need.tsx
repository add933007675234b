import { Button } from 'antd';
import { useState } from 'react';

import type { EmployerFileView, NeedView } from '../../api/employers';
import { useSession } from '../../app/session';
import { day } from '../../text/time';
import { texts } from '../../texts';
import { CandidateDialog, LinkDialog } from './dialogs';

const words = texts.employers;

/** A need with the postings that answer it and what became of the candidates. */
export function Need({ need, postings }: { need: NeedView; postings: EmployerFileView['postings'] }) {
  const { may } = useSession();
  const [open, setOpen] = useState<'link' | 'candidate' | null>(null);
  const about = [need.headcount && words.people_(need.headcount), need.degree, need.majors, need.needed_by && words.until(day(need.needed_by)), need.note];
  const outcome = (name: string) => words.outcomes[name] ?? name;
  return (
    <section className="need" aria-label={need.post}>
      <h3>
        {need.post} <span className="soft">{about.filter(Boolean).join(' · ')}</span> {need.signed > 0 && <span className="mark mark-done">{words.signed(need.signed)}</span>}
      </h3>
      <p>
        {`${words.linked}：`}
        {need.postings.length === 0 ? <span className="soft">{words.noneLinked}</span> : need.postings.map((one) => `${one.title}（${texts.postings.statuses[one.status]}）`).join('、')}
      </p>
      <p>
        {`${words.candidates}：`}
        {need.candidates.length === 0 && <span className="soft">{words.noCandidates}</span>}
      </p>
      <ul>
        {need.candidates.map((one) => (
          <li key={one.reference}>
            {one.reference} <span className={`mark ${one.outcome === 'signed' ? 'mark-done' : ''}`}>{outcome(one.outcome)}</span> {one.note}{' '}
            {one.history.length > 0 && <span className="soft">{words.before(one.history.map(outcome).join('、'))}</span>}
          </li>
        ))}
      </ul>
      {may('employers_write') && (
        <div className="page-actions">
          <Button onClick={() => setOpen('candidate')}>{words.addCandidate}</Button>
          {postings.length > 0 && <Button onClick={() => setOpen('link')}>{words.link}</Button>}
        </div>
      )}
      {open === 'link' && <LinkDialog need={need} postings={postings} close={() => setOpen(null)} />}
      {open === 'candidate' && <CandidateDialog need={need} close={() => setOpen(null)} />}
    </section>
  );
}
