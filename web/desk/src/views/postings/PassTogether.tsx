import { Checkbox, Modal, Spin } from 'antd';
import { useState } from 'react';

import { LoadFailure } from '../../parts/LoadFailure';
import { useSaying } from '../../parts/useSaying';

interface Words {
  cleanTitle: string;
  cleanHint: string;
  cleanNone: string;
  cleanPass: (count: number) => string;
  cleanDone: (passed: number, left: number) => string;
}

interface Props {
  words: Words;
  clean: { rows: { id: number; said: string }[] | undefined; isPending: boolean; isError: boolean; error: Error | null; refetch: () => unknown };
  pass: (ids: number[]) => Promise<{ passed: number[]; left: number[] }>;
  outdates: readonly unknown[];
  close: () => void;
}

/** Passes together what waits and in which nothing was found; each can be left out. */
export function PassTogether({ words, clean, pass, outdates, close }: Props) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const rows = clean.rows ?? [];
  const chosen = rows.map((row) => row.id).filter((id) => !left.has(id));
  const passing = useSaying({
    mutationFn: () => pass(chosen),
    outdates: [outdates],
    done: ({ passed, left: rest }) => words.cleanDone(passed.length, rest.length),
    onSuccess: close,
  });
  const toggle = (id: number) =>
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <Modal
      open
      width={640}
      title={words.cleanTitle}
      okText={words.cleanPass(chosen.length)}
      okButtonProps={{ disabled: chosen.length === 0 }}
      confirmLoading={passing.isPending}
      onOk={() => passing.mutate()}
      onCancel={close}
    >
      <p>{words.cleanHint}</p>
      {clean.isPending && <Spin />}
      {clean.isError && <LoadFailure error={clean.error} again={() => void clean.refetch()} />}
      {clean.rows?.length === 0 && <p className="soft">{words.cleanNone}</p>}
      <ul className="rows review-clean">
        {rows.map((row) => (
          <li key={row.id}>
            <Checkbox checked={!left.has(row.id)} onChange={() => toggle(row.id)}>
              {row.said}
            </Checkbox>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
