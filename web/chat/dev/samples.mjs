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

const inDays = (days) => new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
const chip = (condition, label) => ({ condition, label, text: `不限${label}` });

const common = { external_id: null, url: null, education: null, cohort: null, deadline: null, salary_text: null, salary_min: null, salary_max: null, status: 'open' };
const postings = {
  1: { title: '软件测试工程师', employer: '示例科技有限公司', employer_type: '民营企业', city: '长沙', cities: ['长沙'], district: '岳麓区', salary_text: '13-22K·13薪', salary_min: 13000, salary_max: 22000, salary_months: 13, education: '本科及以上', cohort: '2026届、2027届', deadline: inDays(19), deadline_state: 'date', url: 'https://example.invalid/a1', traits: { weekends_off: { value: true, evidence: '周末双休' }, housing: { value: true, evidence: '提供宿舍' }, hukou: { value: false, evidence: '' } } },
  2: { title: '行政专员', employer: '名字很长很长很长很长的示例文化传播有限责任公司', city: '厦门', salary_text: '4-6千/月', salary_min: 4000, salary_max: 6000, deadline: inDays(0), uncertain: [{ condition: 'weekends_off', label: '双休', reason: '招聘里没有写，投之前问清楚' }] },
  3: { title: '会计（实习）', employer: '示例会计师事务所', employer_type: '社会组织', city: '长沙', salary_text: '200-400元/天', day_min: 200, day_max: 400, salary_period: 'day', deadline_state: 'open', education: '大专', traits: { internship: { value: true, evidence: '实习生' }, remote: { value: true, evidence: '可远程' } } },
  4: { title: '选调生', employer: '示例市委组织部', employer_type: '机关', city: '北京', salary_text: '面议', negotiable: true, deadline: inDays(-2), traits: { hukou: { value: true, evidence: '解决北京户口' }, tenured: { value: true, evidence: '行政编制' } } },
};
export const posting = (id) => ({ ...common, id: String(id), ...postings[id] });
export const detailed = (item) => ({
  ...item,
  detail: {
    fields: [
      { label: '薪资', value: item.salary_text ?? '', evidence: item.salary_text },
      { label: '地点', value: '长沙市岳麓区示例路 1 号' },
      { label: '学历', value: item.education ?? '', evidence: '全日制本科及以上' },
      { label: '双休', value: '有', evidence: '周末双休，不加班' },
      { label: '岗位职责', value: '一、写测试用例；\n二、跟进缺陷；\n三、写报告。' },
      { label: '联系方式', value: '张老师 0731-0000000，hr@example.invalid' },
      { label: '招聘页面', value: 'https://example.invalid/a1' },
    ],
    source: '示例大学就业网',
    checked_at: new Date().toISOString(),
    status: item.status,
  },
});

const fairs = () => [
  { id: '1', title: '冬季双选会', city: '长沙', place: '长沙大学城体育馆', starts_at: inHours(30), ends_at: inHours(34), audience: '2027届毕业生', organiser: '示例大学', past: false, ics: '/api/events/1.ics' },
  { id: '2', title: '秋季宣讲会', city: '厦门', place: null, starts_at: inHours(-200), ends_at: null, audience: null, past: true, ics: '/api/events/2.ics' },
];
const stampOf = (moment) => new Date(moment).toISOString().replace(/[-:]|\.\d+/g, '');
export const feed = () =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...fairs().flatMap((fair) => [
      'BEGIN:VEVENT',
      `UID:${fair.id}@example.invalid`,
      `DTSTART:${stampOf(fair.starts_at)}`,
      ...(fair.ends_at ? [`DTEND:${stampOf(fair.ends_at)}`] : []),
      `SUMMARY:${fair.title}`,
      `LOCATION:${fair.place ?? ''}`,
      `CATEGORIES:${fair.city}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

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
    /第\d+个详细|详细说说/,
    () => [
      {
        kind: 'postings',
        text: '软件测试工程师（示例科技有限公司）\n薪资：13-22K·13薪\n地点：长沙·岳麓区\n学历：本科\n要求先交钱的，一律不要答应。',
        payload: { total: 1, filters: {}, items: [detailed(posting(1))] },
      },
    ],
  ],
  [
    /太空岗/,
    () => [
      {
        kind: 'postings',
        text: '没有同时符合这些条件的在招岗位。\n放宽一项的话：\n不限双休：3 个\n不限城市：8 个',
        payload: {
          total: 0,
          filters: {},
          items: [],
          chips: [chip('cities', '长沙'), chip('weekends_off', '双休')],
          loosen: [{ label: '不限双休', text: '不限双休', total: 3 }, { label: '不限城市', text: '不限城市', total: 8 }],
        },
      },
    ],
  ],
  [
    /岗位|工作$|换一批|不限/,
    () => [
      {
        kind: 'postings',
        text:
          '找到 12 个符合的在招岗位，先看这 4 个：\n第1个：软件测试工程师｜示例科技有限公司｜长沙·岳麓区｜13-22K·13薪｜截止 12月20日\n' +
          '第2个：行政专员｜名字很长很长很长很长的示例文化传播有限责任公司｜厦门\n第3个：会计（实习）\n第4个：选调生\n想换几个看，可以说“换一批”。',
        payload: {
          total: 12,
          filters: { cities: ['长沙'] },
          chips: [chip('cities', '长沙'), chip('weekends_off', '双休'), chip('salary_min', '月薪 8000 以上')],
          page: { shown: 4, more: true },
          items: [posting(1), posting(2), posting(3), posting(4)],
        },
      },
    ],
  ],
  [
    /宣讲|招聘会/,
    () => [
      {
        kind: 'events',
        text: '这周有 2 场：\n第1场：冬季双选会\n第2场：秋季宣讲会（已结束）\n去之前请再看一眼主办方的通知。',
        payload: { total: fairs().length, filters: {}, items: fairs() },
      },
    ],
  ],
  [
    /骗|押金|贷/,
    (text) => [
      {
        kind: 'risk_check',
        text: '这段话里有两处很像常见骗局。\n“先交 600 元押金”：正规用人单位不得收取押金，不要付款。\n1. 先不要付款。',
        payload: {
          level: text.includes('可疑') ? 'medium' : text.includes('放心') ? 'low' : 'high',
          signals: [
            { kind: 'fee', label: '入职收费', phrase: '先交 600 元押金', advice: '正规用人单位不得收取押金，不要付款。' },
            { kind: 'loan', label: '培训贷', phrase: '培训贷', advice: '不要签贷款合同，可拨打 96110 咨询。' },
          ],
          steps: ['先不要付款，也不要交身份证、毕业证原件。', '把聊天记录、转账记录截图存好。', '已经付了钱，马上打 110。'],
          phones: [{ number: '110', label: '报警：已经被骗、被限制自由' }, { number: '96110', label: '反诈咨询：拿不准是不是诈骗' }, { number: '12333', label: '人社：单位、中介违规收费、扣证、欠薪' }],
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
