import { Button, Result } from 'antd';

import { sentenceOf } from '../api/failure';
import { texts } from '../texts';

/** Says why something could not be read, and offers to try again. */
export function LoadFailure({ error, again }: { error: unknown; again: () => void }) {
  return (
    <Result
      status="warning"
      title={sentenceOf(error)}
      extra={
        <Button type="primary" onClick={again}>
          {texts.common.retry}
        </Button>
      }
    />
  );
}
