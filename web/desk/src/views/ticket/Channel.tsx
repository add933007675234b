import { WechatOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import { type ReachShown, resendPart, type UndeliveredShown, useChannel } from '../../api/channels';
import { TICKET } from '../../api/tickets';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { shortMoment } from '../../text/time';
import { texts } from '../../texts';

const words = texts.channel;

/** For a graduate who writes in WeChat: what may still be sent there and until when, and what has not arrived. */
export function Channel({ number }: { number: string }) {
  const reach = useChannel(number).data;
  if (!reach?.account) return null;
  const count = (state: UndeliveredShown['state']) => reach.undelivered.filter((part) => part.state === state).length;
  const notes = [
    count('waiting') > 0 && words.waiting(count('waiting')),
    count('pending') > 0 && words.pending(count('pending')),
  ].filter((note) => note !== false);
  return (
    <section className="channel" aria-label={words.label}>
      <p>
        <WechatOutlined aria-hidden /> <strong>{words.account(reach.account)}</strong> {standing(reach)}
        {notes.length > 0 && <span className="channel-notes">{notes.join('，')}</span>}
      </p>
      <Failed number={number} parts={reach.undelivered.filter((part) => part.state === 'unknown' || part.state === 'dead')} />
    </section>
  );
}

function standing(reach: ReachShown): string {
  if (reach.channel === 'web') return words.moved;
  if (!reach.following) return words.gone;
  if (!reach.can_send) return words.mute;
  if (!reach.window_until) return reach.consents > 0 ? `${words.closed}。${words.consents(reach.consents)}` : words.closed;
  return reach.window_left > 0 ? words.budget(reach.window_left, shortMoment(reach.window_until)) : words.used(shortMoment(reach.window_until));
}

function Failed({ number, parts }: { number: string; parts: readonly UndeliveredShown[] }) {
  const { may } = useSession();
  const sending = useSaying({
    mutationFn: (id: number) => resendPart(number, id),
    done: words.resent,
    outdates: [[...TICKET, number, 'channel']],
  });
  if (parts.length === 0) return null;
  return (
    <ul className="channel-failed">
      {parts.map((part) => (
        <li key={part.id}>
          <span className="channel-text" title={part.text}>
            {part.text}
          </span>
          <span className="channel-state">{part.state === 'dead' ? `${words.dead}，${words.deadHint}` : words.unknown}</span>
          {may('tickets_work') && (
            <Button size="small" loading={sending.isPending && sending.variables === part.id} onClick={() => sending.mutate(part.id)}>
              {words.resend}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
