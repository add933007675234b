/** What the page says of traps, and of pictures sent to be looked at. */
export const riskTexts = {
  title: '风险核对',
  signals: '哪里可疑',
  steps: '现在这样做',
  phones: '可以打这些电话',
  said: '原话',
} as const;

/** A level in one word. */
export const riskLevels: Record<string, string> = {
  high: '高风险',
  medium: '有疑点',
  low: '暂未发现明显疑点',
  unknown: '判断不了',
};

export const pictureTexts = {
  button: '发图片',
  hint: '可以发招聘截图，我来看看有没有陷阱',
  sent: '图片',
  alt: '你发的图片',
  words: '图里的文字',
  ready: (size: string) => `图片已选好（${size}），点“发送”发出`,
  preview: '待发送的图片',
  remove: '不发这张图片',
  privacy: '图里有身份证号、银行卡号的，请先遮住。',
  notPicture: '这个文件不是图片，请选手机截图或照片（JPG、PNG 等）',
  tooLarge: (size: string, limit: string) => `这张图片有 ${size}，超过 ${limit}。请截取需要看的部分再发`,
  unreadable: '这张图片打不开，请换一张，或重新截图',
  preparing: '正在处理图片…',
  reading: '正在读图片里的文字，请稍候',
  megabytes: (count: string) => `${count} MB`,
  kilobytes: (count: string) => `${count} KB`,
} as const;
