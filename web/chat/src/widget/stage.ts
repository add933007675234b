import type { Options } from './options';

/** What the launcher hands to the conversation when it loads it. */
export interface Stage {
  root: ShadowRoot;
  /** Where the conversation is drawn: a dialogue that the launcher shows and hides. */
  frame: HTMLElement;
  options: Options;
  title: string;
  onUnread(count: number): void;
  onClose(): void;
}

/** The conversation, once it is loaded. */
export interface Chat {
  /** The frame is shown, or hidden: what is seen counts as read. */
  shown(open: boolean): void;
  /** Where a reader begins to type. */
  focus(): void;
}
