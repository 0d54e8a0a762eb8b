import type { Kind } from '#core/rows.ts';
import { memberId } from '#core/projects/member.ts';
import { can } from '#core/projects/role.ts';
import type { Project } from '#core/projects/project.ts';
import type { QuickAddContext } from '#core/quick-add/quick-add.ts';
import { byRank } from '#core/ordering.ts';
import { isListed } from '#web/projects/project-tree.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { Made } from './draft.ts';

type Names = Pick<QuickAddContext, 'projects' | 'sections' | 'labels' | 'members'>;

const KINDS: readonly Kind[] = ['project', 'section', 'label', 'member'];
const kept = new WeakMap<Replica, { names: Names | null }>();

/** Everything that a line can name: the same lists until one of their rows changes, for the parser's index of them. */
export function namesIn(replica: Replica): Names {
  let cell = kept.get(replica);
  if (!cell) {
    const fresh: { names: Names | null } = { names: null };
    for (const kind of KINDS) replica.subscribeKind(kind, () => (fresh.names = null));
    kept.set(replica, fresh);
    cell = fresh;
  }
  cell.names ??= readNames(replica);
  return cell.names;
}

function readNames(replica: Replica): Names {
  const { userId } = replica.account;
  const projects = [...replica.all('project').values()].filter((each) => isListed(each) && mayWrite(replica, each));
  const sections = [...replica.all('section').values()].filter(({ deletedAt }) => deletedAt === null);
  return {
    projects: projects.sort(byRank),
    sections: sections.sort(byRank),
    labels: [...replica.list('userLabels', userId)].sort(byRank),
    members: [...replica.all('member').values()],
  };
}

function mayWrite(replica: Replica, { id }: Project): boolean {
  const role = replica.get('member', memberId(id, replica.account.userId))?.role;
  return role !== undefined && can(role, 'task.write');
}

/** The names with what is made together with the task. */
export function namesWith(replica: Replica, made: readonly Made[]): Names {
  const names = namesIn(replica);
  if (made.length === 0) return names;
  const { userId, username, displayName } = replica.account;
  const projects = made.filter(({ kind }) => kind === 'project');
  const sections = made.flatMap(({ kind, id, name, projectId }) =>
    kind === 'section' && projectId !== undefined ? [{ id, name, projectId }] : [],
  );
  return {
    ...names,
    projects: [...names.projects, ...projects],
    sections: [...names.sections, ...sections],
    members: [...names.members, ...projects.map(({ id }) => ({ projectId: id, userId, username, displayName }))],
  };
}
