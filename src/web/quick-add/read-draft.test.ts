import { expect, test } from 'vitest';
import { QUICK_ADD_DEFAULT } from '#core/users/settings.ts';
import { aMember, ANA, aProject, aReplica, id } from '#tests/support/replica-fixture.ts';
import { EMPTY_DRAFT } from './draft.ts';
import { readDraft } from './read-draft.ts';

const [WORK, HOME] = [id(11), id(12)];
const BEN = { ...ANA, userId: id(2), username: 'ben', displayName: 'Ben' };
const base = {
  place: { projectId: WORK, sectionId: null, parentId: null },
  content: { deadline: '2026-11-20', duration: 30, assigneeId: BEN.userId, priority: 2 as const },
};
const replica = aReplica([
  ['project', aProject({ id: WORK, name: 'Work' })],
  ['member', aMember(WORK)],
  ['member', aMember(WORK, 'editor', BEN)],
  ['project', aProject({ id: HOME, name: 'Home' })],
  ['member', aMember(HOME)],
]);
const day = { today: '2026-11-18', timeZone: 'Europe/Berlin', weekStart: 1, dayStart: 0 };
const calendar = { ...day, locale: 'en-GB', words: 'en-GB' };
const reader = { replica, calendar, settings: QUICK_ADD_DEFAULT, now: Date.parse('2026-11-18T09:00:00Z') };

test('what is written goes before what the place begins with, and so does what was chosen to be nothing', () => {
  expect(readDraft({ ...EMPTY_DRAFT, text: 'Buy milk' }, base, reader).task).toMatchObject(base.content);
  const chosen = { deadline: null, duration: null, assigneeId: null };
  expect(readDraft({ ...EMPTY_DRAFT, text: 'Buy milk !1', chosen }, base, reader).task).toMatchObject({
    ...chosen,
    priority: 1,
  });
});

test('nobody is assigned where they are no member', () => {
  expect(readDraft({ ...EMPTY_DRAFT, text: 'Buy milk #Home' }, base, reader).task.assigneeId).toBeNull();
});
