import type { RowModel } from './row-model.ts';

const LEAVE_MS = 160;
const MOVE_MS = 180;
const EASE_OUT = 'cubic-bezier(0.2, 0, 0, 1)';

function motionAllowed(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * Copies the rows that are about to leave into `layer`, where they fade while the rows below close up. Copies, because
 * the data behind a real row may be gone with it.
 */
export function fadeOutLeaving(grid: HTMLElement, layer: HTMLElement, after: RowModel): void {
  if (!motionAllowed()) return;
  for (const row of mountedRows(grid)) {
    const key = row.dataset['rowKey'] ?? '';
    if (after.indexOf(key) >= 0 || typeof row.animate !== 'function') continue;
    const copy = row.cloneNode(true) as HTMLElement;
    copy.removeAttribute('data-row-key');
    for (const named of [copy, ...copy.querySelectorAll('[id]')]) named.removeAttribute('id');
    for (const exposed of [copy, ...copy.querySelectorAll('[role]')]) exposed.removeAttribute('role');
    copy.style.position = 'absolute';
    copy.style.insetInline = '0';
    copy.style.top = `${row.getBoundingClientRect().top - grid.getBoundingClientRect().top}px`;
    layer.append(copy);
    const fade = copy.animate([{ opacity: 1 }, { opacity: 0, transform: 'translateY(-4px)' }], {
      duration: LEAVE_MS,
      easing: EASE_OUT,
      fill: 'forwards',
    });
    fade.onfinish = () => copy.remove();
    fade.oncancel = () => copy.remove();
  }
}

/** Lets the mounted rows glide from their old places to their new ones; `scrolledBy` is what anchoring already moved. */
export function glideMoved(grid: HTMLElement, before: RowModel, after: RowModel, scrolledBy: number): void {
  if (!motionAllowed()) return;
  const farthest = innerHeight;
  for (const row of mountedRows(grid)) {
    const key = row.dataset['rowKey'] ?? '';
    const from = before.indexOf(key);
    if (from < 0) continue;
    const delta = before.layout.offsetOf(from) - after.layout.offsetOf(after.indexOf(key)) + scrolledBy;
    if (delta === 0 || Math.abs(delta) > farthest || typeof row.animate !== 'function') continue;
    // Additive: a second change in mid-flight continues from where the row is.
    row.animate([{ transform: `translateY(${delta}px)` }, { transform: 'translateY(0)' }], {
      duration: MOVE_MS,
      easing: EASE_OUT,
      composite: 'add',
    });
  }
}

/**
 * How far to scroll so that rows arriving or leaving above the viewport do not move what is being read; 0 when the
 * first visible row has jumped elsewhere (a new sort order) or nothing above has changed.
 */
export function anchorShift(before: RowModel, after: RowModel, viewTop: number, viewHeight: number): number {
  if (viewTop <= 0) return 0;
  for (let index = before.layout.indexAt(viewTop); index < before.rows.length; index++) {
    const row = before.rows[index];
    const moved = row && row.kind !== 'header' ? after.indexOf(row.key) : -1;
    if (moved < 0) continue;
    const delta = after.layout.offsetOf(moved) - before.layout.offsetOf(index);
    return Math.abs(delta) <= viewHeight ? delta : 0;
  }
  return 0;
}

function mountedRows(grid: HTMLElement): NodeListOf<HTMLElement> {
  return grid.querySelectorAll<HTMLElement>('[data-row-key]');
}
