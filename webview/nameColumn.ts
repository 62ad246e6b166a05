/** The line between names and chart, which can be moved by hand and by keys. */

const NARROWEST = 90;
const KEY_STEP_PIXELS = 16;

export function makeDividerMovable(divider: HTMLElement, chart: HTMLElement, moved: (width: number) => void): void {
  const left = (): number => (divider.parentElement as HTMLElement).getBoundingClientRect().left;
  const move = (pixels: number): void => moved(setNamesWidth(divider, pixels));
  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  divider.addEventListener('pointermove', (event) => {
    if (divider.hasPointerCapture(event.pointerId)) move(event.clientX - left());
  });
  divider.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    move(
      chart.getBoundingClientRect().left - left() + (event.key === 'ArrowLeft' ? -KEY_STEP_PIXELS : KEY_STEP_PIXELS),
    );
  });
}

/** Sets the width, within what leaves room for both; returns what it became. */
export function setNamesWidth(divider: HTMLElement, pixels: number): number {
  const stage = divider.parentElement as HTMLElement;
  const widest = Math.max(NARROWEST, stage.clientWidth * 0.6);
  const width = Math.round(Math.min(Math.max(pixels, NARROWEST), widest));
  stage.style.setProperty('--interleave-names', `${width}px`);
  return width;
}
