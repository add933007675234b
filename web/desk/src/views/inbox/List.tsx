import { FilterOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef, Popover, Spin, Tooltip } from 'antd';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useMatch, useNavigate } from 'react-router';

import { useTicketCounts, useTicketList } from '../../api/tickets';
import { useShortcuts } from '../../app/useShortcuts';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';
import { Filters } from './Filters';
import { Row } from './Row';
import { useWish, VIEWS } from './useWish';

const SEARCH_AFTER_MS = 300;
/** Where a number says that something is to be done. */
const COUNTED: ReadonlySet<string> = new Set(['inbox', 'mine']);

/** The requests of one view, newest need first, with search and filters. */
export function List() {
  const { wish, narrow, narrowed, search } = useWish();
  const list = useTicketList(wish);
  const field = useRef<InputRef>(null);
  const open = useMatch('/tickets/:number')?.params.number;
  const navigate = useNavigate();
  const numbers = list.items.map((ticket) => ticket.number);
  const go = (step: number) => {
    const here = open ? numbers.indexOf(open) : -1;
    const next = numbers[here < 0 ? 0 : Math.min(Math.max(here + step, 0), numbers.length - 1)];
    if (next) void navigate({ pathname: `/tickets/${next}`, search });
  };
  useShortcuts({ j: () => go(1), k: () => go(-1), '/': () => field.current?.focus() });

  return (
    <section className="list" aria-label={texts.inbox.list}>
      <div className="list-head">
        <ViewTabs current={wish.view} choose={(view) => narrow({ view })} />
        <div className="list-tools">
          <SearchField key={wish.view} field={field} value={wish.q ?? ''} change={(q) => narrow({ q })} />
          <Popover trigger="click" placement="bottomRight" content={<Filters wish={wish} narrow={narrow} />} title={texts.inbox.filters}>
            <Button icon={<FilterOutlined />} type={narrowed ? 'primary' : 'default'} aria-label={narrowed ? texts.inbox.filtersOn(narrowed) : texts.inbox.filters} />
          </Popover>
          <Tooltip title={texts.shortcuts.open}>
            <Button
              className="only-mouse"
              icon={<QuestionCircleOutlined />}
              aria-label={texts.shortcuts.open}
              onClick={() => document.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))}
            />
          </Tooltip>
        </div>
      </div>
      <div className="list-rows">
        {list.isError && <LoadFailure error={list.error} again={list.again} />}
        {list.isPending && <Spin className="page-wait" />}
        {!list.isPending && !list.isError && numbers.length === 0 && <p className="list-empty">{texts.inbox.empty[wish.view]}</p>}
        <ul>
          {list.items.map((ticket) => (
            <li key={ticket.number}>
              <Row ticket={ticket} search={search} current={ticket.number === open} />
            </li>
          ))}
        </ul>
        {list.hasMore && (
          <Button block type="text" loading={list.isFetchingMore} onClick={list.more}>
            {texts.inbox.more}
          </Button>
        )}
      </div>
    </section>
  );
}

function ViewTabs({ current, choose }: { current: (typeof VIEWS)[number]; choose: (view: (typeof VIEWS)[number]) => void }) {
  const counts = useTicketCounts().data;
  return (
    <div className="views" role="group" aria-label={texts.inbox.viewsLabel}>
      {VIEWS.map((view) => (
        <button key={view} type="button" aria-pressed={view === current} onClick={() => choose(view)}>
          {texts.inbox.views[view]}
          {counts && COUNTED.has(view) && counts[view] > 0 && <span className="views-count">{counts[view]}</span>}
        </button>
      ))}
    </div>
  );
}

/** Asks the server when the typing rests for a moment. */
function SearchField({ field, value, change }: { field: RefObject<InputRef | null>; value: string; change: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  const asked = useRef(change);
  asked.current = change;
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => asked.current(typed.trim()), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <Input
      ref={field}
      allowClear
      type="search"
      value={typed}
      maxLength={80}
      placeholder={texts.inbox.search}
      aria-label={texts.inbox.search}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  );
}
