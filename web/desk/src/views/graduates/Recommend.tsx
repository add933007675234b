import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';

import { CARE, fileKey, findPostings, type GraduateFile, logPostings } from '../../api/care';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.graduates.file;

/** Finds postings that fit the wish on file and keeps which were recommended; fewer than three make a follow-up. */
export function Recommend({ file }: { file: GraduateFile }) {
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const finding = useSaying({ mutationFn: () => findPostings(file.id, sought.trim()), onSuccess: () => setChosen([]) });
  const logging = useSaying({
    mutationFn: () => logPostings(file.id, [...chosen], sought.trim()),
    outdates: [fileKey(file.id), CARE],
    done: words.recommendLogged,
    onSuccess: () => finding.reset(),
  });
  const items = finding.data?.items ?? [];
  return (
    <>
      <p className="soft">{words.recommended(file.recommended)}</p>
      <Input.Search
        placeholder={words.recommendWords}
        aria-label={words.recommendWords}
        enterButton={words.recommendFind}
        value={sought}
        maxLength={100}
        loading={finding.isPending}
        onChange={(event) => setSought(event.target.value)}
        onSearch={() => finding.mutate()}
      />
      {finding.isSuccess && (
        <>
          <p className="soft">{items.length ? finding.data.conditions : words.recommendNone}</p>
          <Checkbox.Group className="postings" value={[...chosen]} onChange={(values) => setChosen(values.map(Number))}>
            {items.map((item) => (
              <Checkbox key={String(item['id'])} value={Number(item['id'])}>
                {[item['title'], item['employer'], item['city'], item['salary_text']].filter(Boolean).join(' · ')}
              </Checkbox>
            ))}
          </Checkbox.Group>
          <Button type="primary" loading={logging.isPending} onClick={() => logging.mutate()}>
            {words.recommendLog(chosen.length)}
          </Button>
        </>
      )}
    </>
  );
}
