import { Button, Select } from 'antd';
import { useState } from 'react';

import { CARE, fileKey, type GraduateFile, pair, release } from '../../api/care';
import { useColleagues } from '../../api/people';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { day } from '../../text/time';
import { texts } from '../../texts';

const words = texts.graduates.file;

/** Who cares for the graduate. */
export function Pairing({ file }: { file: GraduateFile }) {
  const { may } = useSession();
  const colleagues = useColleagues();
  const [to, setTo] = useState<number | null>(null);
  const outdates = [fileKey(file.id), CARE];
  const pairing = useSaying({ mutationFn: (staffId: number) => pair(file.id, staffId), outdates, done: words.saved, onSuccess: () => setTo(null) });
  const releasing = useSaying({ mutationFn: () => release(file.id), outdates, done: words.saved });
  const options = (colleagues.data?.items ?? []).filter((one) => one.active && one.role !== 'read_only').map((one) => ({ value: one.id, label: one.display_name }));
  return (
    <>
      <p>{file.pairing ? `${file.pairing.helper}（${words.since(day(file.pairing.since))}）` : texts.graduates.nobody}</p>
      {may('care_write') && (
        <div className="page-actions">
          <Select className="closing" showSearch={{ optionFilterProp: 'label' }} aria-label={words.pairing} placeholder={words.pairing} options={options} value={to} onChange={setTo} />
          <Button disabled={to === null} loading={pairing.isPending} onClick={() => to !== null && pairing.mutate(to)}>
            {words.pair}
          </Button>
          {file.pairing && (
            <Button loading={releasing.isPending} onClick={() => releasing.mutate()}>
              {words.release}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
