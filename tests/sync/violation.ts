/** An invariant of synchronisation does not hold: what the harness looks for. */
export class Violation extends Error {
  override readonly name = 'Violation';
}
