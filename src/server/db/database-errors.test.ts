import { expect, test } from 'vitest';
import { asDomainError, isUniqueViolation } from './database-errors.ts';

test('a disk that is full and a locked file are told apart from bugs', () => {
  const sqliteError = (errcode: number) => Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode });
  expect(asDomainError(sqliteError(13))?.code).toBe('storage_full');
  expect(asDomainError(sqliteError(5))?.code).toBe('unavailable');
  expect(asDomainError(sqliteError(261))?.code).toBe('unavailable');
  expect(asDomainError(sqliteError(1))).toBeUndefined();
  expect(asDomainError(new TypeError('x is undefined'))).toBeUndefined();
  expect(isUniqueViolation(sqliteError(2067))).toBe(true);
  expect(isUniqueViolation(sqliteError(787))).toBe(false);
});

test('what PostgreSQL refuses for the moment is unavailable', () => {
  const postgresError = (code: string) => Object.assign(new Error('x'), { code });
  for (const code of ['55P03', '57014', '40P01', '40001', '53300', '57P01', '08006', 'ECONNREFUSED']) {
    expect(asDomainError(postgresError(code))?.code).toBe('unavailable');
  }
  expect(asDomainError(postgresError('53100'))?.code).toBe('storage_full');
  expect(asDomainError(postgresError('42P01'))).toBeUndefined();
  expect(isUniqueViolation(postgresError('23505'))).toBe(true);
  expect(isUniqueViolation(postgresError('23503'))).toBe(false);
});
