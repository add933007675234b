/** What the widget says beside the conversation: closing it, and the form for a question that waits for a person. */
export const widgetTexts = { close: '关闭对话' } as const;

export const leaveTexts = {
  title: '给老师留言',
  open: '写留言',
  hide: '收起',
  offDuty: (when: string) => `老师现在不在线，${when} 上班。可以先问我，也可以留言。`,
  away: '现在连不上。问题可以先写下，联网后自动送给老师。',
  waiting: (count: number) => `有 ${count} 条留言还没送出，联网后自动送出，只送一次`,
  refused: '有一条留言没有收下，请改一下再交。',
  intro: '写下问题，老师上班后会处理。现在没有网也可以写：先存在这台设备上，联网后自动送出。',
  danger: '如果你或身边的人正处在危险中，请不要等，马上打电话：',
  question: '你的问题',
  questionHint: '说清楚是什么事、什么时候、已经问过谁。请不要写身份证号、银行卡号。',
  contact: '联系方式（选填）',
  contactHint: '手机号、微信号（前面写“微信”）或邮箱。不填也可以，回到这里就能看到答复。',
  contactInvalid: '这个看起来不是完整的手机号、微信号或邮箱',
  consent: '我同意保存这个联系方式，只给处理这条留言的老师联系我用',
  consentMissing: '填了联系方式，请勾选同意；不想留，就把它清空',
  submit: '提交',
  cancel: '不写了',
  back: '回到对话',
  kept: '已存在这台设备上，联网后自动送出，不用重复提交',
  sending: '正在送出…',
  sent: '已登记给老师，编号和最迟回复时间在对话里',
} as const;
