import { type Swatch, swatches } from '#web/ui/swatches.ts';
import type { PriorityLevel } from '#web/ui/task-checkbox.tsx';

export interface Item {
  readonly key: string;
  readonly title: string;
  readonly done: boolean;
  readonly priority: PriorityLevel;
  readonly label: Swatch | null;
  readonly level: number;
}

export const params = new URLSearchParams(location.search);
const COUNT = Number(params.get('count') ?? '60');
const titles = [
  'Buy milk and oat flakes',
  'Call Anna about the garden plan',
  'Review pull request for the sync engine',
  'Book train to Leipzig',
  'Water the tomatoes',
  'Prepare slides for Thursday',
  'Pay the electricity invoice before it is overdue and file the receipt with the others',
  'Stretch',
];

const titleOf = (index: number): string => titles[index % titles.length] ?? '';

class Store {
  items = new Map<string, Item>();
  listeners = new Set<() => void>();
  constructor() {
    for (let index = 0; index < COUNT; index++) {
      this.items.set(`t${index}`, {
        key: `t${index}`,
        title: COUNT > 100 ? `${titleOf(index)} ${index}` : titleOf(index),
        done: false,
        priority: ((index % 4) + 1) as PriorityLevel,
        label: index % 3 === 0 ? (swatches[index % swatches.length] ?? null) : null,
        level: index % 5 === 3 ? 3 : 2,
      });
    }
  }
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  patch(key: string, change: Partial<Item>) {
    const item = this.items.get(key);
    if (item) this.items.set(key, { ...item, ...change });
    for (const listener of this.listeners) listener();
  }
}

export const store = new Store();
