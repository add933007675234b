import { Avatar } from '@chatui/core/es/components/Avatar';
import type { ComponentChildren } from 'preact';
import { memo } from 'preact/compat';
import type { Choice, Message } from '../api/types';
import { isPicture } from '../state/store';
import { noticeTitle, texts } from '../texts';
import { Choices } from './Choices';
import { Eligibility } from './Eligibility';
import { Events } from './events/Events';
import { Feedback } from './Feedback';
import { HandoffCard } from './HandoffCard';
import { MyData } from './MyData';
import { SentPicture } from './pictures/SentPicture';
import { PolicyAnswer } from './PolicyAnswer';
import { Postings } from './postings/Postings';
import { RiskCheck } from './RiskCheck';
import { TextBubble } from './TextBubble';

export interface MessageActions {
  ask(text: string): void;
  choose(choice: Choice): void;
  rate(messageId: string, helpful: boolean, comment?: string): Promise<void>;
}

interface Props {
  message: Message;
  /** What a user's message shows: the title of the choice it stands for. */
  shown: string;
  /** The thumbnail of a picture that was sent from this page. */
  preview: string | null;
  /** The newest message of its kind that can still be acted upon. */
  latest: boolean;
  over: boolean;
  actions: MessageActions;
}

const UNRATED = new Set(['notice', 'handoff', 'choices']);

export const MessageRow = memo(function MessageRow({ message, shown, preview, latest, over, actions }: Props) {
  if (message.kind === 'notice' || message.role === 'system') return <NoticeRow message={message} />;
  if (message.role === 'user') {
    return (
      <Row side="right" speaker={texts.speakerMe} id={message.id}>
        {isPicture(message) ? <SentPicture preview={preview} words={message.text} /> : <TextBubble text={shown} tone="mine" />}
      </Row>
    );
  }
  const counsellor = message.role === 'counsellor';
  return (
    <Row side="left" speaker={counsellor ? texts.speakerCounsellor : texts.speakerBot} id={message.id} kind={message.kind}>
      <Content message={message} latest={latest} over={over} actions={actions} />
      {!counsellor && !UNRATED.has(message.kind) && (
        <Feedback onRate={(helpful, comment) => actions.rate(message.id, helpful, comment)} />
      )}
    </Row>
  );
});

function Content({ message, latest, over, actions }: Omit<Props, 'shown' | 'preview'>) {
  const { text } = message;
  const payload = message.payload ?? {};
  switch (message.kind) {
    case 'policy_answer':
      return <PolicyAnswer text={text} payload={payload} onAsk={actions.ask} />;
    case 'handoff':
      return <HandoffCard text={text} payload={payload} latest={latest} onAsk={actions.ask} />;
    case 'choices': {
      const options = optionsOf(message);
      return (
        <div class="stack">
          <TextBubble text={text} />
          <Choices options={options} over={over} onChoose={actions.choose} />
        </div>
      );
    }
    case 'eligibility':
      return <Eligibility text={text} payload={payload} />;
    case 'postings':
      return <Postings text={text} payload={payload} latest={latest} over={over} onAsk={actions.ask} />;
    case 'events':
      return <Events text={text} payload={payload} />;
    case 'risk_check':
      return <RiskCheck text={text} payload={payload} />;
    default:
      return <TextBubble text={text} />;
  }
}

export function optionsOf(message: Message): Choice[] {
  const options = message.kind === 'choices' ? message.payload?.['options'] : null;
  return Array.isArray(options) ? (options as Choice[]) : [];
}

interface RowProps {
  side: 'left' | 'right';
  speaker: string;
  id: string;
  kind?: string;
  children: ComponentChildren;
}

/** One utterance, in ChatUI's arrangement but without its assertive live region: the log around it announces. */
export function Row({ side, speaker, id, kind, children }: RowProps) {
  return (
    <div class={`Message ${side}`} data-id={id} data-kind={kind} data-speaker={speaker}>
      <div class="Message-main">
        <span aria-hidden="true">
          <Avatar shape="square" className={`avatar avatar-${side} ${speaker === texts.speakerCounsellor ? 'avatar-person' : ''}`}>
            {avatarOf(speaker)}
          </Avatar>
        </span>
        <div class="Message-inner">
          <span class="sr-only">
            {speaker}
            {texts.says}
          </span>
          {speaker === texts.speakerCounsellor && <span class="speaker" aria-hidden="true">{speaker}</span>}
          {children}
        </div>
      </div>
    </div>
  );
}

function NoticeRow({ message }: { message: Message }) {
  const code = String(message.payload?.['code'] ?? '');
  const title = noticeTitle(code);
  return (
    <div class="notice" data-code={code} data-id={message.id}>
      <span class="sr-only">{texts.speakerSystem}：</span>
      {title !== null && <strong>{title}</strong>}
      <span class="notice-text">{title === null ? message.text : withoutTitle(message.text, title)}</span>
      {code === 'my_data' && <MyData />}
    </div>
  );
}

function avatarOf(speaker: string): string {
  if (speaker === texts.speakerBot) return texts.avatars.bot;
  return speaker === texts.speakerCounsellor ? texts.avatars.counsellor : texts.avatars.me;
}

/** The server begins some notices with their title; by its length, for the interface may show it in the other script. */
function withoutTitle(text: string, title: string): string {
  return text.indexOf('：') === title.length ? text.slice(title.length + 1) : text;
}
