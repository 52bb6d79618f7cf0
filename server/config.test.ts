import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('an empty environment gives the defaults of the protocol', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    origins: ['http://localhost:3000'],
    dataFolder: './data',
    keysFolder: './keys',
    keysBackupFolder: null,
    keysDatabaseUrl: null,
    rootKey: { file: 'keys/root.key' },
    trustedProxy: null,
    databaseUrl: null,
    backupsFolder: null,
    backupHours: 24,
    backupKeepDays: 30,
    metricsToken: null
  })
})

test('several origins and a root key of its own are read', () => {
  const config = readConfig({
    KOTIKAYNTI_ORIGIN: 'http://localhost, http://tabletti.localhost:3100',
    KOTIKAYNTI_ROOT_KEY: 'ab'.repeat(32)
  })
  expect(config.origins).toEqual(['http://localhost', 'http://tabletti.localhost:3100'])
  expect(config.rootKey).toEqual({ hex: 'ab'.repeat(32) })
})

test.each([
  ['PORT', '70000'],
  ['PORT', 'abc'],
  ['HOST', 'my host'],
  ['KOTIKAYNTI_ORIGIN', 'office.example'],
  ['KOTIKAYNTI_ORIGIN', 'http://kotikaynti.example'],
  ['KOTIKAYNTI_ORIGIN', 'https://kotikaynti.example/path'],
  ['KOTIKAYNTI_ORIGIN', 'https://kotikaynti.example,http://localhost:3000'],
  ['KOTIKAYNTI_ROOT_KEY', 'not-a-secret-of-32-bytes'],
  ['KOTIKAYNTI_DATABASE_URL', 'mysql://user:secret@host/db'],
  ['KOTIKAYNTI_TRUSTED_PROXY', 'proxy.example'],
  ['KOTIKAYNTI_BACKUP_HOURS', '721'],
  ['KOTIKAYNTI_BACKUP_HOURS', 'daily'],
  ['KOTIKAYNTI_BACKUP_KEEP_DAYS', '4000'],
  ['KOTIKAYNTI_METRICS_TOKEN', 'shorter-than-32-characters']
])('a wrong %s is told in one line that does not repeat it (%s)', (variable, value) => {
  let message = ''
  try {
    readConfig({ [variable]: value })
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    message = (error as Error).message
  }
  expect(message).toContain(variable)
  expect(message).not.toContain(value)
  expect(message).not.toContain('\n')
})

test('backups lie in a folder of their own, and are made once a day and kept a month if nobody says otherwise', () => {
  const config = readConfig({ KOTIKAYNTI_BACKUPS: '/backups', KOTIKAYNTI_BACKUP_HOURS: '6' })
  expect(config).toMatchObject({ backupsFolder: '/backups', backupHours: 6, backupKeepDays: 30 })
  for (const other of ['KOTIKAYNTI_DATA', 'KOTIKAYNTI_KEYS', 'KOTIKAYNTI_KEYS_BACKUP'])
    expect(() => readConfig({ [other]: '/one', KOTIKAYNTI_BACKUPS: '/one/' })).toThrow(
      'KOTIKAYNTI_BACKUPS'
    )
})

test('the two copies of the keys may not lie in one folder', () => {
  expect(() => readConfig({ KOTIKAYNTI_KEYS_BACKUP: './keys' })).toThrow('KOTIKAYNTI_KEYS_BACKUP')
})
