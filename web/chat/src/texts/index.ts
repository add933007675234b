/** Every sentence of the page that does not come from the server; those of postings, events and traps are beside this file. */
import type { FailureReason } from '../api/failure';

export const texts = {
  title: '职问',
  subtitle: '就业政策与求职助手',
  myData: { fetch: '下载', name: '职问-我的信息.txt', saved: '已交给浏览器保存', failed: '没有下载成功，请稍后再点一次' },
  log: '对话记录',
  composer: '输入你的问题',
  placeholder: '输入你的问题…',
  send: '发送',
  teacher: '找老师',
  teacherMessage: '转人工',
  emergency: '紧急电话',
  emergencyIntro: '人身安全最要紧。正在危险中，请直接拨打：',
  emergencyWithout: '紧急情况请直接拨打 110、120 或 12356',
  loading: '正在读取对话…',
  bootRetry: '重试',
  typing: '正在查找，请稍候',
  newMessages: '有新消息',
  renewed: '上一次会话已过期，已为你开始新的会话',
  linkUnusable: '这个链接已经用过或过期了，可以直接在这里问我',
  connecting: '连接中断，正在重新连接…你仍可以发送消息',
  offline: '网络已断开。消息会保留，联网后自动补发',
  sending: '发送中…',
  notDelivered: '未送达',
  tapToRetry: '点此重试',
  delivered: '已送达',
  counter: (used: number, limit: number) => `${used}/${limit}`,
  tooLong: (limit: number, dropped: number) => `内容太长：只保留了前 ${limit} 字，后面 ${dropped} 字没有放进来`,
  speakerMe: '我',
  speakerBot: '职问',
  speakerCounsellor: '老师',
  speakerSystem: '系统提示',
  says: '说：',
  avatars: { bot: '职', counsellor: '师', me: '我' },
  policy: {
    clarify: '想先确认一下',
    refusedDefault: '这个问题没有找到可靠依据',
    citations: (count: number) => `依据 ${count} 条，点开看原文`,
    citation: (number: number) => `依据 ${number}`,
    untitled: '没有标题的文件',
    suggestions: '接着问',
    source: '来源',
    docNo: '文号',
    issuer: '发文单位',
    issuedOn: '日期',
    region: '地区',
    status: '状态',
    clause: '条款',
    until: '有效期至',
    replacedBy: '被取代',
    copyOf: '原件',
    notice: '使用前请看',
    compared: { conflict: '两份文件说法不一样', wider: '本地规定和上级规定', replaced: '新旧规定对照' },
    undated: '未注明日期',
    nation: '全国',
  },
  handoff: {
    title: '人工服务',
    urgentTitle: '已优先转给老师',
    ticket: '编号',
    status: '状态',
    priority: '优先级',
    promise: '最迟回复',
    phones: '如果你或身边的人正处在危险中，请马上打电话：',
    progress: '查进度',
    progressMessage: '我的请求处理了没',
    withdraw: '不需要了',
    withdrawMessage: '不需要人工帮忙了',
  },
  eligibility: {
    title: '条件核对',
    missing: '还需要知道',
    basis: '依据：',
    authority: '这里只按您说的情况核对，是否符合以主管部门审核为准。',
  },
  choices: { label: '请选择', over: '会话已更换，这组选项不再有效' },
  feedback: {
    up: '有帮助',
    down: '没帮助',
    group: '这条回答对你有帮助吗',
    thanks: '谢谢，已记录',
    thanksDown: '已记录，我们会改进',
    ask: '哪里不对？（选填）',
    submit: '提交',
    skip: '跳过',
    failed: '没有提交成功，请再点一次',
  },
  welcome: {
    text:
      '你好，我是职问。就业政策、档案户口、三方协议、补贴申请，都可以直接问我。\n' +
      '回答会附上文件原文；没有依据的，我会直说，并帮你找老师。',
    privacy: '请不要发送身份证号、银行卡号。',
    suggestions: ['毕业后档案放到哪里', '三方协议丢了怎么办', '求职补贴怎么申请', '这份实习是不是骗局'],
  },
} as const;

