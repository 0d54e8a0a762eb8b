import { deleteStorage } from '#web/replica/storage/open-storage.ts';

/** Removes everything that this browser keeps of an account: its databases, and notes named after it. */
export async function deleteKept(userId: string): Promise<void> {
  deleteNotes(userId);
  await deleteStorage(userId);
  // What a tab that was about to end still noted meanwhile.
  deleteNotes(userId);
}

function deleteNotes(userId: string): void {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith('tend.') && name.endsWith(`.${userId}`));
    for (const name of names) localStorage.removeItem(name);
  } catch {
    // Blocked: then there are none.
  }
}
