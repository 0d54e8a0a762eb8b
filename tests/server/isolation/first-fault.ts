/** In place of a list of faults: the first one ends the suite. */
export class FirstFault extends Error {
  override readonly name = 'FirstFault';
}

class FirstFaultOnly extends Array<string> {
  override push(...[fault]: string[]): never {
    throw new FirstFault(fault);
  }
}

export function faultList({ stopAtFirst }: { readonly stopAtFirst: boolean }): string[] {
  return stopAtFirst ? new FirstFaultOnly() : [];
}

/** How a world is looked at. */
export interface WorldOptions {
  readonly stopAtFirst?: boolean;
  readonly likelyRoutes?: string | undefined;
}
