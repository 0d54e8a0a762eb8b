import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCameNear } from './use-came-near.ts';

const VIEW_PX = 800;
const LINE_PX = 500;
let scrolled = 0;

beforeEach(() => {
  scrolled = 0;
  // happy-dom has no layout: lines below each other in a box of 800 px.
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function rect(this: HTMLElement) {
    const at = Number(this.dataset['at'] ?? Number.NaN);
    return Number.isNaN(at) ? new DOMRect(0, 0, 200, VIEW_PX) : new DOMRect(0, at * LINE_PX - scrolled, 200, LINE_PX);
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function Line({ at }: { at: number }) {
  const { ref, cameNear } = useCameNear<HTMLSpanElement>();
  return (
    <span ref={ref} data-at={at}>
      {cameNear ? <button type="button">{at}</button> : null}
    </span>
  );
}

function renderLines() {
  const screen = render(
    <div data-scroll-container="">
      {Array.from({ length: 10 }, (_, at) => (
        <Line key={at} at={at} />
      ))}
    </div>,
  );
  const scroller = screen.container.firstElementChild as HTMLElement;
  const made = () => screen.queryAllByRole('button').map((button) => Number(button.textContent));
  const scrollTo = async (top: number) => {
    scrolled = top;
    fireEvent.scroll(scroller);
    await act(() => new Promise(requestAnimationFrame));
  };
  return { ...screen, scroller, made, scrollTo };
}

test('what is near is made with the rest, and what comes near then; it stays when it goes away again', async () => {
  const { made, scrollTo } = renderLines();
  expect(made()).toEqual([0, 1, 2]);
  await scrollTo(2_000);
  expect(made()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  await scrollTo(0);
  expect(made()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('what comes near because something before it became smaller is made', async () => {
  const observed: Element[] = [];
  let tell = (): void => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: () => void) {
        tell = callback;
      }
      observe(element: Element) {
        observed.push(element);
      }
    },
  );
  const { made, scroller } = renderLines();
  expect(observed).toEqual(expect.arrayContaining([scroller, ...scroller.children].slice(-3)));
  expect(observed[0]).toBe(scroller);
  scrolled = 2_000;
  tell();
  await act(() => new Promise(requestAnimationFrame));
  expect(made()).toContain(6);
});

test('without a scroll container everything is there', () => {
  expect(render(<Line at={9} />).getAllByRole('button')).toHaveLength(1);
});
