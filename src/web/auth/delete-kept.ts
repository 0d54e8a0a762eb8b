import { deleteStorage } from '#web/replica/storage/open-storage.ts';
import { deviceNotes } from '#web/ui/device-notes.ts';

/** Removes everything that this browser keeps of an account: its databases, and notes named after it. */
export async function deleteKept(userId: string): Promise<void> {
  deleteNotes(userId);
  await deleteStorage(userId);
  // What a tab that was about to end still noted meanwhile.
  deleteNotes(userId);
}

function deleteNotes(userId: string): void {
  for (const name of deviceNotes.names()) {
    if (name.startsWith('tend.') && name.endsWith(`.${userId}`)) deviceNotes.write(name, null);
  }
}
