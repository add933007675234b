import { CheckOutlined, MinusOutlined } from '@ant-design/icons';

import { texts } from '../../texts';

/** The four marks of a file; nobody sets them, they follow from what is in it. */
export function MarkDots({ marks }: { marks: Readonly<Record<string, boolean>> }) {
  return (
    <span className="dots">
      {Object.entries(texts.graduates.marks).map(([name, label]) => (
        <span key={name} className={`mark ${marks[name] ? 'mark-done' : ''}`}>
          {marks[name] ? <CheckOutlined aria-label={texts.graduates.file.clear} /> : <MinusOutlined aria-hidden />} {label}
        </span>
      ))}
    </span>
  );
}
