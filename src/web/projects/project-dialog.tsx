import { useMemo, useState } from 'react';
import { PROJECT_DEPTH_MAX, PROJECT_NAME_MAX } from '#core/projects/project.ts';
import type { Color } from '#core/schema.ts';
import { navigate } from '#web/navigation.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { projectHref } from '#web/routes.ts';
import { ColorPicker } from '#web/ui/color-picker.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { Select, type SelectOption } from '#web/ui/select.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { addProject, editProject } from './project-actions.ts';
import { allNodes, possibleParents } from './project-tree.ts';
import { useProjectForest, useProjectRights } from './use-projects.ts';

export interface ProjectDialogProps {
  /** Null makes a new project. */
  projectId: string | null;
  parentId?: string | undefined;
  onClose: () => void;
}

const TOP = 'top';

export function ProjectDialog({ projectId, parentId, onClose }: ProjectDialogProps) {
  const replica = useReplica();
  const project = useRow('project', projectId);
  const above = useRow('project', parentId ?? null);
  const [name, setName] = useState(project?.name ?? '');
  const [color, setColor] = useState<Color>(project?.color ?? above?.color ?? 'fern');
  const [parent, setParent] = useState(project?.parentId ?? parentId ?? TOP);
  const [error, setError] = useState<string>();
  const parents = useParentOptions(projectId);
  const mayMove = useProjectRights(projectId ?? '')('project.manage') || projectId === null;

  const handleSubmit = (): void => {
    const draft = { name: name.trim(), color, parentId: parent === TOP ? null : parent };
    if (draft.name === '') return setError('Give the project a name.');
    if (project) editProject(replica, project.id, mayMove ? draft : { ...draft, parentId: project.parentId });
    else navigate(projectHref({ id: addProject(replica, draft), name: draft.name }));
    onClose();
  };

  return (
    <FormDialog
      title={project ? 'Edit project' : 'New project'}
      submitLabel={project ? 'Save' : 'Add project'}
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        maxLength={PROJECT_NAME_MAX}
        autoFocus
        autoComplete="off"
        error={error}
      />
      <ColorPicker label="Colour" value={color} onChange={setColor} />
      {mayMove ? <Select label="Below" value={parent} options={parents} onChange={setParent} /> : null}
    </FormDialog>
  );
}

/** Where the project can stand, as an indented list. A parent that this person cannot see stays chosen. */
function useParentOptions(projectId: string | null): readonly SelectOption<string>[] {
  const { tree } = useProjectForest();
  const current = useRow('project', projectId)?.parentId ?? null;
  return useMemo(() => {
    const nodes =
      projectId === null
        ? allNodes(tree).filter((node) => node.depth < PROJECT_DEPTH_MAX)
        : possibleParents(tree, projectId);
    const options = nodes.map(({ project, depth }) => ({
      value: project.id,
      // A select collapses plain spaces.
      label: `${'\u2003'.repeat(depth - 1)}${project.name}`,
    }));
    const hidden = current !== null && !nodes.some((node) => node.project.id === current);
    return [
      { value: TOP, label: 'Nothing (top level)' },
      ...(hidden ? [{ value: current, label: 'Where it is now' }] : []),
      ...options,
    ];
  }, [tree, projectId, current]);
}
