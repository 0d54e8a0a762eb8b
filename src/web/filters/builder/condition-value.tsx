import { useState } from 'react';
import { DURATION_MAX } from '#core/quick-add/time-phrases.ts';
import { fieldOf } from '#core/filters/builder-terms.ts';
import type { DateTerm, NameRef, NumberTerm, PersonTerm, Term } from '#core/filters/filter.ts';
import type { NameKind } from '#core/filters/name-index.ts';
import { Select } from '#web/ui/select.tsx';
import type { UserFilterContext } from '#web/filters/use-filter-context.ts';
import { flagOptions } from './builder-words.ts';
import { TypedField } from './typed-field.tsx';
import { dateKey, dateOptions, nameKey, nameOptions, readDate, spelledDate } from './value-options.ts';

interface ConditionValueProps<T extends Term = Term> {
  term: T;
  context: UserFilterContext;
  onChange: (term: Term) => void;
}

/** What a condition compares with. */
export function ConditionValue({ term, context, onChange }: ConditionValueProps) {
  switch (term.kind) {
    case 'project':
    case 'section':
    case 'label':
      return (
        <NameValue
          kind={term.kind}
          name={term.name}
          context={context}
          onChange={(name) => onChange({ ...term, name })}
        />
      );
    case 'person':
      return <PersonValue term={term} context={context} onChange={onChange} />;
    case 'date':
      return <DateValueField term={term} context={context} onChange={onChange} />;
    case 'number':
      return <NumberValue term={term} onChange={onChange} />;
    case 'text':
      return (
        <TypedField
          label="Value"
          value={term.text || null}
          spell={String}
          read={(typed) => typed.trim() || null}
          onChange={(text) => onChange({ ...term, text })}
          hint="Text"
        />
      );
    case 'flag': {
      const field = fieldOf(term);
      if (field !== 'is' && field !== 'has') return null;
      const options = flagOptions(field, term.flag);
      return (
        <Select
          label="Value"
          labelHidden
          value={term.flag}
          options={options}
          onChange={(flag) => onChange({ ...term, flag })}
        />
      );
    }
  }
}

interface NameValueProps {
  kind: NameKind;
  name: NameRef;
  context: UserFilterContext;
  onChange: (name: NameRef) => void;
}

function NameValue({ kind, name, context, onChange }: NameValueProps) {
  const options = nameOptions(kind, name, context);
  return (
    <Select
      label="Value"
      labelHidden
      value={nameKey(name)}
      options={options}
      onChange={(key) => {
        const chosen = options.find(({ value }) => value === key);
        if (chosen) onChange(chosen.meaning);
      }}
    />
  );
}

function PersonValue({ term, context, onChange }: ConditionValueProps<PersonTerm>) {
  const { person, role } = term;
  const people = nameOptions('person', typeof person === 'string' ? null : person, context);
  const options = [
    { value: 'me', label: 'me' },
    { value: 'others', label: 'others' },
    ...(role === 'assignee' ? [{ value: 'nobody', label: 'nobody' }] : []),
    ...people,
  ];
  return (
    <Select
      label="Value"
      labelHidden
      value={typeof person === 'string' ? person : nameKey(person)}
      options={options}
      onChange={(key) => {
        const chosen = people.find(({ value }) => value === key)?.meaning;
        if (chosen) onChange({ ...term, person: chosen });
        else if (key === 'me' || key === 'others' || key === 'nobody') onChange({ ...term, person: key });
      }}
    />
  );
}

const ANOTHER = 'another';

function DateValueField({ term, context, onChange }: ConditionValueProps<DateTerm>) {
  const { locale } = context;
  const [isWriting, setWriting] = useState(false);
  const options = dateOptions(term.field, term.value, locale);
  if (isWriting)
    return (
      <TypedField
        label="Value"
        value={term.value}
        spell={(value) => spelledDate(value, locale)}
        read={(text) => readDate(text, locale)}
        onChange={(value) => onChange({ ...term, value })}
        hint="24 dec, next friday, 3 days"
        autoFocus
        onLeave={() => setWriting(false)}
      />
    );
  return (
    <Select
      label="Value"
      labelHidden
      value={dateKey(term.value)}
      options={[...options, { value: ANOTHER, label: 'Another date…' }]}
      onChange={(key) => {
        const chosen = options.find(({ value }) => value === key);
        if (chosen) onChange({ ...term, value: chosen.meaning });
        else setWriting(true);
      }}
    />
  );
}

const PRIORITIES = ['1', '2', '3', '4'].map((value) => ({
  value,
  label: value === '4' ? 'No priority' : `Priority ${value}`,
}));

function NumberValue({ term, onChange }: Omit<ConditionValueProps<NumberTerm>, 'context'>) {
  if (term.field === 'priority')
    return (
      <Select
        label="Value"
        labelHidden
        value={String(term.value)}
        options={PRIORITIES}
        onChange={(value) => onChange({ ...term, value: Number(value) })}
      />
    );
  const isDuration = term.field === 'duration';
  return (
    <TypedField
      label={isDuration ? 'Value in minutes' : 'Value'}
      value={term.value}
      spell={String}
      read={(text) => readCount(text, isDuration ? DURATION_MAX : 999_999)}
      onChange={(value) => onChange({ ...term, value })}
      hint={isDuration ? 'Minutes' : 'A number'}
      inputMode="numeric"
    />
  );
}

function readCount(text: string, max: number): number | null {
  const count = /^\s*\d{1,6}\s*$/u.test(text) ? Number(text) : null;
  return count !== null && count <= max ? count : null;
}
