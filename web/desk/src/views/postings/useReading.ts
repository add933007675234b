import { useNavigate, useParams, useSearchParams } from 'react-router';

import { useShortcuts } from '../../app/useShortcuts';

/** Which one of a queue is read, as the address says, and the ways on from it: by key, by choice, after a decision. */
export function useReading(path: string, rows: readonly { id: number }[]) {
  const navigate = useNavigate();
  const { id } = useParams();
  const [params] = useSearchParams();
  const search = params.toString();
  const chosen = id ? Number(id) : null;
  const place = rows.findIndex((row) => row.id === chosen);
  const open = (number: number | undefined) => void navigate({ pathname: number ? `${path}/${number}` : path, search });
  const next = () => open((rows[place + 1] ?? (place === -1 ? rows[0] : rows[place]))?.id);
  useShortcuts({ j: next, k: () => open(rows[Math.max(0, place - 1)]?.id) });
  // What was decided leaves the list: the one behind it is read next, or the one before where it was the last.
  const decided = () => open((rows[place + 1] ?? rows[place - 1])?.id);
  return { chosen, search, decided, close: () => open(undefined) };
}
