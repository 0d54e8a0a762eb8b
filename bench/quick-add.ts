/**
 * What the quick-add parser costs per keystroke: `node bench/quick-add.ts`. The line has 200 characters and nearly
 * everything that the grammar knows; the account has 200 projects, 400 sections, 300 labels and 50 people. Goal: 1 ms.
 */
import { formatQuickAdd } from '#core/quick-add/format-quick-add.ts';
import { parseQuickAdd } from '#core/quick-add/parse-quick-add.ts';
import type { QuickAddContext } from '#core/quick-add/quick-add.ts';

const ROUNDS = 2_000;

const named = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => ({ id: `${name} ${n}`, name: `${name} number ${n}` }));

function account(locale: string): QuickAddContext {
  const projects = named(200, 'Project');
  return {
    now: Date.UTC(2026, 10, 18, 9),
    timeZone: 'Europe/Berlin',
    locale,
    weekStart: 1,
    dayStart: 0,
    projectId: null,
    projects,
    sections: named(400, 'Section').map((each, n) => ({ ...each, projectId: `Project ${n % 200}` })),
    labels: named(300, 'Label'),
    members: named(50, 'Person').map(({ id, name }) => ({
      projectId: 'Project 7',
      userId: id,
      displayName: name,
      username: id,
    })),
  };
}

const filled = (text: string): string => text.padEnd(200, ' and more of the same words').slice(0, 200);

const LINES = {
  'plain words': ['en-GB', filled('Write down what was said at the meeting')],
  'every kind of token': [
    'en-GB',
    filled(
      'Review draft #Project number 7 /Section number 7 +Person number 3 @Label number 9 %new !1 !30m {10 dec} every 2 weeks on fri 9:00-9:45 until 2027-12-01 ',
    ),
  ],
  'dates that are only suggested': [
    'en-GB',
    filled('Friday demo with Friday about Friday or monthly report by nobody on Friday demo '.repeat(2)),
  ],
  German: [
    'de-DE',
    filled('Bericht jeden Mo, Mi und Fr um 18 Uhr bis 31.12. #Project number 7 !hoch @Label number 9 '),
  ],
  'two hundred symbols': ['en-GB', '# / @ % + ! " \\ { } '.repeat(10)],
} as const;

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

function timed(work: () => unknown): string {
  for (let n = 0; n < ROUNDS / 4; n++) work();
  const times = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  return `${quantile(times, 0.5).toFixed(3)} / ${quantile(times, 0.99).toFixed(3)}`;
}

const table = Object.fromEntries(
  Object.entries(LINES).map(([name, [locale, text]]) => {
    const context = account(locale);
    const { fields } = parseQuickAdd(text, context);
    return [
      name,
      {
        'parse, p50 / p99 ms': timed(() => parseQuickAdd(text, context)),
        'format, p50 / p99 ms': timed(() => formatQuickAdd(fields, context)),
      },
    ];
  }),
);
console.table(table);
const long = 'call mon, Tom @x "a" \\{ '.repeat(4_200);
const begin = performance.now();
parseQuickAdd(long, account('en-GB'));
console.log(`a line of ${long.length} characters: ${(performance.now() - begin).toFixed(0)} ms`);
