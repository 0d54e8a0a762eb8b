import { createComment, deleteComment, restoreComment, updateComment } from './comments/comment-mutators.ts';
import { createFilter, deleteFilter, updateFilter } from './filters/saved-filter-mutators.ts';
import { createLabel, deleteLabel, updateLabel } from './labels/label-mutators.ts';
import type { Mutator } from './mutation/mutator.ts';
import { changeMemberRole, leaveProject, removeMember } from './projects/member-mutators.ts';
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
import { completeTask, completeTaskV1, skipOccurrence, uncompleteTask } from './tasks/completion-mutators.ts';
import { pauseRecurrence, resumeRecurrence } from './tasks/pause-mutators.ts';
import { deleteTask, duplicateTask, purgeTask, restoreTask } from './tasks/task-lifecycle-mutators.ts';
import { createTask, moveTask, reopenTask, updateTask } from './tasks/task-mutators.ts';
import { undo } from './undo/undo-mutator.ts';
import { addFavourite, moveFavourite, removeFavourite, updateSettings } from './users/user-mutators.ts';

/** Everything that devices do on their own rows before the server does it on the truth. */
export const DEVICE_MUTATORS: readonly Mutator[] = [
  updateSettings,
  addFavourite,
  moveFavourite,
  removeFavourite,
  createLabel,
  updateLabel,
  deleteLabel,
  createFilter,
  updateFilter,
  deleteFilter,
  createProject,
  updateProject,
  moveProject,
  archiveProject,
  unarchiveProject,
  deleteProject,
  restoreProject,
  purgeProject,
  changeMemberRole,
  removeMember,
  leaveProject,
  createSection,
  updateSection,
  deleteSection,
  restoreSection,
  purgeSection,
  createTask,
  updateTask,
  describeTask,
  completeTask,
  completeTaskV1,
  skipOccurrence,
  uncompleteTask,
  pauseRecurrence,
  resumeRecurrence,
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

const byKey: ReadonlyMap<string, Mutator> = new Map(DEVICE_MUTATORS.map((mutator) => [mutator.key, mutator]));

/** The mutator of a wire name such as `task.create@1`. */
export function findDeviceMutator(key: string): Mutator | undefined {
  return byKey.get(key);
}
