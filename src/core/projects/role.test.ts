import { expect, test } from 'vitest';
import { can, PROJECT_ACTIONS, ROLES } from './role.ts';

test('the role table', () => {
  const table = Object.fromEntries(
    PROJECT_ACTIONS.map((action) => [action, ROLES.filter((role) => can(role, action))]),
  );
  expect(table).toEqual({
    'project.view': ['owner', 'admin', 'editor', 'commenter', 'viewer'],
    'comment.write': ['owner', 'admin', 'editor', 'commenter'],
    'task.write': ['owner', 'admin', 'editor'],
    'section.write': ['owner', 'admin', 'editor'],
    'project.edit': ['owner', 'admin', 'editor'],
    'comment.moderate': ['owner', 'admin'],
    'member.manage': ['owner', 'admin'],
    'project.manage': ['owner', 'admin'],
    'project.delete': ['owner'],
  });
});

test('a stronger role can do whatever a weaker one can', () => {
  for (const action of PROJECT_ACTIONS) {
    const allowed = ROLES.map((role) => can(role, action));
    expect(allowed).toEqual(allowed.toSorted((a, b) => Number(b) - Number(a)));
  }
});
