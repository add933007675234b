import { Bubble } from '@chatui/core/es/components/Bubble';
import type { ComponentChildren } from 'preact';

interface Props {
  text: string;
  tone?: 'plain' | 'refused' | 'clarify' | 'urgent' | 'mine';
  label?: string | null;
  children?: ComponentChildren;
}

/** A bubble of plain text: whatever markup the text holds is shown as text. */
export function TextBubble({ text, tone = 'plain', label = null, children }: Props) {
  return (
    <Bubble type="text" data-tone={tone}>
      {label !== null && <p class="bubble-label">{label}</p>}
      {text !== '' && <p class="bubble-text">{text}</p>}
      {children}
    </Bubble>
  );
}
