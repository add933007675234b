/** What is seen and heard of the widget before it is opened. */
export const launcherTexts = {
  label: '问职问',
  title: '职问',
  region: (title: string) => `${title}在线问答`,
  open: (unread: number) => (unread > 0 ? `打开对话，有 ${unread} 条新消息` : '打开对话'),
  close: '收起对话',
  greeting: '找工作、档案户口、三方协议、补贴，有问题可以直接问我。',
  dismiss: '关闭提示',
  failed: '没有打开，请检查网络后再点一次。',
} as const;
