/** What somebody wants to open is in code that cannot be fetched; the message is for them. */
export class MissingCode extends Error {
  constructor() {
    super('This part of Tend is not on this device yet. Try again when you are online.');
  }
}
