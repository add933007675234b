import { Button, Result } from 'antd';
import type { ReactNode } from 'react';
import { Component } from 'react';

import { texts } from '../texts';

/** `away`: the part's own code could not be fetched, for the line is down or the server has been renewed. */
type Broken = 'away' | 'fault';

/** Browsers have words of their own for a module that they cannot fetch; all of them throw a TypeError that names the import. */
function notFetched(error: unknown): boolean {
  return !navigator.onLine || (error instanceof TypeError && /import|module/i.test(error.message)) || (error instanceof Error && error.message.startsWith('Unable to preload'));
}

/** A part that breaks says so and offers the way back; what was typed is kept in the drafts. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: Broken | null }> {
  override state: { broken: Broken | null } = { broken: null };

  static getDerivedStateFromError(error: unknown): { broken: Broken } {
    return { broken: notFetched(error) ? 'away' : 'fault' };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    const again = (
      <Button type="primary" onClick={() => window.location.reload()}>
        {texts.common.reload}
      </Button>
    );
    return <Result status="warning" title={this.state.broken === 'away' ? texts.common.notFetched : texts.common.broken} subTitle={texts.common.draftsAreKept} extra={again} />;
  }
}
