import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';

import { api, brought } from '../../api/client';
import type { DeliveryShown } from '../../api/schema';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { shortMoment } from '../../text/time';
import { texts } from '../../texts';

const KEY = ['deliveries'] as const;
const PAGE_SIZE = 30;
const words = texts.deliveries;
type State = DeliveryShown['state'];
const STATES = (Object.keys(words.states) as State[]).map((value) => ({ value, label: words.states[value] }));

/** What was to be told to colleagues outside of the console: what waits, what went, and what would not go. */
export default function DeliveriesPage() {
  const { may } = useSession();
  const [state, setState] = useState<State>('dead');
  const [page, setPage] = useState(1);
  const list = useQuery({
    queryKey: [...KEY, state, page],
    queryFn: () => brought(api.GET('/api/desk/deliveries', { params: { query: { state, page, page_size: PAGE_SIZE } } })),
  });
  const resending = useSaying({
    mutationFn: (id: number) => brought(api.POST('/api/desk/deliveries/{delivery_id}/resend', { params: { path: { delivery_id: id } } })),
    outdates: [KEY],
    done: words.resent,
  });
  if (list.isLoadingError) return <LoadFailure error={list.error} again={() => void list.refetch()} />;
  const columns: TableColumnsType<DeliveryShown> = [
    { title: words.what, dataIndex: 'code', render: (code: string) => words.codes[code] ?? code },
    { title: texts.ticket.number, dataIndex: 'number' },
    { title: words.made, dataIndex: 'created_at', render: (at: string) => shortMoment(at) },
    { title: words.attempts, dataIndex: 'attempts' },
    { title: words.error, dataIndex: 'error', render: (error: string | null) => (error === null ? texts.audit.none : (words.errors[error] ?? error)) },
    { title: words.when, render: (_, one) => shortMoment(one.sent_at ?? one.next_at) },
    {
      title: <span className="unseen">{words.resend}</span>,
      render: (_, one) =>
        (one.state === 'dead' || one.state === 'unknown') &&
        may('deliveries_resend') && (
          <Button loading={resending.isPending && resending.variables === one.id} onClick={() => resending.mutate(one.id)}>
            {words.resend}
          </Button>
        ),
    },
  ];
  return (
    <Page title={words.title} hint={words.hint} actions={<Segmented options={STATES} value={state} onChange={(chosen) => { setState(chosen); setPage(1); }} />}>
      <Table<DeliveryShown>
        rowKey="id"
        dataSource={list.data?.items ?? []}
        columns={columns}
        loading={list.isFetching}
        locale={{ emptyText: words.empty[state] }}
        scroll={{ x: 800 }}
        pagination={{ current: page, pageSize: PAGE_SIZE, total: list.data?.total ?? 0, showSizeChanger: false, onChange: setPage }}
      />
    </Page>
  );
}
