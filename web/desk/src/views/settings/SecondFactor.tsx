import { Button, Input } from 'antd';
import { useState } from 'react';

import { api, brought } from '../../api/client';
import type { Enrolling } from '../../api/schema';
import { readSession, useSessionRefresh } from '../../api/session';
import { useSession } from '../../app/session';
import { useSaying } from '../../parts/useSaying';
import { texts } from '../../texts';

const words = texts.settings;

/** The second step of signing in: turned on with the password and a first code, turned off with the password. */
export function SecondFactor() {
  const { me } = useSession();
  const refresh = useSessionRefresh();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [enrolling, setEnrolling] = useState<Enrolling | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const renew = async () => refresh(await readSession());
  const beginning = useSaying({
    mutationFn: () => brought(api.POST('/api/desk/session/totp', { body: { password } })),
    onSuccess: (begun) => {
      setEnrolling(begun);
      setPassword('');
    },
  });
  const confirming = useSaying({
    mutationFn: () => brought(api.POST('/api/desk/session/totp/confirm', { body: { code } })),
    done: words.totpOn,
    onSuccess: ({ recovery_codes }) => {
      setCodes(recovery_codes);
      setEnrolling(null);
      setCode('');
      return renew();
    },
  });
  const stopping = useSaying({
    mutationFn: () => brought(api.POST('/api/desk/session/totp/off', { body: { password } })),
    done: words.totpStopped,
    onSuccess: () => {
      setPassword('');
      setCodes([]);
      return renew();
    },
  });

  if (enrolling) {
    return (
      <div className="narrow stack">
        <p>{words.totpScan}</p>
        <img src={enrolling.picture} alt={words.totpPicture} width={200} height={200} />
        <code>{enrolling.secret}</code>
        <Input value={code} inputMode="numeric" autoComplete="one-time-code" maxLength={6} aria-label={words.totpCode} placeholder={words.totpCode} onChange={(event) => setCode(event.target.value)} />
        <Button type="primary" disabled={!code} loading={confirming.isPending} onClick={() => confirming.mutate()}>
          {words.totpConfirm}
        </Button>
      </div>
    );
  }
  return (
    <div className="narrow stack">
      <p className="soft">{me.totp ? words.totpOn : words.totpHint}</p>
      {codes.length > 0 && (
        <>
          <p>{words.totpCodes}</p>
          <ul className="codes">
            {codes.map((one) => (
              <li key={one}>
                <code>{one}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      <Input.Password
        value={password}
        autoComplete="current-password"
        maxLength={200}
        aria-label={words.current}
        placeholder={words.current}
        onChange={(event) => setPassword(event.target.value)}
      />
      {me.totp ? (
        <Button danger disabled={!password} loading={stopping.isPending} onClick={() => stopping.mutate()}>
          {words.totpStop}
        </Button>
      ) : (
        <Button disabled={!password} loading={beginning.isPending} onClick={() => beginning.mutate()}>
          {words.totpStart}
        </Button>
      )}
    </div>
  );
}
