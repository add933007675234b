import { pictureTexts } from '../texts/risk';

const KILO = 1024;

/** A file's size as a reader knows it: `860 KB`, `3.2 MB`, `8 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < KILO * KILO) return pictureTexts.kilobytes(String(Math.max(1, Math.round(bytes / KILO))));
  return pictureTexts.megabytes((bytes / KILO / KILO).toFixed(1).replace(/\.0$/, ''));
}
