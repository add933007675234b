/** The same texts in traditional script, made by the build (widget.config.ts). */
declare module '*/launcherTexts?hant' {
  export const launcherTexts: typeof import('./launcherTexts').launcherTexts;
}
