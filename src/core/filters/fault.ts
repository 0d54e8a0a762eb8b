/** What can be wrong with a query. Closed, so that maps over it are total. */
export type FaultCode =
  | 'empty'
  | 'too_long'
  | 'too_deep'
  | 'missing_operator'
  | 'expected_term'
  | 'unknown_term'
  | 'bare_text'
  | 'expected_name'
  | 'unknown_name'
  | 'expected_value'
  | 'bad_value'
  | 'unclosed_parenthesis'
  | 'unopened_parenthesis'
  | 'unclosed_quote'
  | 'comma_in_parentheses'
  | 'bad_modifier'
  | 'modifier_place'
  | 'repeated_modifier';

/** An edit of the query: replaces [start, end) with `text`. */
export interface Fix {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a query is wrong, as [start, end) in UTF-16 code units, and what may have been meant. */
export interface Fault {
  readonly code: FaultCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** The likeliest first. */
  readonly fixes: readonly Fix[];
}

/** More faults than this help nobody. */
export const FAULTS_MAX = 20;
