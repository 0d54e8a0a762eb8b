import { type Role, ROLES } from '#core/projects/role.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { useMembers } from './use-projects.ts';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  editor: 'Editor',
  commenter: 'Commenter',
  viewer: 'Viewer',
};

/** Who is in a project, and as what. */
export function MembersDialog({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const project = useRow('project', projectId);
  const { userId } = useReplica().account;
  const members = useMembers(projectId).toSorted(
    (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || (a.displayName < b.displayName ? -1 : 1),
  );
  return (
    <Dialog title={`Members of ${project?.name ?? 'project'}`} onClose={onClose}>
      <ul className="flex flex-col gap-1">
        {members.map((member) => (
          <li key={member.id} className="flex min-h-12 items-center gap-3">
            <Avatar name={member.displayName} decorative />
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate text-body font-medium">
                {member.displayName}
                {member.userId === userId ? <span className="font-normal text-fg-secondary"> (you)</span> : null}
              </span>
              <span className="truncate text-meta text-fg-secondary">@{member.username}</span>
            </span>
            <span className="text-body-sm text-fg-secondary">{ROLE_WORDS[member.role]}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
