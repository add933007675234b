import { LogoutOutlined, MenuOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App as AntApp, Button, Drawer, Spin } from 'antd';
import { Suspense, useState } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';

import { sentenceOf } from '../api/failure';
import { signOut, useSessionRefresh } from '../api/session';
import { texts } from '../texts';
import { ErrorBoundary } from './ErrorBoundary';
import { LiveProvider, useLiveState } from './LiveProvider';
import { Links } from './Links';
import { PAGES, type PageEntry } from './pages';
import { PresenceMenu } from './PresenceMenu';
import { useSession } from './session';
import { useBroad } from './useMedia';
import './shell.css';

/** Navigation, who is signed in, and the page that the address names. */
export default function Shell() {
  return (
    <LiveProvider>
      <Frame />
    </LiveProvider>
  );
}

function Frame() {
  const { may } = useSession();
  const broad = useBroad();
  const pages = PAGES.filter((page) => may(page.needs));
  const location = useLocation();
  const home = pages[0]?.path ?? '/settings';

  return (
    <div className="shell" data-broad={broad}>
      <a className="skip" href="#main">
        {texts.shell.skip}
      </a>
      {broad ? <Side pages={pages} /> : <Bar pages={pages} />}
      <main id="main" className="shell-main" tabIndex={-1}>
        <ConnectionLine />
        <ErrorBoundary key={location.pathname.split('/')[1]}>
          <Suspense fallback={<Spin size="large" className="page-wait" />}>
            <Routes>
              {pages.map((page) => (
                <Route key={page.path} path={`${page.path}/*`} element={<page.view />} />
              ))}
              <Route path="*" element={<Navigate to={home} replace />} />
            </Routes>
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

function Side({ pages }: { pages: readonly PageEntry[] }) {
  return (
    <nav className="side" aria-label={texts.shell.navigation}>
      <p className="side-name">{texts.common.name}</p>
      <Links pages={pages} />
      <div className="side-foot">
        <PresenceMenu />
        <SignOut />
      </div>
    </nav>
  );
}

/** On a phone: one bar with the page's name, the rest behind a button. */
function Bar({ pages }: { pages: readonly PageEntry[] }) {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const here = pages.find((page) => pathname === page.path || pathname.startsWith(`${page.path}/`));
  return (
    <header className="bar">
      <Button type="text" icon={<MenuOutlined />} aria-label={texts.shell.navigation} onClick={() => setOpen(true)} />
      <span className="bar-name">{here?.name ?? texts.common.name}</span>
      <PresenceMenu />
      <Drawer placement="left" size={260} open={open} onClose={() => setOpen(false)} title={texts.common.name}>
        <nav className="drawer-nav" aria-label={texts.shell.navigation} onClick={() => setOpen(false)}>
          <Links pages={pages} />
          <SignOut />
        </nav>
      </Drawer>
    </header>
  );
}

function SignOut() {
  const { message } = AntApp.useApp();
  const refresh = useSessionRefresh();
  const leaving = useMutation({ mutationFn: signOut, onSuccess: refresh, onError: (error) => message.error(sentenceOf(error)) });
  return (
    <Button type="text" block icon={<LogoutOutlined />} className="sign-out" loading={leaving.isPending} onClick={() => leaving.mutate()}>
      {texts.session.out}
    </Button>
  );
}

function ConnectionLine() {
  const state = useLiveState();
  if (state !== 'broken') return null;
  return (
    <p className="connection" role="status">
      {texts.shell.reconnecting}
    </p>
  );
}