export const phones = [
  { number: '110', label: '报警' },
  { number: '120', label: '急救' },
  { number: '12356', label: '心理援助' },
] as const;

/** What a failed request means for the user, without blame and without jargon. */
export function failureText(reason: FailureReason, retryAfter: number | null): string {
  switch (reason) {
    case 'offline':
      return '网络已断开';
    case 'network':
      return '连不上服务器';
    case 'timeout':
      return '等待超时';
    case 'session':
      return '会话已失效';
    case 'rate_limited':
      return retryAfter === null ? '发得有点快，请稍等一会儿' : `发得有点快，请 ${retryAfter} 秒后再试`;
    case 'unavailable':
      return '系统暂时出错';
    case 'too_long':
      return '内容太长，请删减后再发';
    case 'rejected':
      return '这条消息没有被接受';
  }
}

const refusals: Record<string, string> = {
  no_source: '现有文件里没有查到',
  damaged: '原文这里有缺损，不能确认',
  wrong_region: '现有文件不适用于这个地区',
  wrong_year: '现有文件不适用于这个年份',
  expired: '相关规定已经过期',
  not_official: '没有官方依据',
};

export function refusalText(reason: string | null): string {
  return refusals[reason ?? ''] ?? texts.policy.refusedDefault;
}

/** A warning's badge. `region` names where the cited document holds, where it says so. */
export function warningText(code: string, region: string | null): string {
  switch (code) {
    case 'damaged':
      return '原文有缺损，请以正式文件为准';
    case 'expired':
      return '已过期或仅适用于当年';
    case 'superseded':
      return '已有新文件替代';
    case 'date_conflict':
      return '文件里的日期有出入，请核对';
    case 'conflict':
      return '两份文件说法不一样，请核实';
    case 'region_only':
      return region ? `仅适用于${region}` : '仅适用于部分地区';
    default:
      return '请以正式文件为准';
  }
}

const statuses: Record<string, string> = {
  in_force: '现行',
  active: '现行',
  current: '现行',
  not_yet_in_force: '尚未施行',
  trial: '试行',
  superseded: '已被取代',
  expired: '已过期',
  only_that_year: '仅限当年',
  year_only: '仅限当年',
  repealed: '已废止',
  unknown: '未注明',
};

export const standings = { maybeReplaced: '可能已被取代', copy: '转载件' } as const;

/** A document's status; a status that is already written in Chinese is shown as it is, an unknown code is not shown. */
export function statusText(status: string | null): string | null {
  if (status === null || status === '') return null;
  return statuses[status] ?? (/[一-鿿]/.test(status) ? status : null);
}

export const handoffStatus: Record<string, string> = { queued: '等待老师接手', claimed: '老师正在处理', resolved: '已处理完' };
export const handoffPriority: Record<string, string> = { urgent: '紧急', high: '优先', normal: '普通' };
export const verdicts: Record<string, string> = {
  pass: '看起来符合',
  fail: '看起来不符合',
  unknown: '信息不够，暂时判断不了',
  manual_review: '有条件要由主管部门判断',
};
export const conditionResults: Record<string, string> = {
  pass: '✓ 符合',
  fail: '✗ 不符合',
  unknown: '？ 待确认',
  manual_review: '？ 由主管部门判断',
};
const notices: Record<string, string> = {
  consent: '隐私说明',
  off_hours: '老师现在不在线',
  taken_over: '老师已接入',
  handed_back: '已交还给职问',
  transferred: '已转给其他老师',
  joined: '两条请求已合在一起',
  reopened: '请求已重新打开',
  late: '老师还没来得及回复',
  contact: '留联系方式',
  degraded: '部分功能暂不可用',
  blocked: '暂时不能发送',
  reading_picture: '正在看图片',
  alert: '求职预警',
  announcement: '通知',
  my_data: '我的信息',
};

export function noticeTitle(code: string): string | null {
  return notices[code.replaceAll(' ', '_')] ?? null;
}
