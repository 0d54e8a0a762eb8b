import { byRank, rankBetween } from '#core/ordering.ts';
import { PROJECT_DEPTH_MAX, type Project } from '#core/projects/project.ts';

export interface ProjectNode {
  readonly project: Project;
  /** 1 at the top. */
  readonly depth: number;
  readonly children: readonly ProjectNode[];
}

/** Whether a project is part of the tree of projects: neither the inbox nor archived nor in the trash. */
export function isListed(project: Project): boolean {
  return !project.inbox && project.archivedAt === null && project.deletedAt === null;
}

/**
 * The projects as a tree, each level in manual order. A project whose parent is not among them stands at the top,
 * and so does one of a ring, which two devices can make by moving at the same time: nothing may become unreachable.
 */
export function projectTree(projects: Iterable<Project>): readonly ProjectNode[] {
  const byId = new Map<string, Project>();
  for (const project of projects) byId.set(project.id, project);
  const childrenOf = new Map<string | null, Project[]>();
  for (const project of byId.values()) {
    const parentId = parentIn(byId, project);
    const siblings = childrenOf.get(parentId);
    if (siblings) siblings.push(project);
    else childrenOf.set(parentId, [project]);
  }
  const grow = (parentId: string | null, depth: number): ProjectNode[] =>
    (childrenOf.get(parentId) ?? [])
      .sort(byRank)
      .map((project) => ({ project, depth, children: grow(project.id, depth + 1) }));
  return grow(null, 1);
}

function parentIn(byId: ReadonlyMap<string, Project>, project: Project): string | null {
  const parent = project.parentId === null ? undefined : byId.get(project.parentId);
  if (!parent) return null;
  const seen = new Set([project.id]);
  for (let above: Project | undefined = parent; above; above = byId.get(above.parentId ?? '')) {
    // The smallest id of a ring is cut loose, so that every device shows the same tree.
    if (above.id === project.id) return [...seen].sort()[0] === project.id ? null : parent.id;
    if (seen.has(above.id)) break;
    seen.add(above.id);
  }
  return parent.id;
}

/** The tree from top to bottom as it is shown, without what is below a closed node. */
export function visibleNodes(tree: readonly ProjectNode[], closed: ReadonlySet<string>): ProjectNode[] {
  return tree.flatMap((node) => [node, ...(closed.has(node.project.id) ? [] : visibleNodes(node.children, closed))]);
}

export function allNodes(tree: readonly ProjectNode[]): ProjectNode[] {
  return visibleNodes(tree, new Set());
}

export function findNode(tree: readonly ProjectNode[], id: string): ProjectNode | undefined {
  return allNodes(tree).find((node) => node.project.id === id);
}

/** Levels that a node needs, itself included. */
function heightOf(node: ProjectNode): number {
  return 1 + Math.max(0, ...node.children.map(heightOf));
}

/** Where a project can be placed: below any project that is neither itself nor below it, as deep as the tree may be. */
export function possibleParents(tree: readonly ProjectNode[], id: string): ProjectNode[] {
  const moving = findNode(tree, id);
  if (!moving) return [];
  const own = new Set(allNodes([moving]).map((node) => node.project.id));
  const height = heightOf(moving);
  return allNodes(tree).filter(
    (node) => !own.has(node.project.id) && node.depth + height <= PROJECT_DEPTH_MAX && node.project.id !== id,
  );
}

export type MoveDirection = 'up' | 'down' | 'top' | 'bottom';

/** The rank that moves a project among its siblings; null where it already is at that end. */
export function rankForMove(tree: readonly ProjectNode[], id: string, direction: MoveDirection): string | null {
  const siblings = siblingsOf(tree, id);
  const index = siblings.findIndex((project) => project.id === id);
  const last = siblings.length - 1;
  const up = direction === 'up' || direction === 'top';
  if (index < 0 || index === (up ? 0 : last)) return null;
  const rankAt = (at: number): string | null => siblings[at]?.rank ?? null;
  switch (direction) {
    case 'top':
      return rankBetween(null, rankAt(0));
    case 'bottom':
      return rankBetween(rankAt(last), null);
    case 'up':
      return rankBetween(rankAt(index - 2), rankAt(index - 1));
    case 'down':
      return rankBetween(rankAt(index + 1), rankAt(index + 2));
  }
}

function siblingsOf(tree: readonly ProjectNode[], id: string): readonly Project[] {
  const levels = [tree, ...allNodes(tree).map((node) => node.children)];
  const level = levels.find((nodes) => nodes.some((node) => node.project.id === id)) ?? [];
  return level.map((node) => node.project);
}

/** Projects of mine and those that others are in as well; a branch goes where its root goes. */
export function splitShared(
  tree: readonly ProjectNode[],
  isShared: (projectId: string) => boolean,
): { readonly own: readonly ProjectNode[]; readonly shared: readonly ProjectNode[] } {
  return {
    own: tree.filter((node) => !isShared(node.project.id)),
    shared: tree.filter((node) => isShared(node.project.id)),
  };
}
