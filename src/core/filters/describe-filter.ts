import type { DateTerm, Expression, Filter, NameRef, Pane, Term } from './filter.ts';
import type { FilterNames } from './filter-context.ts';
import { englishWords } from './languages/english-words.ts';
import type { FilterWords } from './languages/filter-words.ts';
import { germanWords } from './languages/german-words.ts';
import { indexFor, type NameKind } from './name-index.ts';

/** What a filter shows, as a sentence in the language of the locale, or else in English. */
export function describeFilter(filter: Filter, names: FilterNames, locale: string): string {
  const words = /^de(?:-|$)/iu.test(locale) ? germanWords : englishWords;
  const describer = new Describer(words, names);
  const said = filter.panes.map((pane) => describer.pane(pane));
  return said.map((pane, index) => (index === 0 ? pane : words.continued(pane))).join(words.thenTasks);
}

class Describer {
  readonly #words: FilterWords;
  readonly #names: FilterNames;

  constructor(words: FilterWords, names: FilterNames) {
    this.#words = words;
    this.#names = names;
  }

  pane({ title, where, sort, group, limit, with: relatives }: Pane): string {
    const words = this.#words;
    const isAll = where.kind === 'flag' && where.flag === 'all';
    const parts = [
      isAll ? words.everything : words.tasks(this.#expression(where)),
      ...(sort.length > 0 ? [words.sorted(sort)] : []),
      ...(group === null ? [] : [words.grouped(group)]),
      ...(limit === null ? [] : [words.limited(limit)]),
      ...relatives.map((each) => words.with[each]),
    ];
    return `${title === null ? '' : `${title}: `}${parts.join(', ')}`;
  }

  #expression(expression: Expression): string {
    const words = this.#words;
    switch (expression.kind) {
      case 'or':
        return expression.of.map((each) => this.#expression(each)).join(` ${words.or} `);
      case 'and':
        return expression.of.map((each) => this.#enclosed(each, each.kind === 'or')).join(` ${words.and} `);
      case 'not':
        return words.not(this.#enclosed(expression.of, expression.of.kind === 'or' || expression.of.kind === 'and'));
      default:
        return this.#term(expression);
    }
  }

  #enclosed(expression: Expression, isLoose: boolean): string {
    const said = this.#expression(expression);
    return isLoose ? `(${said})` : said;
  }

  #term(term: Term): string {
    const words = this.#words;
    switch (term.kind) {
      case 'project':
        return words.project(this.#name('project', term.name), term.descendants);
      case 'section':
        return words.section(this.#name('section', term.name));
      case 'label':
        return words.label(this.#name('label', term.name));
      case 'person':
        return words.person(
          term.role,
          typeof term.person === 'string' ? term.person : { name: this.#name('person', term.person) },
        );
      case 'date':
        return isOverdue(term) ? words.overdue : words.date(term.field, term.op, term.value);
      case 'number':
        return words.number(term.field, term.op, term.value);
      case 'flag':
        return words.flags[term.flag];
      case 'text':
        return words.text(term.in, term.text);
    }
  }

  #name(kind: NameKind, name: NameRef): string {
    if ('pattern' in name)
      return name.pattern.every((part) => part === '') ? this.#words.anyOf : name.pattern.join('…');
    const { nameById } = indexFor(kind, this.#names);
    const current = name.ids.map((id) => nameById.get(id)).find((each) => each !== undefined);
    return current ?? name.name;
  }
}

function isOverdue({ field, op, value }: DateTerm): boolean {
  return field === 'due' && op === 'lt' && value.type === 'days' && value.from === 0 && value.to === 0;
}
