import { useQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';

import { api, brought } from '../../api/client';
import type { OwnSession } from '../../api/schema';
import { LoadFailure } from '../../parts/LoadFailure';
import { useSaying } from '../../parts/useSaying';
import { shortMoment } from '../../text/time';
import { texts } from '../../texts';

const KEY = ['sessions'];

/** Where one is signed in, and the way to end it. */
export function Sessions() {
  const sessions = useQuery({ queryKey: KEY, queryFn: () => brought(api.GET('/api/desk/session/sessions')) });
  const ending = useSaying({
    mutationFn: (id: number) => brought(api.DELETE('/api/desk/session/sessions/{session_id}', { params: { path: { session_id: id } } })),
    outdates: [KEY],
    done: texts.settings.ended,
  });
  if (sessions.isLoadingError) return <LoadFailure error={sessions.error} again={() => void sessions.refetch()} />;
  if (sessions.isPending) return <Spin />;
  return (
    <>
      <p className="soft">{texts.settings.sessionsHint}</p>
      <ul className="rows">
        {sessions.data.items.map((session) => (
          <li key={session.id}>
            <span>
              {deviceOf(session)} <span className="soft">{`${session.address} · ${texts.settings.lastSeen(shortMoment(session.last_seen_at))}`}</span>
            </span>
            {session.current ? <span className="mark mark-done">{texts.settings.here}</span> : <Button onClick={() => ending.mutate(session.id)}>{texts.settings.end}</Button>}
          </li>
        ))}
      </ul>
    </>
  );
}

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, '苹果手机或平板'],
  [/HarmonyOS/, '鸿蒙设备'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Mac OS X/, '苹果电脑'],
  [/Linux/, 'Linux 电脑'],
];

function deviceOf({ agent }: OwnSession): string {
  return SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1] ?? '其他设备';
}
