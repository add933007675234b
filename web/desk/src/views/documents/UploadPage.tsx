import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Progress, Spin, Upload } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import { type Corrections, DOCUMENTS, KINDS, MOST_BYTES, previewFile, publishFile, type PublishedFile, type UploadPreview } from '../../api/documents';
import { sentenceOf } from '../../api/failure';
import { Page, Sheet } from '../../parts/Page';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';
import { PreviewView } from './PreviewView';

const words = texts.documents;
const WHOLE = 100;

/** A file is chosen, looked at clause by clause, set right, and published; until then nothing counts. */
export function UploadPage() {
  const [params] = useSearchParams();
  const [file, setFile] = useState<File | null>(null);
  const [unfit, setUnfit] = useState('');
  const [preview, setPreview] = useState<UploadPreview | null>(null);
  const [corrections, setCorrections] = useState<Corrections>({});
  const [replaces, setReplaces] = useState<number | null>(Number(params.get('replaces')) || null);
  const [published, setPublished] = useState<readonly PublishedFile[] | null>(null);
  const [sent, setSent] = useState(0);

  const looking = useSaying({
    mutationFn: ({ chosen, given }: { chosen: File; given: Corrections }) => previewFile(chosen, given, setSent),
    onSuccess: (seen, { given }) => {
      setPreview(seen);
      setCorrections(given);
    },
  });
  const publishing = useSaying({
    mutationFn: (chosen: File) => publishFile(chosen, corrections, replaces, setSent),
    outdates: [DOCUMENTS],
    onSuccess: setPublished,
  });
  const look = (chosen: File, given: Corrections) => {
    setSent(0);
    looking.mutate({ chosen, given });
  };
  const choose = (chosen: File) => {
    setPreview(null);
    setPublished(null);
    setFile(chosen);
    const wrong = chosen.size > MOST_BYTES ? words.tooLarge : chosen.size === 0 ? words.emptyFile : '';
    setUnfit(wrong);
    looking.reset();
    if (!wrong) look(chosen, {});
    return false;
  };
  const again = () => {
    setFile(null);
    setPreview(null);
    setPublished(null);
    setReplaces(null);
  };
  const publish = () => {
    if (!file || publishing.isPending) return;
    setSent(0);
    publishing.mutate(file);
  };
  const refused = unfit || (looking.isError && !preview ? sentenceOf(looking.error) : '');

  return (
    <Page title={words.uploadTitle} hint={words.uploadHint}>
      <p>
        <Link to="/documents">{words.back}</Link>
      </p>
      {published ? (
        <Published outcomes={published} again={again} />
      ) : (
        <>
          {!preview && !looking.isPending && (
            <Upload.Dragger accept={KINDS} maxCount={1} showUploadList={false} beforeUpload={choose} className="document-drop">
              <p>
                <InboxOutlined className="document-drop-icon" />
              </p>
              <p>{words.drop}</p>
            </Upload.Dragger>
          )}
          {refused && <Alert type="error" showIcon role="alert" title={words.refusedTitle} description={`${file?.name ?? ''}：${refused}`.replace(`${file?.name}：${file?.name}：`, `${file?.name}：`)} />}
          {(looking.isPending || publishing.isPending) && <Sending share={sent} />}
          {preview && file && (
            <PreviewView
              preview={preview}
              corrections={corrections}
              saving={looking.isPending}
              correct={(given) => look(file, { ...corrections, ...given })}
              replaces={replaces}
              setReplaces={setReplaces}
              publishing={publishing.isPending}
              publish={publish}
              again={again}
            />
          )}
        </>
      )}
    </Page>
  );
}

function Sending({ share }: { share: number }) {
  const percent = Math.floor(share * WHOLE);
  return (
    <Sheet>
      <div role="status" className="document-sending">
        {percent < WHOLE ? (
          <>
            <Progress percent={percent} showInfo={false} aria-label={words.sending(percent)} />
            <p>{words.sending(percent)}</p>
          </>
        ) : (
          <>
            <Spin />
            <p>{words.reading}</p>
          </>
        )}
      </div>
    </Sheet>
  );
}

function Published({ outcomes, again }: { outcomes: readonly PublishedFile[]; again: () => void }) {
  const taken = outcomes.some(({ document_id: id }) => id !== null);
  return (
    <Sheet title={taken ? words.published : words.publishedNot}>
      {taken && <p>{words.publishedHint}</p>}
      <ul className="rows">
        {outcomes.map(({ source, result, detail, document_id: id }) => (
          <li key={source}>
            <span>
              <strong>{source}</strong> <span className={`mark ${id === null ? 'mark-over' : 'mark-done'}`}>{words.results[result] ?? result}</span>
              <br />
              <span className="soft">{detail}</span>
            </span>
            {id !== null && <Link to={`/documents/${id}`}>{words.see}</Link>}
          </li>
        ))}
      </ul>
      <div className="page-actions">
        <Link to="/search-test">
          <Button type="primary">{words.tryIt}</Button>
        </Link>
        <Button onClick={again}>{words.next}</Button>
      </div>
    </Sheet>
  );
}
