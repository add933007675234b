import { Alert } from 'antd';

import type { RemarkView } from '../../api/documents';
import { texts } from '../../texts';

const words = texts.documents;

/** What a keeper should look at, and what the reader of the file said. */
export function Remarks({ remarks, notes = [] }: { remarks: readonly RemarkView[]; notes?: readonly string[] }) {
  const all = [...remarks, ...notes.map((text) => ({ code: text, text, grave: true }))];
  if (all.length === 0) return <Alert type="success" showIcon title={words.allRight} />;
  return (
    <div className="remarks" role="group" aria-label={words.remarks}>
      {all.map(({ code, text, grave }, index) => (
        <Alert key={`${code}-${index}`} type={grave ? 'warning' : 'info'} showIcon title={text} />
      ))}
    </div>
  );
}
