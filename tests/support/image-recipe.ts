/** What a Dockerfile says, as far as ours goes: enough to perform its steps without a container engine. */
export interface ImageStage {
  readonly name: string;
  readonly base: string;
  readonly steps: readonly ImageStep[];
}

export type ImageStep =
  | {
      readonly kind: 'copy';
      readonly stage: string | undefined;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'env'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'command'; readonly words: readonly [string, ...string[]] }
  | { readonly kind: 'health'; readonly words: readonly [string, ...string[]] };

/** Throws on an instruction that it does not know: a step left out would make the test lie. */
export function readImageRecipe(text: string): readonly ImageStage[] {
  const stages: { name: string; base: string; steps: ImageStep[] }[] = [];
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, instruction = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      const [base = '', , name = ''] = rest.split(/\s+/);
      stages.push({ name, base, steps: [] });
    } else {
      const step = readStep(instruction, rest.trim());
      if (step) stages.at(-1)?.steps.push(step);
    }
  }
  return stages;
}

function readStep(instruction: string, rest: string): ImageStep | undefined {
  switch (instruction) {
    case 'COPY': {
      const words = rest.split(/\s+/);
      const stage = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
      return { kind: 'copy', stage, sources: words.slice(0, -1), target: words.at(-1) ?? '' };
    }
    case 'RUN':
      return { kind: 'run', command: rest };
    case 'ENV':
      return {
        kind: 'env',
        values: Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
      };
    case 'USER':
      return { kind: 'user', name: rest };
    case 'CMD':
      return { kind: 'command', words: JSON.parse(rest) as [string, ...string[]] };
    case 'HEALTHCHECK':
      return { kind: 'health', words: JSON.parse(rest.slice(rest.indexOf('['))) as [string, ...string[]] };
    // All stages work in /app; the others say something to the engine only.
    case 'WORKDIR':
    case 'VOLUME':
    case 'EXPOSE':
      return undefined;
    default:
      throw new Error(`The Dockerfile has an instruction that this reader does not know: ${instruction}`);
  }
}
