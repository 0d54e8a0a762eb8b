import { expect, test } from 'vitest';
import type { Project } from '#core/projects/project.ts';
import {
  allNodes,
  isListed,
  possibleParents,
  projectTree,
  rankForMove,
  splitShared,
  visibleNodes,
  type ProjectNode,
} from './project-tree.ts';

function aProject(id: string, given: Partial<Project> = {}): Project {
  return {
    id,
    rev: 1,
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    name: id,
    color: 'slate',
    icon: null,
    view: null,
    parentId: null,
    rank: 'a0',
    inbox: false,
    createdBy: 'u',
    archivedAt: null,
    deletedAt: null,
    ...given,
  };
}

const outline = (nodes: readonly ProjectNode[]) => allNodes(nodes).map((node) => `${node.depth}${node.project.id}`);

test('the tree is in manual order on each level', () => {
  const tree = projectTree([
    aProject('b', { rank: 'a2' }),
    aProject('b2', { parentId: 'b', rank: 'a1' }),
    aProject('a', { rank: 'a1' }),
    aProject('b1', { parentId: 'b', rank: 'a0' }),
  ]);
  expect(outline(tree)).toEqual(['1a', '1b', '2b1', '2b2']);
});

test('a project whose parent cannot be seen stands at the top', () => {
  expect(outline(projectTree([aProject('child', { parentId: 'gone' })]))).toEqual(['1child']);
});

test('a ring of projects stays reachable, and every device cuts it at the same place', () => {
  const ring = [
    aProject('c', { parentId: 'b' }),
    aProject('a', { parentId: 'c' }),
    aProject('b', { parentId: 'a' }),
    aProject('hanging', { parentId: 'b' }),
  ];
  expect(outline(projectTree(ring))).toEqual(['1a', '2b', '3c', '3hanging']);
  expect(outline(projectTree(ring.toReversed()))).toEqual(['1a', '2b', '3c', '3hanging']);
});

test('a closed project hides what is below it', () => {
  const tree = projectTree([aProject('a'), aProject('b', { parentId: 'a' }), aProject('c', { parentId: 'b' })]);
  expect(visibleNodes(tree, new Set(['b'])).map((node) => node.project.id)).toEqual(['a', 'b']);
});

test('the inbox, archived projects and the trash are not listed', () => {
  expect(isListed(aProject('a'))).toBe(true);
  expect(isListed(aProject('a', { inbox: true }))).toBe(false);
  expect(isListed(aProject('a', { archivedAt: '2026-11-01T00:00:00.000Z' }))).toBe(false);
  expect(isListed(aProject('a', { deletedAt: '2026-11-01T00:00:00.000Z' }))).toBe(false);
});

test('a project can go below any project outside its own branch, four levels deep in all', () => {
  const tree = projectTree([
    aProject('a'),
    aProject('b', { parentId: 'a' }),
    aProject('c', { parentId: 'b' }),
    aProject('d', { parentId: 'c' }),
    aProject('x', { rank: 'a1' }),
    aProject('y', { parentId: 'x' }),
  ]);
  expect(possibleParents(tree, 'y').map((node) => node.project.id)).toEqual(['a', 'b', 'c', 'x']);
  expect(possibleParents(tree, 'x').map((node) => node.project.id)).toEqual(['a', 'b']);
  expect(possibleParents(tree, 'a')).toEqual([]);
});

test('moving changes the place among the siblings and nothing at either end', () => {
  const projects = ['a', 'b', 'c', 'd'].map((id, index) => aProject(id, { rank: `a${index}` }));
  const after = (id: string, direction: Parameters<typeof rankForMove>[2]) => {
    const rank = rankForMove(projectTree(projects), id, direction);
    return outline(projectTree(projects.map((each) => (each.id === id ? { ...each, rank: rank ?? each.rank } : each))));
  };
  expect(after('c', 'up')).toEqual(['1a', '1c', '1b', '1d']);
  expect(after('b', 'down')).toEqual(['1a', '1c', '1b', '1d']);
  expect(after('d', 'top')).toEqual(['1d', '1a', '1b', '1c']);
  expect(after('a', 'bottom')).toEqual(['1b', '1c', '1d', '1a']);
  expect(rankForMove(projectTree(projects), 'a', 'up')).toBeNull();
  expect(rankForMove(projectTree(projects), 'd', 'bottom')).toBeNull();
});

test('a branch is shared when its root is', () => {
  const tree = projectTree([aProject('a'), aProject('a1', { parentId: 'a' }), aProject('b', { rank: 'a1' })]);
  const { own, shared } = splitShared(tree, (id) => id === 'a');
  expect(outline(own)).toEqual(['1b']);
  expect(outline(shared)).toEqual(['1a', '2a1']);
});
