import { CornerDownRight, Inbox } from 'lucide-react';
import { byRank } from '#core/ordering.ts';
import { memberId } from '#core/projects/member.ts';
import { can } from '#core/projects/role.ts';
import type { Section } from '#core/sections/section.ts';
import { allNodes, isListed, projectTree } from '#web/projects/project-tree.ts';
import type { Replica } from '#web/replica/replica.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import type { Choice } from './choice-list.tsx';

export interface PlaceChoice extends Choice {
  readonly projectId: string;
  readonly sectionId: string | null;
}

/** Where tasks can be moved: the inbox, then the projects as in the sidebar, each with its sections. */
export function placeChoices(
  replica: Replica,
  current: { projectId: string; sectionId: string | null },
): PlaceChoice[] {
  const projects = [...replica.all('project').values()];
  const inbox = projects.filter((project) => project.inbox);
  const listed = allNodes(projectTree(projects.filter(isListed))).map((node) => node.project);
  return [...inbox, ...listed]
    .filter((project) => canWrite(replica, project.id))
    .flatMap((project) => {
      const own: PlaceChoice = {
        id: project.id,
        label: project.name,
        icon: project.inbox ? <Inbox className="size-4" /> : <ColorDot color={project.color} />,
        projectId: project.id,
        sectionId: null,
        checked: project.id === current.projectId && current.sectionId === null,
      };
      const sections = liveSections(replica, project.id).map(
        (section): PlaceChoice => ({
          id: section.id,
          label: section.name,
          path: project.name,
          icon: <CornerDownRight className="size-4" />,
          projectId: project.id,
          sectionId: section.id,
          checked: section.id === current.sectionId,
        }),
      );
      return [own, ...sections];
    });
}

function liveSections(replica: Replica, projectId: string): Section[] {
  return replica
    .list('projectSections', projectId)
    .filter((section) => section.deletedAt === null)
    .sort(byRank);
}

function canWrite(replica: Replica, projectId: string): boolean {
  const member = replica.get('member', memberId(projectId, replica.account.userId));
  return member !== undefined && can(member.role, 'task.write');
}
