import { CheckOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ComponentType, type ReactNode, useState } from 'react';

import type { Permission } from '../../api/session';
import { useBroad } from '../../app/useMedia';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page } from '../../parts/Page';
import { type Paging, Queue, type QueueRow, type QueueWords } from './Queue';
import { useReading } from './useReading';

interface Words extends QueueWords {
  title: string;
  hint: string;
  keys: string;
  choose: string;
  clean: string;
}

/** What the one that is read is told: which it is, what follows a decision, and the way back where the list is not beside it. */
export interface Read {
  id: number;
  decided: () => void;
  back: (() => void) | null;
}

interface Props<Item> {
  words: Words;
  path: string;
  /** Who may decide here. */
  right: Permission;
  queue: UseQueryResult<{ items: Item[]; total: number }>;
  rowOf: (item: Item) => QueueRow;
  narrowed: boolean;
  paging: Paging;
  filters: ReactNode;
  One: ComponentType<Read>;
  Clean: ComponentType<{ close: () => void }>;
}

/** The queue beside the one that is read; on a phone one after the other. */
export function ReviewPage<Item>({ words, path, right, queue, rowOf, narrowed, paging, filters, One, Clean }: Props<Item>) {
  const { may } = useSession();
  const broad = useBroad();
  const [passing, setPassing] = useState(false);
  const rows = queue.data?.items.map(rowOf);
  const { chosen, search, decided, close } = useReading(path, rows ?? []);

  if (queue.isError) return <LoadFailure error={queue.error} again={() => void queue.refetch()} />;
  const list = (
    <Queue words={words} path={path} rows={rows} total={queue.data?.total} loading={queue.isPending} narrowed={narrowed} chosen={chosen} search={search} paging={paging} />
  );
  const actions = may(right) && (
    <Button icon={<CheckOutlined />} onClick={() => setPassing(true)}>
      {words.clean}
    </Button>
  );
  const hint = broad ? `${words.hint}${may(right) ? words.keys : ''}` : chosen === null ? words.hint : '';
  const one = chosen !== null && <One key={chosen} id={chosen} decided={decided} back={broad ? null : close} />;
  return (
    <Page title={words.title} {...(hint ? { hint } : {})} actions={(broad || chosen === null) && actions}>
      {(broad || chosen === null) && filters}
      {broad ? (
        <div className="review">
          {list}
          {one || <p className="soft review-choose">{words.choose}</p>}
        </div>
      ) : (
        one || list
      )}
      {passing && <Clean close={() => setPassing(false)} />}
    </Page>
  );
}
