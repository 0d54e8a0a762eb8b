import { type Kysely, sql } from 'kysely';
import type { Engine } from '#server/db/engine.ts';
import { createTable } from './create-table.ts';

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createAccounts(db, engine);
  await createScopes(db, engine);
  await createLog(db, engine);
  await createRows(db, engine);
  await createTasks(db, engine);
  await createSearch(db, engine);
}

async function createAccounts(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createTable(db, engine, 'instance', {
    columns: { id: 'key', epoch: 'key', created_at: 'big', setup_token_hash: 'key?', setup_expires_at: 'big?' },
    primaryKey: ['id'],
  });
  await createTable(db, engine, 'user', {
    columns: {
      id: 'key',
      username: 'key',
      display_name: 'text',
      email: 'key?',
      password_hash: 'text',
      role: 'key',
      status: 'key',
      created_at: 'big',
      updated_at: 'big',
      password_changed_at: 'big',
      last_login_at: 'big?',
    },
    primaryKey: ['id'],
    unique: ['username'],
  });
  await createTable(db, engine, 'session', {
    columns: {
      id: 'key',
      user_id: 'key',
      token_hash: 'key',
      previous_hash: 'key?',
      generation: 'int',
      rotated_at: 'big',
      created_at: 'big',
      expires_at: 'big',
      absolute_expires_at: 'big',
      remember: 'int',
      user_agent: 'text',
      ip: 'text',
      revoked_at: 'big?',
      revoked_reason: 'text?',
    },
    primaryKey: ['id'],
    references: { user_id: 'user.id' },
  });
  await db.schema.createIndex('session_user').on('session').column('user_id').execute();
  await createTable(db, engine, 'login_attempt', {
    columns: { key: 'key', count: 'int', streak: 'int', window_start: 'big', blocked_until: 'big' },
    primaryKey: ['key'],
  });
  await createTable(db, engine, 'audit_event', {
    columns: { id: 'key', at: 'big', user_id: 'key?', action: 'key', ip: 'text?', detail: 'text' },
    primaryKey: ['id'],
  });
  await db.schema.createIndex('audit_event_user').on('audit_event').columns(['user_id', 'at']).execute();
}

async function createScopes(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createTable(db, engine, 'scope', {
    columns: { id: 'key', kind: 'key', ver: 'big', tag: 'int', floor: 'big', sum: 'big' },
    primaryKey: ['id'],
    updatedOften: true,
  });
  await createTable(db, engine, 'access', {
    columns: { user_id: 'key', scope_id: 'key', role: 'key', view: 'key' },
    primaryKey: ['user_id', 'scope_id'],
  });
  await db.schema.createIndex('access_scope').on('access').column('scope_id').execute();
  await createTable(db, engine, 'client', {
    columns: { id: 'key', user_id: 'key', last: 'big', last_uid: 'key?', schema: 'int', seen_at: 'big' },
    primaryKey: ['id'],
    updatedOften: true,
  });
  await db.schema.createIndex('client_user').on('client').column('user_id').execute();
}

async function createLog(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createTable(db, engine, 'mutation', {
    columns: {
      uid: 'key',
      client_id: 'key?',
      seq: 'big?',
      user_id: 'key',
      source: 'key',
      name: 'key',
      args: 'text',
      status: 'key',
      error: 'text?',
      result: 'text?',
      undo_of: 'key?',
      group_id: 'key?',
      at: 'big',
    },
    primaryKey: ['uid'],
  });
  await db.schema
    .createIndex('mutation_client')
    .unique()
    .on('mutation')
    .columns(['client_id', 'seq'])
    .where('client_id', 'is not', null)
    .execute();
  await createTable(db, engine, 'scope_commit', {
    columns: { scope_id: 'key', ver: 'big', tag: 'int', tx_id: 'key', at: 'big' },
    primaryKey: ['scope_id', 'ver'],
  });
  await createTable(db, engine, 'change', {
    columns: {
      scope_id: 'key',
      ver: 'big',
      seq: 'int',
      kind: 'key',
      eid: 'key',
      op: 'key',
      mutation_uid: 'key',
      actor: 'key',
      before: 'text?',
      after: 'text?',
      at: 'big',
    },
    primaryKey: ['scope_id', 'ver', 'seq'],
  });
  await db.schema.createIndex('change_entity').on('change').columns(['eid', 'at']).execute();
  await db.schema.createIndex('change_mutation').on('change').column('mutation_uid').execute();
}

/** The first columns of every synchronised table. No foreign keys there: scopes may live in different shards. */
const entity = { scope_id: 'key', id: 'key', rev: 'int', created_at: 'big', updated_at: 'big' } as const;
const entityKeys = { primaryKey: ['scope_id', 'id'], unique: ['id'] } as const;

