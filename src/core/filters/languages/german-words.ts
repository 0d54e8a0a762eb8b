import type { Comparison, DateField, DateValue, GroupKey, NumberField, SortKey } from '#core/filters/filter.ts';
import type { FilterWords } from './filter-words.ts';

const WEEKDAYS = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'];
const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const PERIODS = {
  week: ['letzte Woche', 'diese Woche', 'nächste Woche'],
  month: ['letzten Monat', 'diesen Monat', 'nächsten Monat'],
  year: ['letztes Jahr', 'dieses Jahr', 'nächstes Jahr'],
} as const;
const ENDS = { week: 'dieser Woche', month: 'dieses Monats', year: 'dieses Jahres' } as const;
/** Behind "in" and "vor". */
const UNITS = {
  day: ['Tag', 'Tagen'],
  workday: ['Werktag', 'Werktagen'],
  month: ['Monat', 'Monaten'],
  year: ['Jahr', 'Jahren'],
  hour: ['Stunde', 'Stunden'],
  minute: ['Minute', 'Minuten'],
} as const;

function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

function amount(count: number, unit: keyof typeof UNITS): string {
  const size = `${Math.abs(count)} ${UNITS[unit][Math.abs(count) === 1 ? 0 : 1]}`;
  return count < 0 ? `vor ${size}` : `in ${size}`;
}

function phraseOf(value: DateValue): string {
  switch (value.type) {
    case 'days':
      return daysPhrase(value);
    case 'weekday':
      return `am ${WEEKDAYS[value.weekday - 1] ?? ''}${value.isNext ? ' der nächsten Woche' : ''}`;
    case 'weekend':
      return value.isNext ? 'nächstes Wochenende' : 'dieses Wochenende';
    case 'period':
      return PERIODS[value.unit][value.offset + 1] ?? '';
    case 'end':
      return `am letzten Tag ${ENDS[value.unit]}`;
    case 'day': {
      const [year = '', month, day] = value.date.split('-');
      return `am ${Number(day)}. ${monthName(Number(month))} ${year}`;
    }
    case 'yearly':
      return `am ${value.day}. ${monthName(value.month)}`;
    case 'month':
      return `im ${monthName(value.month)}`;
    case 'week':
      return `in KW ${value.week}`;
    case 'workdays':
      return amount(value.count, 'workday');
    case 'months':
      return value.count % 12 === 0 ? amount(value.count / 12, 'year') : amount(value.count, 'month');
    case 'minutes':
      return value.count % 60 === 0 ? amount(value.count / 60, 'hour') : amount(value.count, 'minute');
  }
}

function daysPhrase({ from, to }: { from: number; to: number }): string {
  if (from !== to) {
    if (from === 0) return `in den nächsten ${to + 1} Tagen`;
    return to === 0 ? `in den letzten ${1 - from} Tagen` : `in den ${to - from + 1} Tagen vor heute`;
  }
  return (
    new Map([
      [0, 'heute'],
      [1, 'morgen'],
      [-1, 'gestern'],
    ]).get(from) ?? amount(from, 'day')
  );
}

const COMPARED: Readonly<Record<Exclude<Comparison, 'eq'>, string>> = {
  lt: 'früher als',
  le: 'spätestens',
  gt: 'später als',
  ge: 'frühestens',
};

const FIELDS: Readonly<Record<DateField, (when: string) => string>> = {
  date: (when) => `${when} geplant`,
  deadline: (when) => `mit Frist ${when}`,
  due: (when) => `${when} fällig`,
  created: (when) => `${when} angelegt`,
  updated: (when) => `${when} geändert`,
  completed: (when) => `${when} erledigt`,
};

function dateWords(field: DateField, op: Comparison, value: DateValue): string {
  const phrase = phraseOf(value);
  if (op !== 'eq') return FIELDS[field](`${COMPARED[op]} ${phrase}`);
  if (value.type !== 'minutes') return FIELDS[field](phrase);
  return FIELDS[field](value.count < 0 ? `seit ${phrase.slice('vor '.length)}` : `von jetzt an bis ${phrase}`);
}

const COUNTS: Readonly<Record<Comparison, string>> = {
  eq: '',
  lt: 'weniger als ',
  le: 'höchstens ',
  gt: 'mehr als ',
  ge: 'mindestens ',
};

