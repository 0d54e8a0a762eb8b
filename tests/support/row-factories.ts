import type { Label } from '#core/labels/label.ts';
import { memberId, type Member } from '#core/projects/member.ts';
import type { Project } from '#core/projects/project.ts';
import type { Section } from '#core/sections/section.ts';
import { EMPTY_CONTENT } from '#core/tasks/task-content.ts';
import type { Task } from '#core/tasks/task.ts';
import { QUICK_ADD_DEFAULT, type Settings } from '#core/users/settings.ts';

const row = { rev: 1, createdAt: '2026-11-01T08:00:00.000Z', updatedAt: '2026-11-01T08:00:00.000Z' };

let made = 0;

/** Ids that are valid and differ; tests that read them aloud give their own. */
export function anId(): string {
  made++;
  return `01900000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`;
}

export function aTask(given: Partial<Task> = {}): Task {
  return {
    ...row,
    ...EMPTY_CONTENT,
    id: anId(),
    title: 'A task',
    projectId: 'inbox',
    sectionId: null,
    parentId: null,
    descriptionConflict: null,
    rank: 'a0',
    completedAt: null,
    completedBy: null,
    createdBy: 'me',
    deletedAt: null,
    ...given,
  };
}

export function aSection(given: Partial<Section> = {}): Section {
  return {
    ...row,
    id: anId(),
    name: 'A section',
    collapsed: false,
    wipLimit: null,
    projectId: 'inbox',
    rank: 'a0',
    deletedAt: null,
    ...given,
  };
}

export function aProject(given: Partial<Project> = {}): Project {
  return {
    ...row,
    id: anId(),
    name: 'A project',
    color: 'slate',
    icon: null,
    view: null,
    parentId: null,
    rank: 'a0',
    inbox: false,
    createdBy: 'me',
    archivedAt: null,
    deletedAt: null,
    ...given,
  };
}

export function aMember(given: Pick<Member, 'projectId' | 'userId'> & Partial<Member>): Member {
  return {
    ...row,
    id: memberId(given.projectId, given.userId),
    username: given.userId,
    displayName: given.userId,
    role: 'owner',
    ...given,
  };
}

export function aLabel(given: Partial<Label> = {}): Label {
  return { ...row, id: anId(), userId: 'me', name: 'label', color: 'teal', rank: 'a0', ...given };
}

export function someSettings(given: Partial<Settings> = {}): Settings {
  return {
    ...row,
    id: 'me',
    userId: 'me',
    timeZone: 'Europe/Berlin',
    locale: 'en-GB',
    weekStart: 1,
    dayStart: 0,
    quickAdd: QUICK_ADD_DEFAULT,
    theme: 'system',
    homeView: 'today',
    singleKeyShortcuts: true,
    ...given,
  };
}
