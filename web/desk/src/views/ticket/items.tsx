import { LockOutlined } from '@ant-design/icons';

import type { MessageShown, NoteShown } from '../../api/tickets';
import { useSession } from '../../app/session';
import { fullMoment, shortMoment } from '../../text/time';
import { texts } from '../../texts';
import { Citations, citationsOf } from './Citations';

/** One message; of the bot's answers also how sure it was and on what they rest. */
export function MessageItem({ message }: { message: MessageShown }) {
  const confident = message.confidence !== null ? texts.ticket.brief.confidence(Math.round(message.confidence * 100)) : null;
  return (
    <section className="item" data-role={message.role}>
      <header>
        <span>{texts.ticket.roles[message.role] ?? message.role}</span>
        <time dateTime={message.created_at} title={fullMoment(message.created_at)}>
          {shortMoment(message.created_at)}
        </time>
        {confident && <span className="mark">{confident}</span>}
      </header>
      <p className="item-text">{message.text}</p>
      <Citations citations={citationsOf(message.citations)} />
    </section>
  );
}

/** A note looks like none of the messages: nobody shall mistake it for something the graduate has read. */
export function NoteItem({ note }: { note: NoteShown }) {
  const { me } = useSession();
  return (
    <section className="item item-note">
      <header>
        <LockOutlined />
        <span>{`${texts.ticket.note} · ${note.author.id === me.id ? texts.ticket.you : note.author.name}`}</span>
        <time dateTime={note.created_at}>{shortMoment(note.created_at)}</time>
      </header>
      <p className="item-text">{note.text}</p>
    </section>
  );
}