function priorityWords(op: Comparison, value: number): string {
  const from = { eq: value, lt: 1, le: 1, gt: value + 1, ge: value }[op];
  const to = { eq: value, lt: value - 1, le: value, gt: 4, ge: 4 }[op];
  if (from > to) return 'mit gar keiner Priorität';
  if (op === 'eq' && value === 4) return 'ohne Priorität';
  return from === to ? `mit Priorität ${from}` : `mit Priorität ${from} bis ${to}`;
}

function numberWords(field: NumberField, op: Comparison, value: number): string {
  switch (field) {
    case 'priority':
      return priorityWords(op, value);
    case 'duration':
      return `mit Dauer ${COUNTS[op]}${value} ${value === 1 ? 'Minute' : 'Minuten'}`;
    case 'subtasks':
      return `mit ${COUNTS[op]}${value} ${value === 1 ? 'Unteraufgabe' : 'Unteraufgaben'}`;
    case 'comments':
      return `mit ${COUNTS[op]}${value} ${value === 1 ? 'Kommentar' : 'Kommentaren'}`;
  }
}

const KEYS: Readonly<Record<SortKey | Exclude<GroupKey, 'none'>, string>> = {
  manual: 'eigener Ordnung',
  date: 'Datum',
  due: 'Fälligkeit',
  deadline: 'Frist',
  priority: 'Priorität',
  title: 'Titel',
  created: 'Anlage',
  updated: 'Änderung',
  completed: 'Erledigung',
  duration: 'Dauer',
  project: 'Projekt',
  assignee: 'Person',
  section: 'Abschnitt',
  label: 'Etikett',
};

const ROLES = { assignee: 'zugewiesen an', assigner: 'zugewiesen von', creator: 'angelegt von' } as const;
const PEOPLE = {
  assignee: { me: 'mich', others: 'andere', nobody: 'niemanden' },
  assigner: { me: 'mir', others: 'anderen', nobody: 'niemandem' },
  creator: { me: 'mir', others: 'anderen', nobody: 'niemandem' },
} as const;

export const germanWords: FilterWords = {
  tasks: (said) => `Aufgaben: ${said}`,
  everything: 'Alle Aufgaben',
  and: 'und',
  or: 'oder',
  not: (said) => `nicht ${said}`,
  thenTasks: ', dann ',
  continued: (said) => said.replace(/^Alle\b/u, 'alle'),
  project: (name, descendants) => `in ${name}${descendants ? ' oder einem Projekt darunter' : ''}`,
  section: (name) => `im Abschnitt ${name}`,
  label: (name) => `mit Etikett ${name}`,
  anyOf: 'irgendein',
  person: (role, person) => `${ROLES[role]} ${typeof person === 'string' ? PEOPLE[role][person] : person.name}`,
  date: dateWords,
  overdue: 'überfällig',
  number: numberWords,
  flags: {
    all: 'beliebig',
    recurring: 'wiederkehrend',
    subtask: 'Unteraufgabe',
    parent: 'mit Unteraufgaben',
    assigned: 'jemandem zugewiesen',
    shared: 'in geteilten Projekten',
    evening: 'für den Abend',
    noDate: 'ohne Datum und Frist',
    noTime: 'ohne Uhrzeit',
    noDeadline: 'ohne Frist',
    noDuration: 'ohne Dauer',
    noLabels: 'ohne Etiketten',
    noSection: 'außerhalb von Abschnitten',
    hasReminder: 'mit Erinnerung',
    hasFile: 'mit Datei',
    hasComment: 'mit Kommentar',
    hasLink: 'mit Link',
    hasDescription: 'mit Beschreibung',
    done: 'erledigt',
    deleted: 'im Papierkorb',
    blocked: 'blockiert',
  },
  text: (where, text) => `mit „${text}“ im ${where === 'title' ? 'Titel' : 'Text'}`,
  sorted: (keys) =>
    `sortiert nach ${keys.map(({ key, descending }) => `${KEYS[key]}${descending ? ' (absteigend)' : ''}`).join(', dann ')}`,
  grouped: (key) => (key === 'none' ? 'nicht gruppiert' : `gruppiert nach ${KEYS[key]}`),
  limited: (limit) => `höchstens ${limit}`,
  with: { subtasks: 'mit ihren Unteraufgaben', parents: 'mit ihren Elternaufgaben' },
};
