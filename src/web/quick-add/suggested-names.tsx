import { CornerDownRight, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { canBeProposed } from '#core/quick-add/names.ts';
import { PROJECT_NAME_MAX } from '#core/projects/project.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { swatchFor } from '#web/ui/swatches.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { NameKind, NameQuery } from './name-query.ts';
import { namesWith } from './names.ts';
import type { Made } from './draft.ts';

/** Something that a name being typed may mean. */
export interface SuggestedName {
  readonly kind: NameKind;
  /** Null makes it. */
  readonly id: string | null;
  readonly name: string;
  readonly icon: ReactNode;
  /** Nothing is missing of its name. */
  readonly isExact: boolean;
}

const SHOWN_MAX = 8;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly icon: () => ReactNode;
}

/** Names that begin with the text first, then those with a word that does, then those that contain it. */
export function suggestNames(
  replica: Replica,
  query: NameQuery,
  projectId: string,
  made: readonly Made[],
): SuggestedName[] {
  const wanted = folded(query.text);
  const all = namesOf(replica, query.kind, projectId, made);
  const ranked = all
    .map((each) => ({ ...each, place: placeOf(folded(each.name), wanted) }))
    .filter(({ place }) => place < 3)
    .sort((a, b) => a.place - b.place);
  const found = ranked.slice(0, SHOWN_MAX).map(({ id, name, icon }) => ({
    kind: query.kind,
    id,
    name,
    icon: icon(),
    isExact: folded(name) === wanted,
  }));
  const name = query.text.trim();
  const mayMake = query.kind === 'project' || query.kind === 'section';
  const isNew =
    mayMake && canBeProposed(name) && name.length <= PROJECT_NAME_MAX && !found.some((each) => each.isExact);
  const make = { kind: query.kind, id: null, name, icon: <Plus className="size-4" />, isExact: false };
  return isNew ? [...found, make] : found;
}

/** Whether something is called so, or will be when more is typed. */
export function beginsName(
  replica: Replica,
  { kind, text, projectId, made }: { kind: NameKind; text: string; projectId: string; made: readonly Made[] },
): boolean {
  const wanted = folded(text);
  return namesOf(replica, kind, projectId, made).some(({ name }) => folded(name).startsWith(wanted));
}

function namesOf(replica: Replica, kind: NameKind, projectId: string, made: readonly Made[]): readonly Named[] {
  const { projects, sections, labels, members } = namesWith(replica, made);
  switch (kind) {
    case 'project':
      return projects.map(({ id, name }) => {
        const color = replica.get('project', id)?.color ?? swatchFor(name);
        return { id, name, icon: () => <ColorDot color={color} /> };
      });
    case 'section':
      return sections
        .filter((each) => each.projectId === projectId)
        .map(({ id, name }) => ({ id, name, icon: () => <CornerDownRight className="size-4" /> }));
    case 'label':
      return labels.map(({ name }) => {
        const color = replica.list('userLabels', replica.account.userId).find((label) => label.name === name)?.color;
        return { id: name, name, icon: () => <ColorDot color={color ?? swatchFor(name)} /> };
      });
    case 'person':
      return members
        .filter((each) => each.projectId === projectId)
        .map(({ userId, displayName }) => ({
          id: userId,
          name: displayName,
          icon: () => <Avatar decorative size="sm" name={displayName} />,
        }));
  }
}

function placeOf(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 0;
  const at = name.indexOf(wanted);
  if (at < 0) return 3;
  return /[\p{L}\p{N}]/u.test(name.charAt(at - 1)) ? 2 : 1;
}

/** Without regard to case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trimStart();
}
