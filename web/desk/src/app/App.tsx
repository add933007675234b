import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { BrowserRouter } from 'react-router';

import { ErrorBoundary } from './ErrorBoundary';
import { styleNonce } from './nonce';
import { queries } from './queries';
import { SessionGate } from './SessionGate';
import { stillTheme, theme } from './theme';
import { useStill } from './useMedia';

const csp = { nonce: styleNonce() };

export function App() {
  return (
    <ConfigProvider locale={zhCN} theme={useStill() ? stillTheme : theme} csp={csp} button={{ autoInsertSpace: false }}>
      <ErrorBoundary>
        <AntApp component={false}>
          <QueryClientProvider client={queries}>
            <BrowserRouter basename="/desk">
              <SessionGate />
            </BrowserRouter>
          </QueryClientProvider>
        </AntApp>
      </ErrorBoundary>
    </ConfigProvider>
  );
}