async function createRows(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createTable(db, engine, 'settings', {
    columns: {
      ...entity,
      time_zone: 'text',
      locale: 'text',
      week_start: 'int',
      theme: 'text',
      home_view: 'text',
      single_key_shortcuts: 'int',
    },
    ...entityKeys,
  });
  await createTable(db, engine, 'favourite', {
    columns: { ...entity, target_kind: 'key', target_id: 'key', rank: 'key' },
    ...entityKeys,
  });
  await createTable(db, engine, 'label', {
    columns: { ...entity, name: 'text', color: 'text', rank: 'key' },
    ...entityKeys,
  });
  await createTable(db, engine, 'project', {
    columns: {
      ...entity,
      name: 'text',
      color: 'text',
      icon: 'text?',
      view: 'text?',
      parent_id: 'key?',
      rank: 'key',
      inbox: 'int',
      created_by: 'key',
      archived_at: 'big?',
      deleted_at: 'big?',
    },
    ...entityKeys,
  });
  await createTable(db, engine, 'member', {
    columns: { ...entity, user_id: 'key', username: 'text', display_name: 'text', role: 'key' },
    ...entityKeys,
  });
  await db.schema.createIndex('member_user').on('member').column('user_id').execute();
  await createTable(db, engine, 'section', {
    columns: { ...entity, name: 'text', collapsed: 'int', wip_limit: 'int?', rank: 'key', deleted_at: 'big?' },
    ...entityKeys,
  });
}

async function createTasks(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createTable(db, engine, 'task', {
    columns: {
      ...entity,
      section_id: 'key?',
      parent_id: 'key?',
      title: 'text',
      description: 'text',
      priority: 'int',
      labels: 'text',
      assignee_id: 'key?',
      date: 'key?',
      time: 'key?',
      time_zone: 'text?',
      evening: 'int',
      deadline: 'key?',
      duration: 'int?',
      recurrence: 'text?',
      rank: 'key',
      completed_at: 'big?',
      completed_by: 'key?',
      created_by: 'key',
      deleted_at: 'big?',
    },
    ...entityKeys,
  });
  await createTaskIndexes(db);
  await createTable(db, engine, 'comment', {
    columns: { ...entity, task_id: 'key', author_id: 'key', body: 'text', edited_at: 'big?', deleted_at: 'big?' },
    ...entityKeys,
  });
  await db.schema.createIndex('comment_task').on('comment').column('task_id').execute();
}

/** One for each order in which tasks are listed; partial, so that a write maintains only those that it is in. */
async function createTaskIndexes(db: Kysely<unknown>): Promise<void> {
  const indexes: Readonly<Record<string, readonly [columns: readonly string[], where: string, present: boolean]>> = {
    task_newest: [['scope_id', 'created_at desc', 'id desc'], 'deleted_at', false],
    task_rank: [['scope_id', 'rank', 'id'], 'deleted_at', false],
    task_date: [['scope_id', 'date'], 'date', true],
    task_parent: [['parent_id'], 'parent_id', true],
    task_section: [['section_id'], 'section_id', true],
    task_completed: [['scope_id', 'completed_at desc'], 'completed_at', true],
    task_deleted: [['scope_id', 'deleted_at desc'], 'deleted_at', true],
  };
  for (const [name, [columns, where, present]] of Object.entries(indexes)) {
    await db.schema
      .createIndex(name)
      .on('task')
      .columns([...columns])
      .where(sql.ref(where), present ? 'is not' : 'is', null)
      .execute();
  }
}

/**
 * The words are cut in one place for both engines (`#server/search/`), so neither tokenizer has a say:
 * FTS5 gets words joined by spaces, PostgreSQL an array of lexemes. The scope is one of the words, because
 * neither index could otherwise intersect "these words" with "what I may see" without reading everybody's matches.
 */
async function createSearch(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'postgres') {
    await createTable(db, engine, 'search_document', {
      columns: { scope_id: 'key', kind: 'key', eid: 'key' },
      primaryKey: ['eid'],
    });
    await db.schema
      .alterTable('search_document')
      .addColumn('words', sql`tsvector`, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('search_words').on('search_document').using('gin').column('words').execute();
    return;
  }
  // FTS5 finds rows by number only, so here the numbers are what the table is for.
  await db.schema
    .createTable('search_document')
    .addColumn('doc', 'integer', (c) => c.primaryKey())
    .addColumn('scope_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('eid', 'text', (c) => c.notNull().unique())
    .execute();
  await sql`create virtual table search_words using fts5(
    scope, words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0"
  )`.execute(db);
}
