import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { ReplicaProvider, useCount, useLiveIds, useReplica, useRow, useSyncStatus } from '#web/replica/use-query.ts';
import { aMember, aProject, aReplica, aTask, id } from '#tests/support/replica-fixture.ts';

const HOME = id(10);
const tasks = [100, 101].map((n) => aTask({ id: id(n), projectId: HOME, title: `Task ${n}`, rank: `a${n - 100}` }));

afterEach(cleanup);

function aHome() {
  return aReplica([
    ['project', aProject({ id: HOME })],
    ['member', aMember(HOME)],
    ...tasks.map((task) => ['task', task] as const),
  ]);
}

const rendered = new Map<string, number>();

function count(name: string): void {
  rendered.set(name, (rendered.get(name) ?? 0) + 1);
}

function Row({ task }: { task: string }) {
  count(task);
  return <li>{useRow('task', task)?.title}</li>;
}

function List() {
  count('list');
  const ids = useLiveIds({ kind: 'task', where: { index: 'openByProject', key: HOME } });
  return (
    <ul>
      {ids.map((task) => (
        <Row key={task} task={task} />
      ))}
    </ul>
  );
}

function Status() {
  const { state, pending } = useSyncStatus();
  const open = useCount({ index: 'openByProject', key: HOME });
  return <output>{`${state} ${pending}, ${open} open in ${useReplica().account.username}'s home`}</output>;
}

test('a row renders again for itself only, and a list for its order only', () => {
  const replica = aHome();
  render(
    <ReplicaProvider replica={replica}>
      <List />
      <Status />
    </ReplicaProvider>,
  );
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Task 100', 'Task 101']);
  rendered.clear();
  act(() => void replica.mutate(updateTask, { id: id(101), title: 'Renamed' }));
  expect(screen.getByText('Renamed')).toBeTruthy();
  expect([...rendered]).toEqual([[id(101), 1]]);
  act(() => void replica.mutate(completeTask, { id: id(100) }));
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  expect(screen.getByRole('status').textContent).toBe("saving 2, 1 open in ana's home");
});

test('a component outside the provider says what is missing', () => {
  expect(() => render(<Status />)).toThrow('below ReplicaProvider');
});
