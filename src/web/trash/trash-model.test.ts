import { expect, test } from 'vitest';
import type { Project } from '#core/projects/project.ts';
import type { Section } from '#core/sections/section.ts';
import type { Task } from '#core/tasks/task.ts';
import { daysLeft, trashItems } from './trash-model.ts';

const MON = '2026-11-16T10:00:00.000Z';
const TUE = '2026-11-17T10:00:00.000Z';

const project = (id: string, deletedAt: string | null = null, given: Partial<Project> = {}) =>
  ({ id, name: `Project ${id}`, inbox: false, deletedAt, ...given }) as Project;
const section = (id: string, projectId: string, deletedAt: string | null = null) =>
  ({ id, name: `Section ${id}`, projectId, deletedAt }) as Section;
const task = (id: string, deletedAt: string | null, given: Partial<Task> = {}) =>
  ({ id, title: `Task ${id}`, projectId: 'p', sectionId: null, parentId: null, deletedAt, ...given }) as Task;

const listed = (source: { projects?: Project[]; sections?: Section[]; tasks?: Task[] }) =>
  trashItems({ projects: [project('p')], sections: [], tasks: [], ...source }).map(
    (item) => `${item.kind} ${item.id} ${item.contains}`,
  );

test('what was deleted last comes first', () => {
  expect(listed({ tasks: [task('a', MON), task('b', TUE), task('c', null)] })).toEqual(['task b 0', 'task a 0']);
});

test('subtasks that went with their task are counted, others are listed', () => {
  const tasks = [
    task('a', TUE),
    task('a1', TUE, { parentId: 'a' }),
    task('a11', TUE, { parentId: 'a1' }),
    task('a2', MON, { parentId: 'a' }),
    task('open', null),
    task('x', MON, { parentId: 'open' }),
  ];
  expect(listed({ tasks })).toEqual(['task a 2', 'task a2 0', 'task x 0']);
});

test('tasks that went with their section are counted there', () => {
  const tasks = [task('a', TUE, { sectionId: 's' }), task('b', MON, { sectionId: 's' })];
  expect(listed({ sections: [section('s', 'p', TUE), section('t', 'p')], tasks })).toEqual(['section s 1', 'task b 0']);
});

test('a deleted project stands for everything in it', () => {
  const tasks = [task('a', MON, { projectId: 'q' }), task('b', null, { projectId: 'q' })];
  expect(listed({ projects: [project('p'), project('q', TUE)], sections: [section('s', 'q', MON)], tasks })).toEqual([
    'project q 2',
  ]);
});

test('an item has thirty days from its deletion', () => {
  expect(daysLeft(MON, Date.parse(MON))).toBe(30);
  expect(daysLeft(MON, Date.parse('2026-12-15T11:00:00.000Z'))).toBe(1);
  expect(daysLeft(MON, Date.parse('2026-12-20T10:00:00.000Z'))).toBe(0);
});
