// Made-up messages of every kind of the contract. For development only: no document says any of this.

const citation = (more) => ({
  document_id: 'sample-1',
  title: '关于做好示例工作的通知',
  doc_no: '示例〔2022〕3号',
  issuer: '示例厅',
  issued_on: '2022-03-05',
  region: '福建省',
  status: 'in_force',
  clause: '二、（三）',
  quote: '（三）这里是按原样显示的条款文字，\n换行也照原样保留。<b>尖括号只是文字</b>',
  source: 'https://example.invalid/doc/1',
  ...more,
});

const policy = (text, payload) => ({
  kind: 'policy_answer',
  text,
  payload: { outcome: 'answered', reason: null, warnings: [], citations: [], suggestions: [], ...payload },
});

const handoff = (payload, text) => ({ kind: 'handoff', text, payload });
const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** [pattern of the user's text, replies] in the order in which they are tried. */
export const samples = [
  [
    /访企拓岗|文号/,
    () => [
      policy(
        '这份示例通知的文号是示例〔2022〕3号，由示例厅在2022年3月5日印发。\n\n出处：《关于做好示例工作的通知》（示例〔2022〕3号，示例厅，2022年3月5日）二、（三）',
        { citations: [citation({}), citation({ document_id: 'sample-2', clause: '第十九条', doc_no: null, issued_on: null })], suggestions: ['每年要走访多少家', '适用于哪些学校'] },
      ),
    ],
  ],
  [
    /警告|缺损|过期/,
    () => [
      policy('补贴标准为每人每月 1000 元，最长 12 个月；申请截至当年 9 月底。\n出处：《关于做好示例工作的通知》二、（三）', {
        warnings: ['damaged', 'expired', 'superseded', 'date_conflict', 'region_only'],
        citations: [citation({ status: 'only_that_year' })],
      }),
    ],
  ],
  [
    /新旧/,
    () => [
      policy('生活补助每月2100元。\n以前的规定（已被取代，不要再用）：《示例暂行办法》：生活补助每月1300元。\n这是示例省的规定。\n\n出处：《示例办法》第三条', {
        notices: [],
        compared: { kind: 'replaced', lead: '以前的规定（已被取代，不要再用）：', said: ['生活补助每月2100元。', '生活补助每月1300元。'] },
        citations: [citation({ title: '示例办法' }), citation({ title: '示例暂行办法', status: 'superseded', issued_on: '2018-05-10' })],
      }),
    ],
  ],
  [
    /不一样|矛盾/,
    () => [
      policy('注意：找到两份文件，说法不一样。\n一是《甲通知》：每人1500元。\n二是《乙通知》：每人1000元。\n\n出处：《甲通知》一', {
        warnings: ['conflict'],
        notices: ['注意：找到两份文件，说法不一样。'],
        compared: { kind: 'conflict', lead: '注意：找到两份文件，说法不一样。', said: ['每人1500元。', '每人1000元。'] },
        citations: [citation({ title: '甲通知' }), citation({ title: '乙通知', issued_on: '2025-03-05', copy_of: { document_id: '9', title: '原件', doc_no: null } })],
      }),
    ],
  ],
  [
    /上海|火星|股票/,
    () => [
      policy('我手上的文件只管福建省，没有上海的规定，所以不能替你下结论。可以查当地人社部门，或者找老师帮你确认。', {
        outcome: 'refused',
        reason: 'wrong_region',
        suggestions: ['福建有哪些补贴'],
      }),
    ],
  ],
  [
    /补贴$/,
    () => [policy('补贴有好几种。你想问哪一种？', { outcome: 'clarify', suggestions: ['求职补贴', '社保补贴', '创业补贴'] })],
  ],
  [
    /扣了我|身份证和毕业证|不想活/,
    () => [
      handoff(
        { ticket: 'ZW-20261201-0007', status: 'queued', priority: 'urgent', promise_due: inHours(0.5) },
        '先保证自己的安全。单位无权扣押你的证件，也不能不让你离开。我已经为你登记了紧急求助，老师会尽快联系你。',
      ),
    ],
  ],
  [
    /人工|老师/,
    () => [
      handoff(
        { ticket: 'ZW-20261201-0008', status: 'queued', priority: 'normal', promise_due: inHours(20) },
        '已为你登记人工服务，老师会在工作时间回复你。',
      ),
    ],
  ],
  [
    /资格|能不能申请/,
    () => [
      {
        kind: 'eligibility',
        text: '按你说的情况，还差一项不能确定。',
        payload: {
          verdict: 'unknown',
          programme: '示例求职补贴',
          reasons: [
            { condition: '毕业学年内', result: 'pass', citation: citation({}) },
            { condition: '城乡低保家庭', result: 'unknown', citation: null },
          ],
          missing: ['家庭情况', '毕业院校所在地'],
        },
      },
    ],
  ],
  [
    /岗位|工作$/,
    () => [
      {
        kind: 'postings',
        text: '找到 12 个在招岗位，先看这两个：\n1. 软件测试工程师……',
        payload: {
          total: 12,
          filters: { city: '福州' },
          items: [
            { id: '1', external_id: 'A1', title: '软件测试工程师', employer: '示例科技有限公司', city: '福州', salary_text: null, salary_min: 6000, salary_max: 9000, education: '本科', cohort: '2027届', deadline: '2026-12-20', url: 'https://example.invalid/a1' },
            { id: '2', external_id: null, title: '行政专员', employer: '名字很长很长很长很长的示例文化传播有限责任公司', city: '厦门', salary_text: '4-6千/月', salary_min: 4000, salary_max: 6000, education: null, cohort: null, deadline: null, url: null },
          ],
        },
      },
    ],
  ],
  [
    /宣讲|招聘会/,
    () => [
      {
        kind: 'events',
        text: '找到 2 场活动。',
        payload: {
          total: 2,
          filters: {},
          items: [
            { id: '1', title: '冬季双选会', city: '福州', place: '大学城体育馆', starts_at: inHours(30), ends_at: null, audience: '2027届毕业生', past: false },
            { id: '2', title: '秋季宣讲会', city: '厦门', place: null, starts_at: inHours(-200), ends_at: null, audience: null, past: true },
          ],
        },
      },
    ],
  ],
  [
    /骗|押金|贷/,
    () => [
      {
        kind: 'risk_check',
        text: '这段话里有两处很像常见骗局。',
        payload: {
          level: 'high',
          signals: [
            { kind: 'fee', phrase: '先交 600 元押金', advice: '正规用人单位不得收取押金，不要付款。' },
            { kind: 'loan', phrase: '培训贷', advice: '不要签贷款合同，可拨打 96110 咨询。' },
          ],
        },
      },
    ],
  ],
  [
    /选项|办什么/,
    () => [
      {
        kind: 'choices',
        text: '你想问哪一方面？',
        payload: { options: [{ title: '档案怎么转', value: '档案怎么转' }, { title: '找老师聊聊', value: '/request_human' }, { title: '都不是', value: '/deny' }] },
      },
    ],
  ],
  [
    /通知类|提示类/,
    () =>
      ['consent', 'off_hours', 'taken_over', 'handed_back', 'degraded', 'blocked'].map((code) => ({
        kind: 'notice',
        role: 'system',
        text: '这里是这条提示的完整说明。',
        payload: { code },
      })),
  ],
  [/老师说/, () => [{ kind: 'text', role: 'counsellor', text: '同学你好，我是就业中心的老师，材料已经收到。', payload: null }]],
  [/<.*>/, (text) => [{ kind: 'text', text: `你发的是：${text}`, payload: null }]],
];

export function repliesTo(text) {
  const found = samples.find(([pattern]) => pattern.test(text));
  if (found) return found[1](text);
  if (text === '/request_human') return repliesTo('转人工');
  return [{ kind: 'text', text: '这是示例服务，只会回答几句固定的话。试试“访企拓岗文号多少”。', payload: null }];
}
