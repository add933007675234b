import { Alert, Button, Form, Popconfirm } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';

import type { Corrections, DocumentPreview, UploadPreview } from '../../api/documents';
import { Sheet } from '../../parts/Page';
import { texts } from '../../texts';
import { Clauses } from './Clauses';
import { DocumentPicker } from './dialogs';
import { Facts } from './Facts';
import { MetadataForm } from './MetadataForm';
import { Remarks } from './Remarks';

const words = texts.documents;

interface Props {
  preview: UploadPreview;
  corrections: Corrections;
  saving: boolean;
  correct: (given: Corrections) => void;
  replaces: number | null;
  setReplaces: (number: number | null) => void;
  publishing: boolean;
  publish: () => void;
  again: () => void;
}

/** What an upload would become; an archive file by file, a single file with what may be set right. */
export function PreviewView({ preview, corrections, saving, correct, replaces, setReplaces, publishing, publish, again }: Props) {
  const { documents, refused, more } = preview;
  const alone = documents.length === 1 && refused.length === 0 && more === 0 ? documents[0] : undefined;
  const grave = documents.flatMap(({ remarks, notes }) => [...remarks.filter((remark) => remark.grave), ...notes]).length;
  const button = (
    <Button type="primary" size="large" loading={publishing} disabled={documents.length === 0 || saving} {...(grave > 0 ? {} : { onClick: publish })}>
      {words.publish}
    </Button>
  );
  return (
    <>
      {!alone && <p>{words.files(documents.length + refused.length + more)}</p>}
      {refused.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={words.refusedFiles(refused.length)}
          description={
            <ul>
              {refused.map(({ source, detail }) => (
                <li key={source}>{detail}</li>
              ))}
            </ul>
          }
        />
      )}
      {documents.map((document) => (
        <OneFile key={document.source} seen={document}>
          {alone && <Choices seen={alone} corrections={corrections} saving={saving} correct={correct} replaces={replaces} setReplaces={setReplaces} />}
        </OneFile>
      ))}
      {more > 0 && <Alert type="info" showIcon title={words.moreFiles(more)} />}
      <div className="publish-bar">
        {grave > 0 ? (
          <Popconfirm title={words.publishAsk(grave)} okText={words.publish} onConfirm={publish} disabled={publishing || saving}>
            {button}
          </Popconfirm>
        ) : (
          button
        )}
        <Button size="large" disabled={publishing} onClick={again}>
          {words.another}
        </Button>
        <span className="soft">{words.publishHint}</span>
      </div>
    </>
  );
}

function OneFile({ seen, children }: { seen: DocumentPreview; children: ReactNode }) {
  return (
    <Sheet title={seen.document.title}>
      <p>
        <span className="mark">{words.results[seen.result]}</span> {seen.source}
      </p>
      <Facts row={seen.document} />
      <Remarks remarks={seen.remarks} notes={seen.notes} />
      {children}
      <h3>
        {words.clauses}（{words.clauseCount(seen.document.clauses)}）
      </h3>
      <Clauses clauses={seen.clauses} />
    </Sheet>
  );
}

type ChoiceProps = Pick<Props, 'corrections' | 'saving' | 'correct' | 'replaces' | 'setReplaces'> & { seen: DocumentPreview };

/** What can still be settled of a single file: its metadata, and the document in whose place it comes. */
function Choices({ seen, corrections, saving, correct, replaces, setReplaces }: ChoiceProps) {
  const [editing, setEditing] = useState(false);
  useEffect(() => setEditing(false), [corrections]);
  const suspected = seen.relations.filter((one) => one.kind === 'supersedes' && !one.newer && !one.believed && one.other_id !== null && one.other_id !== replaces);
  return (
    <div className="document-choices">
      <div className="page-actions">
        <Button onClick={() => setEditing(true)}>{words.correct}</Button>
        {Object.keys(corrections).length > 0 && <span className="soft">{words.correctedHere}</span>}
      </div>
      <Form layout="vertical" className="document-replaces">
        <Form.Item label={words.replaces} htmlFor="replaces">
          <DocumentPicker id="replaces" value={replaces} onChange={setReplaces} />
        </Form.Item>
      </Form>
      {suspected.map(({ id, other_id: other, other_title: title }) => (
        <div key={id} className="page-actions">
          <span>《{title}》</span>
          <Button size="small" onClick={() => setReplaces(other)}>
            {words.setReplaces}
          </Button>
        </div>
      ))}
      {editing && <MetadataForm known={seen} saving={saving} save={correct} close={() => setEditing(false)} />}
    </div>
  );
}
