import { type Choices, type GraduateFile, labelOf } from '../../api/care';
import { fullMoment } from '../../text/time';
import { texts } from '../../texts';

const MOST = 30;

/** Who changed what and when, with what it was before; the latest first. */
export function Changes({ file, choices }: { file: GraduateFile; choices: Choices | undefined }) {
  const changes = [...file.changes].sort((one, other) => Date.parse(other.at) - Date.parse(one.at)).slice(0, MOST);
  const said = (value: unknown) => (value === null || value === undefined || value === '' ? texts.audit.none : Array.isArray(value) ? value.join('、') : String(value));
  return (
    <details>
      <summary>{texts.graduates.file.history}</summary>
      <ol className="timeline">
        {changes.map((change, index) => (
          <li key={index}>
            <span className="soft">{`${fullMoment(change.at)} · ${change.by}`}</span>
            {Object.keys({ ...change.before, ...change.after }).map((field) => (
              <p key={field}>{`${labelOf(choices, 'fields', field)}：${said(change.before[field])} → ${said(change.after[field])}`}</p>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
