import { addMember, changeMemberRole, removeMember } from '#core/projects/member-mutators.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Step } from './steps.ts';
import { PROJECTS, type TestServer, USERS, uuid } from './test-server.ts';

/** What comes to the server from no device of the history: shares that the owner changes, and writes by REST. */
export class OtherWriters {
  readonly #server: TestServer;
  #uid = 1_000;

  constructor(server: TestServer) {
    this.#server = server;
  }

  async share({ project, user, how }: Extract<Step, { do: 'share' }>): Promise<void> {
    const projectId = PROJECTS[project] as string;
    const userId = user === 0 ? USERS.bob : USERS.eve;
    const { access } = this.#server;
    const target = { projectId, userId };
    if (!access.roleOf(projectId, userId)) {
      if (await this.#act(addMember.key, { ...target, role: 'editor' })) access.setRole(projectId, userId, 'editor');
    } else if (how < 2) {
      const role = how === 0 ? 'viewer' : 'editor';
      if (await this.#act(changeMemberRole.key, { ...target, role })) access.setRole(projectId, userId, role);
    } else if (await this.#act(removeMember.key, target)) access.setRole(projectId, userId, null);
  }

  async writeByRest(projectId: string, pick: number): Promise<void> {
    const rows = [...(await this.#server.visibleRows(USERS.ana)).values()];
    const tasks = rows.filter((row) => 'title' in row && row.projectId === projectId && !row.deletedAt);
    const task = tasks.sort((a, b) => (a.id < b.id ? -1 : 1))[pick % (tasks.length || 1)];
    if (task) await this.#act(updateTask.key, { id: task.id, title: `title by REST ${this.#uid}` });
  }

  #act(name: string, args: object): Promise<boolean> {
    return this.#server.act(USERS.ana, uuid(this.#uid++), name, args);
  }
}
