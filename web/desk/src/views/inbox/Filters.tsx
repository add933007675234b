import { Button, Select } from 'antd';

import { type TicketWish, useLabels } from '../../api/tickets';
import { useColleagues } from '../../api/people';
import { useSession } from '../../app/session';
import { texts } from '../../texts';
import type { Narrowing } from './useWish';

const PRIORITIES = Object.entries(texts.inbox.priorities).map(([value, label]) => ({ value, label }));

/** Narrows the list by what staff think in. */
export function Filters({ wish, narrow }: { wish: TicketWish; narrow: (change: Partial<Record<Narrowing, string>>) => void }) {
  const words = useLabels();
  const { me, may } = useSession();
  const colleagues = useColleagues();
  const colleges = [...new Set(colleagues.data?.items.flatMap((one) => one.college ?? []) ?? [])];
  const seesAll = me.college === null || may('tickets_assign');
  const fields: readonly (readonly [Narrowing, string, readonly { value: string; label: string }[]])[] = [
    ['priority', texts.inbox.priority, PRIORITIES],
    ['topic', texts.inbox.topic, options(words.data?.categories)],
    ...(seesAll ? [['college', texts.inbox.college, options(colleges)] as const] : []),
    ['label', texts.inbox.label, options(words.data?.items.map((one) => one.label))],
  ];
  return (
    <div className="filter-fields">
      {fields.map(([name, label, choices]) => (
        <label key={name}>
          <span>{label}</span>
          <Select
            allowClear
            showSearch
            aria-label={label}
            options={[...choices]}
            value={wish[name] ?? null}
            onChange={(value: string | null | undefined) => narrow({ [name]: value ?? '' })}
            getPopupContainer={(field: HTMLElement) => field.parentElement ?? document.body}
          />
        </label>
      ))}
      <Button onClick={() => narrow({ priority: '', topic: '', college: '', label: '' })}>{texts.inbox.clear}</Button>
    </div>
  );
}

function options(words: readonly string[] = []) {
  return words.map((word) => ({ value: word, label: word }));
}
