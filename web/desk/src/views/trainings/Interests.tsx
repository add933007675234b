import { DownloadOutlined } from '@ant-design/icons';
import { Button, Drawer, Spin, Table } from 'antd';
import { useState } from 'react';

import { interestsAddress, type InterestView, openContact, type TrainingView, useInterests } from '../../api/trainings';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Reachable } from '../../parts/Reachable';
import { useSaying } from '../../parts/useSaying';
import { day, fullMoment } from '../../text/time';
import { texts } from '../../texts';

const words = texts.trainings;

interface Opened {
  name: string;
  contact: string;
}

/** Who wants to come; a name and contact are shown one at a time, and the server keeps a record of it. */
export default function Interests({ training, close }: { training: TrainingView; close: () => void }) {
  const { may } = useSession();
  const interests = useInterests(training.id);
  const [opened, setOpened] = useState<Readonly<Record<number, Opened>>>({});
  const opening = useSaying({
    mutationFn: (id: number) => openContact(training.id, id),
    onSuccess: (contact, id) => setOpened((before) => ({ ...before, [id]: contact })),
  });
  const csv = may('trainings_manage') && (
    <Button icon={<DownloadOutlined />} href={interestsAddress(training.id)}>
      {words.csv}
    </Button>
  );
  return (
    <Drawer open size={760} title={`${training.title} · ${words.list}`} extra={csv} onClose={close}>
      <Reachable>
        <p className="soft">{words.keptUntil(day(training.kept_until))}</p>
        {interests.isPending && <Spin />}
        {interests.isError && <LoadFailure error={interests.error} again={() => void interests.refetch()} />}
        {interests.data && (
          <Table<InterestView>
            rowKey="id"
            size="small"
            dataSource={interests.data.items}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            scroll={{ x: 640 }}
            locale={{ emptyText: words.nobody }}
            columns={[
              { title: words.order, dataIndex: 'place', width: 60 },
              { title: words.status, width: 80, render: (_, one) => (one.waits ? <span className="mark mark-soon">{words.waits}</span> : words.listed) },
              { title: words.person, render: (_, one) => opened[one.id]?.name ?? one.name },
              { title: words.contact, render: (_, one) => opened[one.id]?.contact ?? one.contact },
              { title: words.college, render: (_, one) => one.college ?? words.unknown },
              { title: words.at, dataIndex: 'created_at', render: fullMoment },
              {
                title: '',
                width: 80,
                render: (_, one) =>
                  may('trainings_manage') &&
                  !opened[one.id] && (
                    <Button size="small" onClick={() => opening.mutate(one.id)}>
                      {words.open}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Reachable>
    </Drawer>
  );
}
