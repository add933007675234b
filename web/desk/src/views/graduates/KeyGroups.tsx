import { Button, Select } from 'antd';
import { useState } from 'react';

import { CARE, type Choices, fileKey, type GraduateFile, setKeyGroups } from '../../api/care';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.graduates.file;

/** Key groups: seen and settled by those alone whom the server lets, and never part of a list. */
export function KeyGroups({ file, choices }: { file: GraduateFile; choices: Choices | undefined }) {
  const { may } = useSession();
  const [chosen, setChosen] = useState<string[]>(file.categories ?? []);
  const saving = useSaying({ mutationFn: () => setKeyGroups(file.id, chosen), outdates: [fileKey(file.id), CARE], done: words.saved });
  return (
    <>
      <p className="soft">{words.keyGroupsHint}</p>
      {!file.categories_settled && <p className="mark mark-soon">{words.keyGroupsUnsettled}</p>}
      <Select
        mode="multiple"
        className="block"
        disabled={!may('care_key_group')}
        aria-label={words.keyGroups}
        placeholder={words.keyGroupsNone}
        options={choices?.categories ?? []}
        value={chosen}
        onChange={setChosen}
      />
      {may('care_key_group') && (
        <Button className="below" loading={saving.isPending} onClick={() => saving.mutate()}>
          {words.keyGroupsSave}
        </Button>
      )}
    </>
  );
}
