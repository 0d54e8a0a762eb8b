import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useRow } from './row-context.ts';
import { RowGrid, type RowGridProps } from './row-grid.tsx';
import type { RowSpec } from './row-model.ts';

const VIEW = 360;
const renders = new Map<string, number>();

beforeEach(() => {
  renders.clear();
  // happy-dom has no layout: the grid starts at the top of a scroller of known height.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(VIEW);
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    const top = this.classList.contains('row-grid') ? -scroller().scrollTop : 0;
    return new DOMRect(0, top, 800, VIEW);
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function scroller(): HTMLElement {
  const element = document.querySelector<HTMLElement>('[data-scroll-container]');
  if (!element) throw new Error('no scroller');
  return element;
}

function Row({ name }: { name: string }) {
  const { focusRow } = useRow();
  renders.set(name, (renders.get(name) ?? 0) + 1);
  return (
    <>
      {name}
      <button type="button" tabIndex={-1}>
        First of {name}
      </button>
      <button type="button" tabIndex={-1} onClick={focusRow}>
        Second of {name}
      </button>
    </>
  );
}
const renderRow = (key: string) => <Row name={key} />;

const plain = (count: number): RowSpec[] =>
  Array.from({ length: count }, (_, index) => ({ key: `r${index}`, kind: 'row', level: 1, height: 36 }));

function tree(collapsed = false): RowSpec[] {
  const header: RowSpec = { key: 'H', kind: 'header', level: 1, height: 40, expanded: !collapsed };
  const children: RowSpec[] = [
    { key: 'p', kind: 'row', level: 2, height: 36, expanded: true },
    { key: 'c', kind: 'row', level: 3, height: 36 },
  ];
  return collapsed ? [header] : [header, ...children];
}

function show(rows: readonly RowSpec[], props: Partial<RowGridProps> = {}) {
  const ui = (next: readonly RowSpec[], more: Partial<RowGridProps> = {}) => (
    <main data-region="main" tabIndex={-1}>
      <div data-scroll-container="">
        <RowGrid label="Today" rows={next} renderRow={renderRow} {...props} {...more} />
      </div>
    </main>
  );
  const view = render(ui(rows));
  const change = (next: readonly RowSpec[], more?: Partial<RowGridProps>) => view.rerender(ui(next, more));
  return { change, ...view };
}

const rowNamed = (key: string) => {
  const row = document.querySelector<HTMLElement>(`[data-row-key="${key}"]`);
  if (!row) throw new Error(`row ${key} is not mounted`);
  return row;
};
const mountedKeys = () =>
  [...document.querySelectorAll<HTMLElement>('[data-row-key]')].map((row) => row.dataset['rowKey']);
const press = (key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });
const focusRow = (key: string) => act(() => rowNamed(key).focus());
const scrollTo = (top: number) => {
  scroller().scrollTop = top;
  fireEvent.scroll(scroller());
};

test('the grid tells its size and each row its place, though few are mounted', () => {
  show(plain(10_000));
  const grid = screen.getByRole('treegrid', { name: 'Today' });
  expect(grid.getAttribute('aria-rowcount')).toBe('10000');
  expect(screen.getAllByRole('row').length).toBeLessThan(40);
  expect(rowNamed('r4').getAttribute('aria-rowindex')).toBe('5');
  expect(grid.style.height).toBe('360000px');
});

test('rows of a tree tell level and expansion, rows of a flat grid do not', () => {
  const { unmount } = show(tree());
  expect(rowNamed('c').getAttribute('aria-level')).toBe('3');
  expect(rowNamed('p').getAttribute('aria-expanded')).toBe('true');
  expect(rowNamed('c').hasAttribute('aria-expanded')).toBe(false);
  unmount();
  show(plain(3), { flat: true });
  expect(screen.getByRole('grid')).toBeDefined();
  expect(rowNamed('r0').hasAttribute('aria-level')).toBe(false);
});

test('selection is exposed only where there is a selection', () => {
  const { unmount } = show(plain(2));
  expect(screen.getByRole('treegrid').hasAttribute('aria-multiselectable')).toBe(false);
  expect(rowNamed('r0').hasAttribute('aria-selected')).toBe(false);
  unmount();
  show(plain(2), { selectedKeys: new Set(['r1']) });
  expect(screen.getByRole('treegrid').getAttribute('aria-multiselectable')).toBe('true');
  expect(rowNamed('r0').getAttribute('aria-selected')).toBe('false');
  expect(rowNamed('r1').getAttribute('aria-selected')).toBe('true');
});

test('there is one tab stop, and it follows focus', () => {
  show(plain(50));
  const stops = () =>
    [...document.querySelectorAll<HTMLElement>('[role="row"], [role="row"] button')]
      .filter((element) => element.tabIndex === 0)
      .map((element) => element.dataset['rowKey']);
  expect(stops()).toEqual(['r0']);
  focusRow('r0');
  press('j');
  press('ArrowDown');
  expect(document.activeElement).toBe(rowNamed('r2'));
  expect(stops()).toEqual(['r2']);
});

test('End mounts and focuses a row far away, and scrolls to it', () => {
  show(plain(10_000));
  focusRow('r0');
  press('End');
  expect(document.activeElement).toBe(rowNamed('r9999'));
  expect(scroller().scrollTop).toBe(360_000 - VIEW);
});

test('the focused row stays mounted and focused when it is scrolled out, and navigation goes on from it', () => {
  show(plain(10_000));
  focusRow('r3');
  scrollTo(200_000);
  expect(mountedKeys()).toContain('r3');
  expect(mountedKeys()).toContain('r5556');
  expect(document.activeElement).toBe(rowNamed('r3'));
  press('ArrowDown');
  expect(document.activeElement).toBe(rowNamed('r4'));
  expect(scroller().scrollTop).toBeLessThan(200);
});

test('the header of the group in view stays mounted', () => {
  const group = (name: string): RowSpec[] => [
    { key: name, kind: 'header', level: 1, height: 40, expanded: true },
    ...Array.from(
      { length: 200 },
      (_, index): RowSpec => ({ key: `${name}${index}`, kind: 'row', level: 2, height: 36 }),
    ),
  ];
  show([...group('A'), ...group('B')]);
  scrollTo(4000);
  expect(mountedKeys()).toContain('A');
  scrollTo(9000);
  expect(mountedKeys()).toContain('B');
});

test('when the focused row goes, focus moves to the next row, at the end to the one before', () => {
  const { change } = show(plain(3));
  focusRow('r1');
  change(plain(3).filter((row) => row.key !== 'r1'));
  expect(document.activeElement).toBe(rowNamed('r2'));
  change(plain(1));
  expect(document.activeElement).toBe(rowNamed('r0'));
});

test('focus in a control of a row that goes moves to the next row', () => {
  const { change } = show(plain(3));
  act(() => screen.getByRole('button', { name: 'Second of r1' }).focus());
  change(plain(3).filter((row) => row.key !== 'r1'));
  expect(document.activeElement).toBe(rowNamed('r2'));
});

test('a change does not take focus from elsewhere', () => {
  const { change } = show(plain(3));
  focusRow('r1');
  act(() => document.querySelector<HTMLElement>('main')?.focus());
  change(plain(3).filter((row) => row.key !== 'r1'));
  expect(document.activeElement).toBe(document.querySelector('main'));
});

test('when the whole grid goes while focused, its region takes focus', async () => {
  function Vanishing() {
    const [gone, setGone] = useState(false);
    return (
      <main data-region="main" tabIndex={-1}>
        <div data-scroll-container="">
          {gone ? null : <RowGrid label="Today" rows={plain(1)} renderRow={renderRow} onAction={() => setGone(true)} />}
        </div>
      </main>
    );
  }
  render(<Vanishing />);
  focusRow('r0');
  press('Enter');
  await act(async () => Promise.resolve());
  expect(document.activeElement).toBe(document.querySelector('main'));
});

test('Tab walks the controls of the row, Shift+Tab and Escape lead back', () => {
  show(plain(3));
  focusRow('r1');
  press('Tab');
  expect(document.activeElement?.textContent).toBe('First of r1');
  press('Tab');
  expect(document.activeElement?.textContent).toBe('Second of r1');
  expect(press('Tab')).toBe(true);
  press('Tab', { shiftKey: true });
  expect(document.activeElement?.textContent).toBe('First of r1');
  press('Escape');
  expect(document.activeElement).toBe(rowNamed('r1'));
  expect(press('Escape')).toBe(true);
});

test('content can hand focus back to its row', () => {
  show(plain(3));
  fireEvent.click(screen.getByRole('button', { name: 'Second of r2' }));
  expect(document.activeElement).toBe(rowNamed('r2'));
});

test('actions and expansion are reported with the key of the row', () => {
  const onAction = vi.fn();
  const onToggleExpand = vi.fn();
  show(tree(), { onAction, onToggleExpand });
  focusRow('p');
  press('Enter');
  press(' ');
  press('F2');
  press('ArrowLeft');
  expect(onAction.mock.calls).toEqual([
    ['p', 'open'],
    ['p', 'peek'],
    ['p', 'rename'],
  ]);
  expect(onToggleExpand).toHaveBeenCalledWith('p', false);
});

test('a click opens the row, a click on its control does not', () => {
  const onAction = vi.fn();
  show(plain(2), { onAction });
  fireEvent.click(screen.getByRole('button', { name: 'First of r0' }));
  expect(onAction).not.toHaveBeenCalled();
  fireEvent.click(rowNamed('r0'));
  expect(onAction).toHaveBeenCalledWith('r0', 'open');
});

test('focus changes are reported, leaving included', () => {
  const onFocusChange = vi.fn();
  show(plain(2), { onFocusChange });
  focusRow('r0');
  press('j');
  act(() => document.querySelector<HTMLElement>('main')?.focus());
  expect(onFocusChange.mock.calls.map(([key]) => key)).toEqual(['r0', 'r1', null]);
});

test('typing in a row is left alone', () => {
  const renderInput = () => <input aria-label="Rename" />;
  const onAction = vi.fn();
  show(plain(2), { renderRow: renderInput, onAction });
  const input = screen.getAllByRole('textbox')[0];
  act(() => input?.focus());
  press('j');
  press(' ');
  press('Enter');
  press('Home');
  expect(document.activeElement).toBe(input);
  expect(onAction).not.toHaveBeenCalled();
});

test('content renders once, whatever moves around it', () => {
  const { change } = show(plain(20));
  focusRow('r2');
  press('j');
  change([{ key: 'new', kind: 'row', level: 1, height: 52 }, ...plain(20)]);
  scrollTo(100);
  for (let index = 0; index < 10; index++) expect(renders.get(`r${index}`)).toBe(1);
  expect(rowNamed('r0').style.top).toBe('52px');
});

test('rows arriving above what is read keep it in place', () => {
  const { change } = show(plain(1000));
  scrollTo(5000);
  change([{ key: 'new', kind: 'row', level: 1, height: 52 }, ...plain(1000)]);
  expect(scroller().scrollTop).toBe(5052);
});

test('rows of the same list glide and fade; those of another are there at once', () => {
  const moved: string[] = [];
  const animate = vi.fn(function (this: HTMLElement) {
    moved.push(this.dataset['rowKey'] ?? 'a copy of what leaves');
    return { onfinish: null, oncancel: null };
  });
  Object.assign(HTMLElement.prototype, { animate });
  try {
    const { change } = show(plain(3), { source: 'a list' });
    change(plain(3).slice(1));
    expect(moved.toSorted()).toEqual(['a copy of what leaves', 'r1', 'r2']);
    moved.length = 0;
    change(plain(3), { source: 'the list with another filter' });
    change(plain(3).slice(1), { source: 'and another' });
    expect(moved).toEqual([]);
  } finally {
    Reflect.deleteProperty(HTMLElement.prototype, 'animate');
  }
});
