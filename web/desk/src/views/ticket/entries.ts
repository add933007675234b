import type { MessageShown, NoteShown } from '../../api/tickets';

export type Entry =
  | { kind: 'message'; key: string; at: string; message: MessageShown }
  | { kind: 'note'; key: string; at: string; note: NoteShown };

/** Messages in their own order, each note after the last message that was said before it. */
export function entriesOf(messages: readonly MessageShown[], notes: readonly NoteShown[]): Entry[] {
  const said = [...messages].sort((one, other) => one.seq - other.seq).map((message): Entry => ({ kind: 'message', key: message.id, at: message.created_at, message }));
  const noted = [...notes]
    .sort((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at))
    .map((note): Entry => ({ kind: 'note', key: `note-${note.id}`, at: note.created_at, note }));
  const entries: Entry[] = [];
  for (const entry of said) {
    while (noted[0] && Date.parse(noted[0].at) < Date.parse(entry.at)) entries.push(noted.shift() as Entry);
    entries.push(entry);
  }
  return [...entries, ...noted];
}
