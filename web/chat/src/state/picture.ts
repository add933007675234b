/** A picture made ready to be sent: small enough, of a kind that the server reads, with a thumbnail of it. */
export interface ReadyPicture {
  blob: Blob;
  /** A data: address; the page's content policy allows no blob: pictures. */
  preview: string;
}

export type PictureRefusal = 'not_picture' | 'unreadable' | 'too_large';

export class PictureRefused extends Error {
  readonly reason: PictureRefusal;
  /** Bytes of the file as chosen. */
  readonly size: number;

  constructor(reason: PictureRefusal, size: number) {
    super(`picture refused: ${reason}`);
    this.name = 'PictureRefused';
    this.reason = reason;
    this.size = size;
  }
}

export const PICTURE_LIMIT = 8 * 1024 * 1024;
/** Beyond this not even a shrunken copy is tried: decoding it could take the whole memory of a phone. */
const HOPELESS = 40 * 1024 * 1024;
const TAKEN = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/gif', 'image/tiff']);
/** Pixels along the longer side: text of a screenshot stays legible. */
const SENT_SIDE = 2_600;
const PREVIEW_SIDE = 320;

/** What drawing a picture anew takes; a test brings its own. */
export interface Drawing {
  /** The picture decoded. Rejects on what cannot be. */
  decode(file: Blob): Promise<{ width: number; height: number; draw(width: number, height: number): HTMLCanvasElement }>;
}

/** Raises PictureRefused. A file that is too large, or of a kind that only the browser knows, is drawn anew as JPEG. */
export async function prepared(file: File, drawing: Drawing = browserDrawing): Promise<ReadyPicture> {
  if (!file.type.startsWith('image/')) throw new PictureRefused('not_picture', file.size);
  if (file.size > HOPELESS) throw new PictureRefused('too_large', file.size);
  const picture = await drawing.decode(file).catch(() => {
    throw new PictureRefused('unreadable', file.size);
  });
  const asItIs = TAKEN.has(file.type) && file.size <= PICTURE_LIMIT;
  const blob = asItIs ? file : await jpeg(scaled(picture, SENT_SIDE));
  if (blob === null) throw new PictureRefused('unreadable', file.size);
  if (blob.size > PICTURE_LIMIT) throw new PictureRefused('too_large', file.size);
  return { blob, preview: scaled(picture, PREVIEW_SIDE).toDataURL('image/jpeg', 0.8) };
}

type Decoded = Awaited<ReturnType<Drawing['decode']>>;

function scaled(picture: Decoded, side: number): HTMLCanvasElement {
  const factor = Math.min(1, side / Math.max(picture.width, picture.height));
  return picture.draw(Math.max(1, Math.round(picture.width * factor)), Math.max(1, Math.round(picture.height * factor)));
}

function jpeg(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88));
}

const browserDrawing: Drawing = {
  async decode(file) {
    const image = new Image();
    image.src = await dataAddress(file);
    await image.decode();
    return {
      width: image.naturalWidth,
      height: image.naturalHeight,
      draw(width, height) {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('no canvas');
        // JPEG knows no transparency: what shows through is paper, not black.
        context.fillStyle = '#fff';
        context.fillRect(0, 0, width, height);
        context.drawImage(image, 0, 0, width, height);
        return canvas;
      },
    };
  },
};

function dataAddress(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}

/** The first picture among what was pasted or dropped. */
export function pictureIn(data: DataTransfer | null): File | null {
  return [...(data?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? null;
}
