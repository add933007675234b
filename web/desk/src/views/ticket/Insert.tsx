import { FileTextOutlined, SolutionOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Popover, Spin } from 'antd';
import { type ReactNode, useState } from 'react';

import { type ClauseOffered, type PostingOffered, useClauses, usePostings } from '../../api/insertions';
import type { Attachment } from '../../api/tickets';
import { useBroad } from '../../app/useMedia';
import { LoadFailure } from '../../parts/LoadFailure';
import { texts } from '../../texts';
import './insert.css';

const words = texts.ticket;
const KINDS = [
  { kind: 'clause', label: words.insertClause, icon: <FileTextOutlined /> },
  { kind: 'posting', label: words.insertPosting, icon: <SolutionOutlined /> },
] as const;

interface Props {
  attached: readonly Attachment[];
  /** As many as one reply may bear. */
  full: boolean;
  attach: (one: Attachment) => void;
}

/** Opens the search for a clause or a posting, beside its button or over a phone's page; what is taken closes it, so that the reply is seen again. */
export function InsertButtons({ attach, ...rest }: Props) {
  const [open, setOpen] = useState<Attachment['kind'] | null>(null);
  const take = (one: Attachment) => {
    setOpen(null);
    attach(one);
  };
  const broad = useBroad();
  const found: Readonly<Record<Attachment['kind'], ReactNode>> = { clause: <InsertClause {...rest} attach={take} />, posting: <InsertPosting {...rest} attach={take} /> };
  return (
    <>
      {KINDS.map(({ kind, label, icon }) =>
        broad ? (
          <Popover
            key={kind}
            trigger="click"
            placement="topLeft"
            destroyOnHidden
            content={found[kind]}
            open={open === kind}
            onOpenChange={(wanted) => setOpen(wanted ? kind : null)}
          >
            <Button icon={icon}>{label}</Button>
          </Popover>
        ) : (
          <Button key={kind} icon={icon} onClick={() => setOpen(kind)}>
            {label}
          </Button>
        ),
      )}
      {!broad && open && (
        <Modal open title={KINDS.find(({ kind }) => kind === open)?.label} footer={null} onCancel={() => setOpen(null)}>
          {found[open]}
        </Modal>
      )}
    </>
  );
}

/** Finds a clause to go with the reply; one that does not hold today is shown with the reason and cannot be taken. */
function InsertClause(props: Props) {
  const [sought, setSought] = useState('');
  const found = useClauses(sought);
  return (
    <Finder placeholder={words.clauseSearch} none={words.clauseNone} found={found} sought={sought} seek={setSought}>
      {found.data?.items.map((clause) => (
        <ClauseRow key={clause.id} clause={clause} {...props} />
      ))}
    </Finder>
  );
}

/** Finds a posting that is open today. */
function InsertPosting(props: Props) {
  const [sought, setSought] = useState('');
  const found = usePostings(sought);
  return (
    <Finder placeholder={words.postingSearch} none={words.postingNone} found={found} sought={sought} seek={setSought}>
      {found.data?.items.map((posting) => (
        <PostingRow key={posting.id} posting={posting} {...props} />
      ))}
    </Finder>
  );
}

interface Sought {
  data: { total: number } | undefined;
  isFetching: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface FinderProps {
  placeholder: string;
  none: string;
  found: Sought;
  sought: string;
  seek: (words: string) => void;
  children: ReactNode;
}

function Finder({ placeholder, none, found, sought, seek, children }: FinderProps) {
  return (
    <div className="insert">
      <Input.Search
        autoFocus
        enterButton={texts.common.search}
        placeholder={placeholder}
        aria-label={placeholder}
        maxLength={100}
        loading={found.isFetching}
        onSearch={(written, event) => {
          event?.preventDefault();
          seek(written.trim());
        }}
      />
      {sought === '' && <p className="soft">{words.searchStart}</p>}
      {found.isFetching && !found.data && <Spin />}
      {found.isError && <LoadFailure error={found.error} again={() => void found.refetch()} />}
      {!found.isFetching && found.data?.total === 0 && <p className="soft">{none}</p>}
      <ul>{children}</ul>
    </div>
  );
}

function ClauseRow({ clause, ...props }: Props & { clause: ClauseOffered }) {
  const named = `《${clause.title}》${clause.clause}`;
  return (
    <li data-usable={clause.why_not === null}>
      <strong>{named}</strong>
      <span className="soft">{[clause.doc_no, clause.standing].filter(Boolean).join(' · ')}</span>
      <blockquote>{clause.quote}</blockquote>
      {clause.why_not === null ? <Take {...props} one={{ kind: 'clause', id: clause.id, title: named }} /> : <p className="suggestion-why">{words.refuses(clause.why_not)}</p>}
    </li>
  );
}

function PostingRow({ posting, ...props }: Props & { posting: PostingOffered }) {
  return (
    <li>
      <strong>{posting.title}</strong>
      <span className="soft">{[posting.employer, posting.city, posting.salary_text, posting.education, posting.deadline ?? posting.deadline_text].filter(Boolean).join(' · ')}</span>
      {posting.uncertain.length > 0 && <span className="suggestion-why">{words.mayNotFit(posting.uncertain.join('；'))}</span>}
      <Take {...props} one={{ kind: 'posting', id: posting.id, title: `${posting.title}（${posting.employer}）` }} />
    </li>
  );
}

function Take({ attached, full, attach, one }: Props & { one: Attachment }) {
  const taken = attached.some((other) => other.kind === one.kind && other.id === one.id);
  return (
    <Button disabled={taken || full} title={full && !taken ? words.attachMost : undefined} onClick={() => attach(one)}>
      {taken ? words.alreadyAttached : words.attach}
    </Button>
  );
}
