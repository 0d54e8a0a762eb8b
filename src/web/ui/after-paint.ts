/** Longer than any frame: a page that is not shown draws none. */
const NO_FRAME_MS = 100;

/** Runs work once the current change is on the screen, so that showing it does not wait for what follows from it. */
export function afterPaint(work: () => void): void {
  let done = false;
  const run = (): void => {
    if (done) return;
    done = true;
    work();
  };
  // The task behind the callback of a frame comes after its paint.
  requestAnimationFrame(() => setTimeout(run));
  setTimeout(run, NO_FRAME_MS);
}
