import { DownOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App as AntApp, Badge, Button, Dropdown } from 'antd';

import { api, brought } from '../api/client';
import { sentenceOf } from '../api/failure';
import type { Presence } from '../api/schema';
import { readSession, useSessionRefresh } from '../api/session';
import { texts } from '../texts';
import { useSession } from './session';

const STATES: readonly Presence[] = ['online', 'away', 'off'];
const DOTS = { online: 'success', away: 'warning', off: 'default' } as const;

/** Whether one takes requests now: new ones are given to those online. */
export function PresenceMenu() {
  const { me } = useSession();
  const { message } = AntApp.useApp();
  const refresh = useSessionRefresh();
  const setting = useMutation({
    mutationFn: async (state: Presence) => {
      await brought(api.PUT('/api/desk/session/presence', { body: { state } }));
      return readSession();
    },
    onSuccess: refresh,
    onError: (error) => message.error(sentenceOf(error)),
  });
  const items = STATES.map((state) => ({ key: state, label: <Badge status={DOTS[state]} text={texts.shell.presence[state]} /> }));
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => setting.mutate(key as Presence) }} trigger={['click']}>
      <Button type="text" className="presence" loading={setting.isPending} aria-label={`${me.display_name}，${texts.shell.presenceLabel}：${texts.shell.presence[me.presence]}`}>
        <Badge status={DOTS[me.presence]} />
        <span className="presence-name">{me.display_name}</span>
        <DownOutlined />
      </Button>
    </Dropdown>
  );
}
