import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Select, Spin } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import { GAPS, markGap, type MarkReason, readSearch, type SearchTested } from '../../api/upkeep';
import { sentenceOf } from '../../api/failure';
import { useSession } from '../../app/session';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { begunWith } from '../knowledge/begin';
import DraftEditor from '../knowledge/DraftEditor';
import { Found } from './Found';
import './searchtest.css';

const words = texts.searchTest;
const LONGEST = 200;
const percent = (share: number) => Math.round(share * 100);
const MARKS = (Object.keys(words.marks) as MarkReason[]).map((value) => ({ value, label: words.marks[value] }));

/** A question as graduates ask it: what is found and why, and what they would be told. */
export default function SearchTestPage() {
  const [params, setParams] = useSearchParams();
  const [q, place] = [params.get('q') ?? '', params.get('place') ?? ''];
  const [typed, setTyped] = useState(q);
  const [where, setWhere] = useState(place);
  const tested = useQuery({ queryKey: ['search-test', q, place], queryFn: () => readSearch(q, place), enabled: q !== '', staleTime: 0 });
  const ask = () => {
    if (!typed.trim()) return;
    if (typed.trim() === q && where.trim() === place) void tested.refetch();
    else setParams({ q: typed.trim(), ...(where.trim() ? { place: where.trim() } : {}) });
  };
  return (
    <Page title={words.title} hint={words.hint}>
      <form
        className="search-test"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Input autoFocus maxLength={LONGEST} value={typed} placeholder={words.question} aria-label={words.question} onChange={(event) => setTyped(event.target.value)} />
        <Input className="search-test-place" maxLength={40} value={where} placeholder={words.place} aria-label={words.place} onChange={(event) => setWhere(event.target.value)} />
        <Button type="primary" htmlType="submit" loading={tested.isFetching}>
          {words.ask}
        </Button>
      </form>
      {tested.isError && <Alert type="error" showIcon title={sentenceOf(tested.error)} />}
      {tested.isLoading && (
        <div role="status" aria-label={texts.common.loading}>
          <Spin className="page-wait" />
        </div>
      )}
      {tested.data && <Result key={`${q} ${place}`} question={q} tested={tested.data} />}
    </Page>
  );
}

function Result({ question, tested }: { question: string; tested: SearchTested }) {
  const { may } = useSession();
  return (
    <>
      {tested.answer && <Answer given={tested.answer} />}
      {may('knowledge_draft') && <Wrong question={question} />}
      <Sheet title={words.found}>
        <p className="soft">{words.foundHint(percent(tested.answerable), percent(tested.needed))}</p>
        {tested.clauses.length === 0 ? <p>{words.nothing}</p> : <Found clauses={tested.clauses} />}
      </Sheet>
      <Sheet title={words.builtIn}>
        <p className="soft">{words.builtInHint(tested.built_in_needed)}</p>
        {tested.built_in.length === 0 && <p>{words.noBuiltIn}</p>}
        <ul className="rows">
          {tested.built_in.map((entry) => (
            <li key={entry.id}>
              <span>
                {entry.title} {entry.school && <span className="mark mark-label">{words.school}</span>}
              </span>
              <span className="soft">{entry.score.toFixed(2)}</span>
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}

function Answer({ given }: { given: NonNullable<SearchTested['answer']> }) {
  const looks = { answered: 'mark-done', refused: 'mark-over', clarify: 'mark-soon' } as const;
  return (
    <Sheet title={words.answer}>
      <p className="document-marks-row">
        <span className={`mark ${looks[given.outcome]}`}>{words.outcomes[given.outcome]}</span>
        {given.reason && <span className="mark mark-soon">{words.reasons[given.reason]}</span>}
        {given.outcome === 'answered' && <span className="mark">{words.sure(percent(given.confidence))}</span>}
        {given.warnings.map((warning) => (
          <span key={warning} className="mark mark-soon">
            {words.warnings[warning] ?? warning}
          </span>
        ))}
      </p>
      <p className="printed">{given.text}</p>
      <ul className="cited">
        {given.citations.map((citation, index) => (
          <li key={`${citation.document_id}-${index}`}>
            <Link to={`/documents/${citation.document_id}`}>
              《{citation.title}》{citation.clause}
            </Link>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** What to do about an answer that is wrong. */
function Wrong({ question }: { question: string }) {
  const [reason, setReason] = useState<MarkReason>('wrong_answer');
  const [drafting, setDrafting] = useState(false);
  const marking = useSaying({ mutationFn: () => markGap(question, reason), outdates: [GAPS], done: words.marked });
  return (
    <div className="page-actions search-test-wrong">
      <span>{words.wrong}</span>
      <Select value={reason} options={MARKS} onChange={setReason} aria-label={words.wrong} />
      <Button loading={marking.isPending} disabled={marking.isSuccess} onClick={() => marking.mutate()}>
        {marking.isSuccess ? words.marked : words.mark}
      </Button>
      <Button onClick={() => setDrafting(true)}>{words.draft}</Button>
      {drafting && <DraftEditor begun={begunWith(question)} draftId={null} ticket={null} close={() => setDrafting(false)} />}
    </div>
  );
}
