import { PlusOutlined } from '@ant-design/icons';
import { Button, Pagination, Popconfirm, Spin } from 'antd';
import { useState } from 'react';

import { closeSurvey, dropSurvey, PAGE_SIZE, publishSurvey, SURVEYS, type SurveyView, useSurveys } from '../../api/surveys';
import { useHours } from '../../api/hours';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import Results from './Results';
import SurveyEditor from './SurveyEditor';
import './surveys.css';

const words = texts.surveys;

/** Surveys: drafted, published, ended, and what came out of them. */
export default function SurveysPage() {
  const { may } = useSession();
  const hours = useHours();
  const [page, setPage] = useState(1);
  const [editing, setEditing] = useState<SurveyView | 'new' | null>(null);
  const [shown, setShown] = useState<SurveyView | null>(null);
  const surveys = useSurveys(page);
  if (surveys.isError) return <LoadFailure error={surveys.error} again={() => void surveys.refetch()} />;
  const add = hours && may('surveys_manage') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={add}>
      {surveys.isPending && <Spin />}
      {surveys.data?.total === 0 && <p className="soft">{words.empty}</p>}
      {surveys.data?.items.map((survey) => (
        <Survey key={survey.id} survey={survey} edit={() => setEditing(survey)} show={() => setShown(survey)} />
      ))}
      <Pagination hideOnSinglePage current={page} pageSize={PAGE_SIZE} total={surveys.data?.total ?? 0} showSizeChanger={false} onChange={setPage} />
      {editing && hours && <SurveyEditor survey={editing === 'new' ? null : editing} ahead={hours.ahead} close={() => setEditing(null)} />}
      {shown && <Results survey={shown} close={() => setShown(null)} />}
    </Page>
  );
}

function Survey({ survey, edit, show }: { survey: SurveyView; edit: () => void; show: () => void }) {
  const { may } = useSession();
  const publishing = useSaying({ mutationFn: () => publishSurvey(survey.id), outdates: [SURVEYS], done: words.published });
  const closing = useSaying({ mutationFn: () => closeSurvey(survey.id), outdates: [SURVEYS], done: words.closed });
  const dropping = useSaying({ mutationFn: () => dropSurvey(survey.id), outdates: [SURVEYS], done: words.dropped });
  const manages = may('surveys_manage');
  const isDraft = survey.state === 'draft';
  return (
    <Sheet title={survey.title}>
      <p className="printed">{survey.purpose}</p>
      <p className="facts">
        <span className={survey.state === 'open' ? 'mark mark-done' : 'mark'}>{words.states[survey.state]}</span>
        <span>{words.span(survey.opens_on, survey.closes_on)}</span>
        <span>{words.audience(survey.college, survey.cohort)}</span>
        {!isDraft && <span>{words.answers(survey.answers)}</span>}
        <span className="soft">{words.keep(survey.keep_days)}</span>
      </p>
      <div className="page-actions">
        {manages && isDraft && (
          <>
            <Button onClick={edit}>{texts.common.edit}</Button>
            <Popconfirm title={words.publishAsk} onConfirm={() => publishing.mutate()}>
              <Button type="primary" loading={publishing.isPending}>
                {words.publish}
              </Button>
            </Popconfirm>
            <Popconfirm title={words.drop} onConfirm={() => dropping.mutate()}>
              <Button danger>{words.drop}</Button>
            </Popconfirm>
          </>
        )}
        {manages && (survey.state === 'open' || survey.state === 'scheduled') && (
          <Popconfirm title={words.closeAsk} onConfirm={() => closing.mutate()}>
            <Button loading={closing.isPending}>{words.close}</Button>
          </Popconfirm>
        )}
        {survey.state === 'closed' && <Button onClick={show}>{words.results}</Button>}
      </div>
    </Sheet>
  );
}
