import { type Static, Type } from 'typebox';
import { RoleName } from '#core/projects/member.ts';
import { Project } from '#core/projects/project.ts';
import type { Role } from '#core/projects/role.ts';

const { properties } = Project;

/** A project as one of its members sees it. */
export const WireProject = Type.Object(
  {
    id: properties.id,
    name: properties.name,
    color: properties.color,
    icon: properties.icon,
    view: properties.view,
    parentId: { ...properties.parentId, description: 'Null also when the reader may not see the parent' },
    rank: properties.rank,
    inbox: properties.inbox,
    role: { ...RoleName, description: 'Of the reader' },
    rev: properties.rev,
    createdAt: properties.createdAt,
    createdBy: properties.createdBy,
    updatedAt: properties.updatedAt,
    archivedAt: properties.archivedAt,
    deletedAt: properties.deletedAt,
  },
  { $id: 'Project', title: 'Project' },
);
export type WireProject = Static<typeof WireProject>;

export const ProjectRef = Type.Unsafe<WireProject>({ $ref: 'Project#' });

export interface SeenProject {
  readonly project: Project;
  readonly role: Role;
  readonly parentVisible: boolean;
}

export function presentProject({ project, role, parentVisible }: SeenProject): WireProject {
  return {
    id: project.id,
    name: project.name,
    color: project.color,
    icon: project.icon,
    view: project.view,
    parentId: parentVisible ? project.parentId : null,
    rank: project.rank,
    inbox: project.inbox,
    role,
    rev: project.rev,
    createdAt: project.createdAt,
    createdBy: project.createdBy,
    updatedAt: project.updatedAt,
    archivedAt: project.archivedAt,
    deletedAt: project.deletedAt,
  };
}
