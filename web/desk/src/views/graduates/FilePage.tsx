import { LeftOutlined } from '@ant-design/icons';
import { Button, Select, Spin } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';

import { CARE, closeFile, fileKey, type GraduateFile, labelOf, reopenFile, useChoices, useFile } from '../../api/care';
import { useSession } from '../../app/session';
import { LoadFailure } from '../../parts/LoadFailure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { fullMoment } from '../../text/time';
import { texts } from '../../texts';
import { Changes } from './Changes';
import { Entries } from './Entries';
import { EraseFile } from './EraseFile';
import { FieldsForm, GROUPS } from './FieldsForm';
import { KeyGroups } from './KeyGroups';
import { Pairing } from './Pairing';
import { Recommend } from './Recommend';
import { Tickets } from './Tickets';
import './graduates.css';

const words = texts.graduates.file;

/** One file; that it was read is on record. */
export function FilePage() {
  const id = Number(useParams()['id']);
  const file = useFile(id);
  if (file.isLoadingError) return <LoadFailure error={file.error} again={() => void file.refetch()} />;
  if (file.isPending) return <Spin className="page-wait" />;
  return <Opened file={file.data} />;
}

function Opened({ file }: { file: GraduateFile }) {
  const { may } = useSession();
  const choices = useChoices();
  const head = [file.fields['college'], file.fields['class_name'], file.fields['student_number']].filter(Boolean).join(' · ');
  return (
    <Page title={String(file.fields['name'] ?? '')} hint={head} actions={<Standing file={file} />}>
      <p>
        <Link to="/graduates">
          <LeftOutlined /> {words.back}
        </Link>
      </p>
      <div className="file">
        <div>
          {GROUPS.map((group) => (
            <Sheet key={group.name} title={words[group.name]}>
              <FieldsForm key={`${file.id}`} file={file} fields={group.fields} choices={choices.data} />
            </Sheet>
          ))}
        </div>
        <div>
          <Sheet title={words.marks}>
            <Marks file={file} />
          </Sheet>
          <Sheet title={words.entries}>
            <Entries file={file} choices={choices.data} />
          </Sheet>
          <Sheet title={words.pairing}>
            <Pairing file={file} />
          </Sheet>
          {file.categories && (
            <Sheet title={words.keyGroups}>
              <KeyGroups file={file} choices={choices.data} />
            </Sheet>
          )}
          {may('care_write') && (
            <Sheet title={words.recommend}>
              <Recommend file={file} />
            </Sheet>
          )}
          <Sheet title={words.tickets}>
            <Tickets file={file} />
          </Sheet>
          <Sheet title={words.changes}>
            <Changes file={file} choices={choices.data} />
          </Sheet>
          {may('personal_data') && (
            <Sheet title={texts.graduates.erase.sheet}>
              <EraseFile file={file} />
            </Sheet>
          )}
        </div>
      </div>
    </Page>
  );
}

function Marks({ file }: { file: GraduateFile }) {
  return (
    <ul className="file-marks">
      {file.marks.map((mark) => (
        <li key={mark.mark}>
          <span className={`mark ${mark.clear ? 'mark-done' : 'mark-soon'}`}>{mark.label}</span>{' '}
          {mark.clear ? words.clear : words.missing(mark.missing.join('、'))}
        </li>
      ))}
    </ul>
  );
}

/** Whether the care goes on, and the way to end it or take it up again. */
function Standing({ file }: { file: GraduateFile }) {
  const { may } = useSession();
  const choices = useChoices();
  const [reason, setReason] = useState<string | null>(null);
  const outdates = [fileKey(file.id), CARE];
  const closing = useSaying({ mutationFn: (why: string) => closeFile(file.id, why), outdates, done: words.saved });
  const reopening = useSaying({ mutationFn: () => reopenFile(file.id), outdates, done: words.saved });
  if (!may('care_write')) return null;
  if (file.closed_at) {
    return (
      <div className="page-actions">
        <span className="soft">{`${labelOf(choices.data, 'closings', file.closed_reason)} · ${fullMoment(file.closed_at)}`}</span>
        <Button loading={reopening.isPending} onClick={() => reopening.mutate()}>
          {words.reopen}
        </Button>
      </div>
    );
  }
  return (
    <div className="page-actions">
      <Select className="closing" placeholder={words.closeReason} aria-label={words.closeReason} options={choices.data?.closings ?? []} value={reason} onChange={setReason} />
      <Button disabled={!reason} loading={closing.isPending} onClick={() => reason && closing.mutate(reason)}>
        {words.close}
      </Button>
    </div>
  );
}
