import { EditOutlined, LeftOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import { type EmployerFileView, useEmployer } from '../../api/employers';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { day } from '../../text/time';
import { texts } from '../../texts';
import { CheckDialog, NeedDialog, VisitDialog } from './dialogs';
import { EmployerEditor } from './EmployerEditor';
import { Need } from './Need';

const words = texts.employers;
type Dialog = 'edit' | 'check' | 'visit' | 'need';

/** One employer: who it is, who went there, what it needs and what came of it. */
export function EmployerPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const employer = useEmployer(Number(id));
  const [open, setOpen] = useState<Dialog | null>(null);
  if (employer.isPending) return <Spin className="page-wait" />;
  if (employer.isError) return <LoadFailure error={employer.error} again={() => void employer.refetch()} />;
  const file = employer.data;
  const close = () => setOpen(null);
  const back = (
    <Button icon={<LeftOutlined />} onClick={() => void navigate('/employers')}>
      {words.back}
    </Button>
  );
  return (
    <Page title={file.name} actions={back}>
      <Facts file={file} open={setOpen} />
      <Visits file={file} add={() => setOpen('visit')} />
      <Sheet title={words.needs}>
        {file.needs.length === 0 && <p className="soft">{words.noNeeds}</p>}
        {file.needs.map((need) => (
          <Need key={need.id} need={need} postings={file.postings} />
        ))}
        <Add label={words.addNeed} add={() => setOpen('need')} />
      </Sheet>
      <Postings file={file} />
      {open === 'edit' && <EmployerEditor employer={file} close={close} />}
      {open === 'check' && <CheckDialog id={file.id} close={close} />}
      {open === 'visit' && <VisitDialog employer={file.name} close={close} />}
      {open === 'need' && <NeedDialog employer={file.name} close={close} />}
    </Page>
  );
}

function Facts({ file, open }: { file: EmployerFileView; open: (dialog: Dialog) => void }) {
  const { may } = useSession();
  const names = ['type', 'city', 'credit_code', 'site', 'mail_domain', 'address', 'note'] as const;
  return (
    <Sheet title={words.facts}>
      <dl className="employer-facts">
        {names.map((name) => (
          <div key={name}>
            <dt>{words.fields[name]}</dt>
            <dd>{file[name] || <span className="soft">{words.unknown}</span>}</dd>
          </div>
        ))}
      </dl>
      <h3>{words.checks}</h3>
      <ul>
        {file.checks.map((check, index) => (
          <li key={index}>
            {`${texts.postings.checks[check.what] ?? check.what}：${texts.postings.checkOutcomes[check.outcome] ?? check.outcome}${check.note ? `，${check.note}` : ''}`}
            <span className="soft">{`（${[check.by ?? texts.postings.bySystem, check.at && day(check.at)].filter(Boolean).join('，')}）`}</span>
          </li>
        ))}
      </ul>
      {may('employers_write') && (
        <div className="page-actions">
          <Button icon={<EditOutlined />} onClick={() => open('edit')}>
            {words.edit}
          </Button>
          <Button onClick={() => open('check')}>{words.check}</Button>
        </div>
      )}
    </Sheet>
  );
}

function Visits({ file, add }: { file: EmployerFileView; add: () => void }) {
  return (
    <Sheet title={words.visits}>
      {file.visits.length === 0 && <p className="soft">{words.noVisits}</p>}
      <ul className="rows">
        {file.visits.map((visit) => (
          <li key={`${visit.visited_on}/${visit.visitor}`}>
            <span>
              <strong>{day(visit.visited_on)}</strong> {visit.visitor}
              <span className="soft">{`（${[words.levels[visit.level], visit.college].filter(Boolean).join('，')}）`}</span> {visit.note}
            </span>
            {visit.posts_gained > 0 && <span className="mark mark-done">{words.gainedShort(visit.posts_gained)}</span>}
          </li>
        ))}
      </ul>
      <Add label={words.visit} add={add} />
    </Sheet>
  );
}

function Postings({ file }: { file: EmployerFileView }) {
  return (
    <Sheet title={words.postings}>
      {file.postings.length === 0 && <p className="soft">{words.noPostings}</p>}
      <ul className="rows">
        {file.postings.map((posting) => (
          <li key={posting.id}>
            <Link to={`/postings/${posting.id}`}>{posting.title}</Link>
            <span className="mark">{texts.postings.statuses[posting.status] ?? posting.status}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Add({ label, add }: { label: string; add: () => void }) {
  const { may } = useSession();
  if (!may('employers_write')) return null;
  return (
    <Button className="employer-add" icon={<PlusOutlined />} onClick={add}>
      {label}
    </Button>
  );
}
