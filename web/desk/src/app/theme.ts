import type { ThemeConfig } from 'antd';

/** Colours hold a contrast of 4.5:1 on their ground, the disabled and the secondary ones too; what Ant Design derives as grounds from dark ones is muddy. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b57a4',
    colorInfo: '#0b57a4',
    colorLink: '#0b57a4',
    colorError: '#c0271f',
    colorWarning: '#9a5b00',
    colorSuccess: '#067a46',
    colorInfoBg: '#e8f0fa',
    colorInfoBorder: '#b9d0ea',
    colorErrorBg: '#fdf0ef',
    colorErrorBorder: '#eebdb9',
    colorWarningBg: '#fff6e0',
    colorWarningBorder: '#e6c067',
    colorSuccessBg: '#e6f5ec',
    colorSuccessBorder: '#a9d8be',
    colorTextSecondary: '#565c66',
    colorTextTertiary: '#626872',
    colorTextDescription: '#565c66',
    colorTextPlaceholder: '#6b717b',
    colorBgLayout: '#f3f5f8',
    borderRadius: 8,
    fontFamily: 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  },
  components: { Layout: { siderBg: '#ffffff', headerBg: '#ffffff' } },
};

/** For whoever wants nothing to move. */
export const stillTheme: ThemeConfig = { ...theme, token: { ...theme.token, motion: false } };
