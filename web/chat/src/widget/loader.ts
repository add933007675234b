/** widget.js: one line on a page of a school puts the launcher there; the conversation itself is loaded when it is wanted. */
import { Launcher } from './launcher';
import { optionsOf } from './options';
import type { Chat, Stage } from './stage';
import { isWelcome } from './welcome';

/** The files of the conversation in the two scripts, by the build. */
declare const __CHAT_HANS__: string;
declare const __CHAT_HANT__: string;

const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.src !== '') {
  const { dataset, src } = script;
  const begin = (): void => void start(dataset, new URL(src).origin);
  if (document.body === null) document.addEventListener('DOMContentLoaded', begin, { once: true });
  else begin();
}

async function start(data: DOMStringMap, server: string): Promise<void> {
  const options = optionsOf(data, server, document.documentElement.lang);
  if (!(await isWelcome(server, options.key))) return;
  const file = options.traditional ? __CHAT_HANT__ : __CHAT_HANS__;
  const address = `${server}/widget/${file}`;
  Launcher.place(options, (retry) => import(/* @vite-ignore */ retry === 0 ? address : `${address}?again=${retry}`) as Promise<{ mount(stage: Stage): Chat }>);
}
