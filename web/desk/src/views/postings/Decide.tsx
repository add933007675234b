import { App as AntApp, Button } from 'antd';
import { useState } from 'react';

import type { PostingStatus } from '../../api/postings';
import { useShortcuts } from '../../app/useShortcuts';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useSaying } from '../../parts/useSaying';

type Reasoned = 'held' | 'rejected' | 'withdrawn';

export interface DecideWords {
  pass: string;
  hold: string;
  reject: string;
  withdraw: string;
  reopen: string;
  quick: readonly string[];
  passWith: (warned: string) => string;
  reasons: Readonly<Record<string, string>>;
  done: Readonly<Record<string, string>>;
}

interface Props {
  words: DecideWords;
  status: PostingStatus;
  /** What passing is in spite of; null where nothing was found. */
  warned: string | null;
  decide: (status: PostingStatus, reason: string) => Promise<unknown>;
  outdates: readonly unknown[];
  decided: () => void;
}

/** Pass, hold, reject, withdraw, look again; a reason is asked for where one is needed, and passing with findings asks once more. */
export function Decide({ words, status, warned, decide, outdates, decided }: Props) {
  const { modal } = AntApp.useApp();
  const [asking, setAsking] = useState<Reasoned | null>(null);
  const deciding = useSaying({
    mutationFn: ({ to, reason }: { to: PostingStatus; reason: string }) => decide(to, reason),
    outdates: [outdates],
    done: (_, { to }) => words.done[to] ?? '',
    onSuccess: () => {
      setAsking(null);
      decided();
    },
  });
  const verbs: Readonly<Record<Reasoned, string>> = { held: words.hold, rejected: words.reject, withdrawn: words.withdraw };
  const give = (to: PostingStatus, reason = '') => deciding.mutate({ to, reason });
  const pass = () => {
    if (warned === null) give('published');
    else void modal.confirm({ title: words.pass, content: words.passWith(warned), okText: words.pass, onOk: () => give('published') });
  };
  const is = (...statuses: PostingStatus[]) => statuses.includes(status);
  const can = { pass: is('waiting', 'held'), hold: is('waiting', 'published'), reject: is('waiting', 'held'), withdraw: is('published'), reopen: is('rejected', 'withdrawn') };
  useShortcuts({
    ...(can.pass ? { p: pass } : {}),
    ...(can.hold ? { h: () => setAsking('held') } : {}),
    ...(can.reject ? { x: () => setAsking('rejected') } : {}),
  });
  return (
    <div className="review-decide">
      {can.pass && (
        <Button type="primary" loading={deciding.isPending} onClick={pass}>
          {words.pass}
        </Button>
      )}
      {can.hold && <Button onClick={() => setAsking('held')}>{words.hold}</Button>}
      {can.reject && (
        <Button danger onClick={() => setAsking('rejected')}>
          {words.reject}
        </Button>
      )}
      {can.withdraw && (
        <Button danger onClick={() => setAsking('withdrawn')}>
          {words.withdraw}
        </Button>
      )}
      {can.reopen && <Button onClick={() => give('waiting')}>{words.reopen}</Button>}
      {asking && (
        <ReasonDialog
          title={words.reasons[asking] ?? ''}
          verb={verbs[asking]}
          quick={words.quick}
          saving={deciding.isPending}
          save={(reason) => give(asking, reason)}
          close={() => setAsking(null)}
        />
      )}
    </div>
  );
}
