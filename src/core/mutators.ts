import { createComment, deleteComment, restoreComment, updateComment } from './comments/comment-mutators.ts';
import { createLabel, deleteLabel, updateLabel } from './labels/label-mutators.ts';
import type { Mutator } from './mutation/mutator.ts';
import { addMember, changeMemberRole, leaveProject, refreshMember, removeMember } from './projects/member-mutators.ts';
import {
  archiveProject,
  createProject,
  deleteProject,
  moveProject,
  purgeProject,
  restoreProject,
  unarchiveProject,
  updateProject,
} from './projects/project-mutators.ts';
import {
  createSection,
  deleteSection,
  purgeSection,
  restoreSection,
  updateSection,
} from './sections/section-mutators.ts';
import { describeTask } from './tasks/description-mutators.ts';
import { deleteTask, duplicateTask, purgeTask, restoreTask } from './tasks/task-lifecycle-mutators.ts';
import { completeTask, createTask, moveTask, reopenTask, updateTask } from './tasks/task-mutators.ts';
import { undo } from './undo/undo-mutator.ts';
import { addFavourite, moveFavourite, provisionUser, removeFavourite, updateSettings } from './users/user-mutators.ts';

/** Every mutator there is: the complete list of ways in which data can change. */
export const MUTATORS: readonly Mutator[] = [
  provisionUser,
  updateSettings,
  addFavourite,
  moveFavourite,
  removeFavourite,
  createLabel,
  updateLabel,
  deleteLabel,
  createProject,
  updateProject,
  moveProject,
  archiveProject,
  unarchiveProject,
  deleteProject,
  restoreProject,
  purgeProject,
  addMember,
  changeMemberRole,
  removeMember,
  leaveProject,
  refreshMember,
  createSection,
  updateSection,
  deleteSection,
  restoreSection,
  purgeSection,
  createTask,
  updateTask,
  describeTask,
  completeTask,
  reopenTask,
  moveTask,
  deleteTask,
  restoreTask,
  purgeTask,
  duplicateTask,
  createComment,
  updateComment,
  deleteComment,
  restoreComment,
  undo,
];

const byKey: ReadonlyMap<string, Mutator> = new Map(MUTATORS.map((mutator) => [mutator.key, mutator]));

/** The mutator of a wire name such as `task.create@1`. */
export function findMutator(key: string): Mutator | undefined {
  return byKey.get(key);
}
