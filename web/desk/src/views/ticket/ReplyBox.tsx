import { BulbOutlined, LockOutlined, SendOutlined, SnippetsOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { type KeyboardEvent, useRef, useState } from 'react';

import { addNote, type Attachment, LISTS, sendReply, TICKET, type TicketOpened } from '../../api/tickets';
import { useSession } from '../../app/session';
import { useBroad } from '../../app/useMedia';
import { useShortcuts } from '../../app/useShortcuts';
import { useSaying } from '../../parts/useSaying';
import type { DraftKind } from '../../state/drafts';
import { insertAt } from '../../text/insert';
import { texts } from '../../texts';
import { Attached } from './Attached';
import { Canned } from './Canned';
import { ClaimButton } from './ClaimButton';
import { InsertButtons } from './Insert';
import { usesOf } from './standing';
import { Suggestions } from './Suggestions';

interface Props {
  ticket: TicketOpened;
  typing: () => void;
}

interface Given {
  kind: DraftKind;
  text: string;
  attached: readonly Attachment[];
}

const MOST = 4000;
const MOST_ATTACHED = 5;
const words = texts.ticket;
const KINDS = [
  { value: 'reply' as const, label: words.reply },
  { value: 'note' as const, label: words.note, icon: <LockOutlined /> },
];

/** Where replies and notes are written. What was typed is kept at every key and goes only once the server has it. */
export function ReplyBox({ ticket, typing }: Props) {
  const { me, may, drafts } = useSession();
  const number = ticket.number;
  const field = useRef<TextAreaRef>(null);
  const [kind, setKind] = useState<DraftKind>('reply');
  const [typed, setTyped] = useState({ reply: drafts.read(number, 'reply')?.text ?? '', note: drafts.read(number, 'note')?.text ?? '' });
  const [attached, setAttached] = useState<readonly Attachment[]>(drafts.read(number, 'reply')?.attached ?? []);
  const [suggesting, setSuggesting] = useState(false);
  const broad = useBroad();
  const text = typed[kind];
  const { canReply, canClaim, heldByOther } = usesOf(ticket, me.id, may('tickets_work'));

  const write = (value: string, into: DraftKind = kind) => {
    drafts.keep(number, into, value);
    setTyped((before) => ({ ...before, [into]: value }));
    if (into === 'reply' && value) typing();
  };
  const sent = (given: Given) => {
    drafts.sent(number, given.kind, given.text, given.attached);
    setAttached((before) => before.filter((one) => !given.attached.includes(one)));
    setTyped((before) => (before[given.kind] === given.text ? { ...before, [given.kind]: '' } : before));
  };
  const sending = useSaying({
    mutationFn: (given: Given): Promise<unknown> =>
      given.kind === 'note' ? addNote(number, given.text) : sendReply(number, given.text, drafts.keep(number, 'reply', given.text), given.attached),
    outdates: [[...TICKET, number], LISTS],
    onSuccess: (_, given) => sent(given),
  });
  const over = text.length - MOST;
  const allowed = over <= 0 && (kind === 'note' ? may('tickets_work') : canReply);
  const send = () => {
    if (!sending.isPending && allowed && text.trim()) sending.mutate({ kind, text, attached: kind === 'reply' ? attached : [] });
  };
  const carry = (these: readonly Attachment[]) => {
    drafts.attach(number, these);
    setAttached(these);
  };
  /** What is attached needs a word before it: one is put where nothing is written yet. */
  const attach = (one: Attachment) => {
    if (attached.length < MOST_ATTACHED) carry([...attached, one]);
    if (!text.trim()) write(words.leadIn[one.kind]);
  };
  const insert = (said: string) => {
    const area = field.current?.resizableTextArea?.textArea;
    const put = insertAt(text, said, area?.selectionStart ?? text.length, area?.selectionEnd ?? text.length);
    write(put.text);
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(put.caret, put.caret);
    });
  };
  const adopt = (said: string) => {
    insert(said);
    setSuggesting(false);
  };
  const suggest = () => {
    setKind('reply');
    setSuggesting(true);
  };
  const focus = (wanted: DraftKind) => {
    setKind(wanted);
    requestAnimationFrame(() => field.current?.focus());
  };
  useShortcuts({ r: () => focus('reply'), n: () => focus('note'), g: suggest });

  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    if (event.key === 'Escape') event.currentTarget.blur();
  };

  return (
    <section className="reply" data-kind={kind} aria-label={kind === 'note' ? words.note : words.reply}>
      {!canReply && kind === 'reply' && (
        <div className="reply-closed">
          <span className="soft">{heldByOther ? words.heldBy(heldByOther) : words.notHeld}</span>
          {canClaim && <ClaimButton number={number} />}
        </div>
      )}
      {suggesting && kind === 'reply' && canReply && <Suggestions number={number} use={adopt} close={() => setSuggesting(false)} />}
      <div className="reply-bar">
        <Segmented options={KINDS} value={kind} onChange={setKind} />
        {kind === 'reply' && canReply && (
          <>
            <Button icon={<BulbOutlined />} aria-expanded={suggesting} onClick={() => setSuggesting((open) => !open)}>
              {words.suggestions}
            </Button>
            <Popover trigger="click" placement="topLeft" content={<Canned number={number} use={insert} />} destroyOnHidden>
              <Button icon={<SnippetsOutlined />}>{words.canned}</Button>
            </Popover>
            <InsertButtons attached={attached} full={attached.length >= MOST_ATTACHED} attach={attach} />
          </>
        )}
        {kind === 'note' && <span className="soft">{words.noteHint}</span>}
      </div>
      <Input.TextArea
        ref={field}
        value={text}
        status={over > 0 ? 'error' : ''}
        rows={2}
        disabled={!may('tickets_work')}
        placeholder={(kind === 'note' ? words.notePlaceholder : words.replyPlaceholder) + (broad ? words.sendBy : '')}
        aria-label={kind === 'note' ? words.note : words.reply}
        onChange={(event) => write(event.target.value)}
        onKeyDown={keys}
      />
      {kind === 'reply' && <Attached attached={attached} drop={(one) => carry(attached.filter((other) => other !== one))} />}
      <div className="reply-foot">
        {over > 0 ? (
          <span className="reply-over" role="alert">
            {words.tooLong(MOST, over)}
          </span>
        ) : (
          <span className="soft">{text ? words.kept : kind === 'reply' ? words.leaveWord : words.noteHint}</span>
        )}
        <Button type="primary" icon={<SendOutlined />} disabled={!allowed || !text.trim()} loading={sending.isPending} onClick={send}>
          {kind === 'note' ? words.saveNote : words.send}
        </Button>
      </div>
    </section>
  );
}
