import {
  type Comparison,
  DATE_FIELDS,
  type DateField,
  type Flag,
  NUMBER_FIELDS,
  type NumberField,
  type PersonTerm,
  type Term,
} from './filter.ts';
import type { FilterNames } from './filter-context.ts';
import { indexFor, type NameKind } from './name-index.ts';

/** What a condition of the builder is about. `is` and `has`: the flags that are about nothing else. */
export const BUILDER_FIELDS = [
  'due',
  'date',
  'deadline',
  'time',
  'priority',
  'project',
  'section',
  'label',
  'assignee',
  'title',
  'search',
  'is',
  'has',
  'duration',
  'subtasks',
  'comments',
  'created',
  'updated',
  'completed',
  'creator',
  'assigner',
] as const;

export type BuilderField = (typeof BUILDER_FIELDS)[number];

/** `below`: in that project or below it. `unset`: has none. */
export type BuilderTest = Comparison | 'below' | 'unset';

/** Flags that say that something is not set. `noDate` is neither date nor deadline: no `due`. */
const UNSET = {
  due: 'noDate',
  deadline: 'noDeadline',
  time: 'noTime',
  duration: 'noDuration',
  label: 'noLabels',
  section: 'noSection',
} as const satisfies Partial<Record<BuilderField, Flag>>;

export const HAS_FLAGS = ['hasDescription', 'hasLink', 'hasComment', 'parent', 'hasFile', 'hasReminder'] as const;

export function isDateField(field: BuilderField): field is DateField {
  return (DATE_FIELDS as readonly string[]).includes(field);
}

export function isNumberField(field: BuilderField): field is NumberField {
  return (NUMBER_FIELDS as readonly string[]).includes(field);
}

export function fieldOf(term: Term): BuilderField {
  switch (term.kind) {
    case 'date':
    case 'number':
      return term.field;
    case 'person':
      return term.role;
    case 'text':
      return term.in;
    case 'flag':
      return fieldOfFlag(term.flag);
    default:
      return term.kind;
  }
}

function fieldOfFlag(flag: Flag): BuilderField {
  const unset = (Object.keys(UNSET) as (keyof typeof UNSET)[]).find((field) => UNSET[field] === flag);
  return unset ?? ((HAS_FLAGS as readonly Flag[]).includes(flag) ? 'has' : 'is');
}

export function testOf(term: Term): BuilderTest {
  if (term.kind === 'date' || term.kind === 'number') return term.op;
  if (term.kind === 'flag') return (Object.values(UNSET) as Flag[]).includes(term.flag) ? 'unset' : 'eq';
  return term.kind === 'project' && term.descendants ? 'below' : 'eq';
}

const COMPARISONS = ['eq', 'lt', 'le', 'gt', 'ge'] as const;

export function testsOf(field: BuilderField): readonly BuilderTest[] {
  if (field === 'time') return ['unset'];
  const tests: readonly BuilderTest[] =
    isDateField(field) || isNumberField(field) ? COMPARISONS : field === 'project' ? ['eq', 'below'] : ['eq'];
  return field in UNSET ? [...tests, 'unset'] : tests;
}

/** The same condition under another test of its field. Null when there is nothing that it could be compared with. */
export function withTest(term: Term, test: BuilderTest, names: FilterNames): Term | null {
  const field = fieldOf(term);
  if (testOf(term) === test) return term;
  if (test === 'unset') return { kind: 'flag', flag: UNSET[field as keyof typeof UNSET] };
  const compared = testOf(term) === 'unset' ? startTerm(field, names) : term;
  if (compared?.kind === 'project') return { ...compared, descendants: test === 'below' };
  if ((compared?.kind === 'date' || compared?.kind === 'number') && test !== 'below') return { ...compared, op: test };
  return compared;
}

const TODAY = { type: 'days', from: 0, to: 0 } as const;
const NUMBERS: Readonly<Record<NumberField, { readonly op: Comparison; readonly value: number }>> = {
  priority: { op: 'eq', value: 1 },
  duration: { op: 'le', value: 30 },
  subtasks: { op: 'ge', value: 1 },
  comments: { op: 'ge', value: 1 },
};

/** What a condition says as soon as its field is chosen. Null where nothing can be said before something is written or made. */
export function startTerm(field: BuilderField, names: FilterNames): Term | null {
  if (isDateField(field)) return { kind: 'date', field, op: 'eq', value: TODAY };
  if (isNumberField(field)) return { kind: 'number', field, ...NUMBERS[field] };
  switch (field) {
    case 'project':
    case 'section':
    case 'label':
      return startName(field, names);
    case 'assignee':
    case 'creator':
    case 'assigner':
      return { kind: 'person', role: field satisfies PersonTerm['role'], person: 'me' };
    case 'time':
      return { kind: 'flag', flag: UNSET.time };
    case 'is':
      return { kind: 'flag', flag: 'recurring' };
    case 'has':
      return { kind: 'flag', flag: 'hasDescription' };
    case 'search':
    case 'title':
      return null;
  }
}

/** A section or a label can be missing altogether: then that is what there is to say. */
function startName(kind: 'project' | 'section' | 'label', names: FilterNames): Term | null {
  const [name] = namesOf(kind, names);
  if (!name) return kind === 'project' ? null : { kind: 'flag', flag: UNSET[kind] };
  return kind === 'project' ? { kind, name, descendants: false } : { kind, name };
}

export interface OfferedName {
  readonly ids: readonly string[];
  readonly name: string;
}

/** Sections are meant by their name, wherever they are; of all else each thing is meant by itself. */
export function namesOf(kind: NameKind, names: FilterNames): readonly OfferedName[] {
  const { nameById, idsByName } = indexFor(kind, names);
  if (kind !== 'section') return [...nameById].map(([id, name]) => ({ ids: [id], name }));
  return [...idsByName.values()].map((ids) => ({ ids, name: nameById.get(ids[0] ?? '') ?? '' }));
}
