/** The frame on a small screen: all of what the keyboard leaves of it, with the page behind standing still. */
const SMALL = '(max-width: 640px), (max-height: 480px)';

export class Fitting {
  private readonly frame: HTMLElement;
  private readonly small = window.matchMedia(SMALL);
  private readonly onChange: (full: boolean) => void;
  private open = false;
  private overflow: string | null = null;

  constructor(frame: HTMLElement, onChange: (full: boolean) => void) {
    this.frame = frame;
    this.onChange = onChange;
    const fit = (): void => this.fit();
    if (typeof this.small.addEventListener === 'function') this.small.addEventListener('change', fit);
    else this.small.addListener(fit); // Safari before 14
    window.visualViewport?.addEventListener('resize', fit);
    window.visualViewport?.addEventListener('scroll', fit);
  }

  get full(): boolean {
    return this.small.matches;
  }

  shown(open: boolean): void {
    this.open = open;
    this.fit();
  }

  private fit(): void {
    const full = this.open && this.full;
    this.hold(full);
    const { frame } = this;
    frame.dataset['full'] = String(full);
    const seen = window.visualViewport;
    if (full && seen) {
      frame.style.height = `${seen.height}px`;
      frame.style.transform = `translateY(${seen.offsetTop}px)`;
    } else {
      frame.style.height = '';
      frame.style.transform = '';
    }
    this.onChange(full);
  }

  /** The page behind does not scroll while the frame covers it. */
  private hold(full: boolean): void {
    const page = document.documentElement.style;
    if (full && this.overflow === null) {
      this.overflow = page.overflow;
      page.overflow = 'hidden';
    } else if (!full && this.overflow !== null) {
      page.overflow = this.overflow;
      this.overflow = null;
    }
  }
}
