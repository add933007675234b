export const common = {
  name: '职问工作台',
  broken: '这一页出了问题',
  notFetched: '这一页没有读出来：可能是网络断了，或者系统刚更新过。网络好了再刷新。',
  draftsAreKept: '没发出去的内容已经存在这台电脑上，刷新后还在。',
  reload: '刷新页面',
  retry: '重试',
  save: '保存',
  cancel: '取消',
  close: '关闭',
  confirm: '确定',
  back: '返回',
  more: '更多',
  none: '暂无',
  loading: '正在读取…',
  saved: '已保存',
  search: '搜索',
  remove: '删除',
  edit: '修改',
  add: '新增',
  total: (count: number) => `共 ${count} 条`,
} as const;

const OF_STATUS: Readonly<Record<number, string>> = {
  400: '提交的内容有误，请检查后再试。',
  403: '你没有做这件事的权限。',
  404: '没有找到，可能已经删除，或不在你负责的范围里。',
  409: '别人刚刚改过，请刷新后再试。',
  413: '内容太大了，请缩短或换小一点的文件。',
  415: '不支持这种文件。',
  422: '提交的内容有误，请检查后再试。',
  429: '操作太快了，请稍等再试。',
};

export const failure = {
  offline: '网络不通，请检查网络。你输入的内容都还在。',
  unknown: '出了点问题，请再试一次。',
  ofStatus: (status: number) => OF_STATUS[status] ?? (status >= 500 ? '服务暂时不可用，请稍后再试。' : '请求没有成功，请再试一次。'),
} as const;

export const session = {
  title: '职问工作台',
  subtitle: '就业老师登录',
  name: '用户名',
  password: '密码',
  code: '动态验证码',
  codeHint: '请输入身份验证器上的 6 位数字，或一个没用过的备用码',
  needName: '请输入用户名',
  needPassword: '请输入密码',
  needCode: '请输入验证码',
  enter: '登录',
  next: '继续',
  otherAccount: '换个账号',
  expired: '登录已过期，请重新登录。没发出去的内容都还在。',
  single: '用学校统一身份认证登录',
  returned: {
    refused: '没有登录成功：可能在统一身份认证那边取消了或等得太久，也可能工作台里没有与你对应的账号。请再试一次，还不行请联系管理员。',
    unavailable: '学校统一身份认证暂时用不了，请用工作台的用户名和密码登录。',
  } as Readonly<Record<string, string>>,
  out: '退出登录',
} as const;
