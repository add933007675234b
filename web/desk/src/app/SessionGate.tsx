import { App as AntApp, Spin } from 'antd';
import { lazy, Suspense, useEffect } from 'react';

import { onSignedOut } from '../api/client';
import { useSessionQuery } from '../api/session';
import { LoadFailure } from '../parts/LoadFailure';
import { SignIn } from '../views/signin/SignIn';
import { texts } from '../texts';
import { SessionProvider } from './session';

const Shell = lazy(() => import('./Shell'));

/** Shows the console to whoever is signed in and the sign-in to everybody else; the address stays, so both lead to the same place. */
export function SessionGate() {
  const { message } = AntApp.useApp();
  const session = useSessionQuery();
  const { refetch, data } = session;
  const wasSignedIn = data?.staff != null;

  useEffect(
    () =>
      onSignedOut(() => {
        if (wasSignedIn) message.warning(texts.session.expired);
        void refetch();
      }),
    [message, refetch, wasSignedIn],
  );

  if (session.isPending) return <Waiting />;
  if (session.isLoadingError) return <LoadFailure error={session.error} again={() => void refetch()} />;
  if (!session.data.staff) return <SignIn single={session.data.single_sign_on} />;
  return (
    <SessionProvider staff={session.data.staff}>
      <Suspense fallback={<Waiting />}>
        <Shell />
      </Suspense>
    </SessionProvider>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label={texts.common.loading}>
      <Spin size="large" className="page-wait" />
    </div>
  );
}
