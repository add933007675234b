import { PlusOutlined } from '@ant-design/icons';
import { Button, Pagination, Popconfirm, Spin } from 'antd';
import { useState } from 'react';

import { PAGE_SIZE, takeTrainingBack, TRAININGS, type TrainingView, useTrainings } from '../../api/trainings';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import '../surveys/surveys.css';
import Interests from './Interests';
import TrainingEditor from './TrainingEditor';

const words = texts.trainings;

/** Trainings and who wants to come. */
export default function TrainingsPage() {
  const { may } = useSession();
  const [page, setPage] = useState(1);
  const [editing, setEditing] = useState<TrainingView | 'new' | null>(null);
  const [listed, setListed] = useState<TrainingView | null>(null);
  const trainings = useTrainings(page);
  if (trainings.isError) return <LoadFailure error={trainings.error} again={() => void trainings.refetch()} />;
  const add = may('trainings_manage') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} hint={words.hint} actions={add}>
      {trainings.isPending && <Spin />}
      {trainings.data?.total === 0 && <p className="soft">{words.empty}</p>}
      {trainings.data?.items.map((training) => (
        <Training key={training.id} training={training} edit={() => setEditing(training)} list={() => setListed(training)} />
      ))}
      <Pagination hideOnSinglePage current={page} pageSize={PAGE_SIZE} total={trainings.data?.total ?? 0} showSizeChanger={false} onChange={setPage} />
      {editing && <TrainingEditor training={editing === 'new' ? null : editing} close={() => setEditing(null)} />}
      {listed && <Interests training={listed} close={() => setListed(null)} />}
    </Page>
  );
}

function Training({ training, edit, list }: { training: TrainingView; edit: () => void; list: () => void }) {
  const { may } = useSession();
  const takingBack = useSaying({ mutationFn: () => takeTrainingBack(training.id), outdates: [TRAININGS], done: words.done });
  const state = training.ended_at ? words.takenBack : training.offered ? words.offered : words.over;
  const said = [training.provider, training.place, training.hours, training.fee, training.subsidy].filter(Boolean).join(' · ');
  return (
    <Sheet title={training.title}>
      <p className="printed">{[said, training.note].filter(Boolean).join('\n')}</p>
      <p className="facts">
        <span className={training.offered ? 'mark mark-done' : 'mark'}>{state}</span>
        <span>{words.when(training.starts_on, training.ends_on)}</span>
        <span>{words.until(training.sign_up_until)}</span>
        <span>{words.wanted(training.wanted, training.seats ?? null)}</span>
      </p>
      <div className="page-actions">
        <Button onClick={list}>{words.list}</Button>
        {may('trainings_manage') && training.offered && (
          <>
            <Button onClick={edit}>{texts.common.edit}</Button>
            <Popconfirm title={words.takeBackAsk} onConfirm={() => takingBack.mutate()}>
              <Button danger loading={takingBack.isPending}>
                {words.takeBack}
              </Button>
            </Popconfirm>
          </>
        )}
      </div>
    </Sheet>
  );
}
