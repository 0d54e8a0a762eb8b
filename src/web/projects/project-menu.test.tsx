import { expect, test } from 'vitest';
import type { Role } from '#core/projects/role.ts';
import { aMember, aProject, id } from '#tests/support/replica-fixture.ts';
import { anAccount } from '#tests/support/web-harness.tsx';
import type { Dialogs } from '#web/shell/dialogs.ts';
import { addProject, editProject } from './project-actions.ts';
import { projectMenu } from './project-menu.tsx';
import { projectTree } from './project-tree.ts';

const HOME = id(10);
const dialogs: Dialogs = { open: () => {}, close: () => {} };

function offered(role: Role, given: Parameters<typeof aProject>[0] = { id: HOME }): string[] {
  const project = aProject(given);
  const replica = anAccount([
    ['project', project],
    ['member', aMember(HOME, role)],
  ]);
  return projectMenu(project, { replica, dialogs, say: () => {} }).flatMap((section) =>
    section.items.map((item) => item.id),
  );
}

test('a menu offers what the role allows', () => {
  expect(offered('owner')).toEqual([
    'edit',
    'favourite',
    'add-below',
    'up',
    'down',
    'members',
    'link',
    'archive',
    'delete',
  ]);
  expect(offered('admin')).not.toContain('delete');
  expect(offered('editor')).toEqual(['edit', 'favourite', 'add-below', 'members', 'link']);
  expect(offered('viewer')).toEqual(['favourite', 'members', 'link']);
});

test('the inbox can neither be renamed nor moved nor archived nor deleted', () => {
  expect(offered('owner', { id: HOME, inbox: true })).toEqual(['favourite', 'link']);
});

test('an archived project can come back', () => {
  const menu = offered('owner', { id: HOME, archivedAt: '2026-11-01T08:00:00.000Z' });
  expect(menu).toContain('archive');
  expect(menu).not.toContain('up');
});

test('a new project stands at the end of its level, and an edit is one step of undo', () => {
  const replica = anAccount();
  const first = addProject(replica, { name: 'First', color: 'teal', parentId: null });
  const second = addProject(replica, { name: 'Second', color: 'ruby', parentId: null });
  const order = () =>
    projectTree([...replica.all('project').values()].filter((each) => !each.inbox)).map((node) => node.project.id);
  expect(order()).toEqual([first, second]);
  editProject(replica, second, { name: 'Child', color: 'sky', parentId: first });
  expect(replica.get('project', second)).toMatchObject({ name: 'Child', color: 'sky', parentId: first });
  replica.undo();
  expect(replica.get('project', second)).toMatchObject({ name: 'Second', color: 'ruby', parentId: null });
});
