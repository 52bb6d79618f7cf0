import { join, resolve } from 'node:path'
import * as z from 'zod/mini'

export interface Config {
  readonly port: number
  readonly host: string
  readonly origins: readonly string[]
  readonly dataFolder: string
  readonly keysFolder: string
  readonly keysBackupFolder: string | null
  readonly rootKey: { readonly hex: string } | { readonly file: string }
  readonly trustedProxy: string | null
  readonly databaseUrl: string | null
  /** Of the first copy of the data keys; null: it lies in the keys folder. */
  readonly keysDatabaseUrl: string | null
  /** Where backups lie; null: none are made. */
  readonly backupsFolder: string | null
  readonly backupHours: number
  readonly backupKeepDays: number
  /** What who reads the metrics from elsewhere must show; null: nobody may. */
  readonly metricsToken: string | null
}

/** One clear line that names the variable and what it must be, and never the value: it may be a secret. */
export class ConfigError extends Error {
  constructor(variable: string, must: string) {
    super(`${variable} ${must}`)
  }
}

const folder = z.string().check(z.minLength(1))
const upTo = (most: number) =>
  z.string().check(
    z.regex(/^[1-9]\d{0,3}$/),
    z.refine((text) => Number(text) <= most)
  )
const address = z.union([z.ipv4(), z.ipv6()])

const rules = {
  PORT: [
    z.string().check(
      z.regex(/^\d{1,5}$/),
      z.refine((text) => Number(text) <= 65_535)
    ),
    'must be a port number from 0 to 65535'
  ],
  HOST: [
    z.string().check(z.regex(/^[A-Za-z0-9.:_-]{1,253}$/)),
    'must be a host name or an address'
  ],
  KOTIKAYNTI_ORIGIN: [
    z.string().check(z.refine((text) => text.split(',').every((part) => isOrigin(part.trim())))),
    'must be one or more origins such as https://kotikaynti.example, with commas between; plain http only on localhost'
  ],
  KOTIKAYNTI_DATA: [folder, 'must be a folder'],
  KOTIKAYNTI_KEYS: [folder, 'must be a folder'],
  KOTIKAYNTI_KEYS_BACKUP: [folder, 'must be a folder'],
  KOTIKAYNTI_ROOT_KEY: [
    z.string().check(z.regex(/^[0-9a-f]{64}$/i)),
    'must be 64 hexadecimal digits'
  ],
  KOTIKAYNTI_ROOT_KEY_FILE: [folder, 'must be a file'],
  KOTIKAYNTI_DATABASE_URL: [
    z.string().check(z.regex(/^postgres(ql)?:\/\/\S+$/)),
    'must be a postgres:// address'
  ],
  KOTIKAYNTI_KEYS_DATABASE_URL: [
    z.string().check(z.regex(/^postgres(ql)?:\/\/\S+$/)),
    'must be a postgres:// address'
  ],
  KOTIKAYNTI_TRUSTED_PROXY: [address, 'must be an IP address'],
  KOTIKAYNTI_BACKUPS: [folder, 'must be a folder'],
  KOTIKAYNTI_BACKUP_HOURS: [upTo(720), 'must be a number of hours from 1 to 720'],
  KOTIKAYNTI_BACKUP_KEEP_DAYS: [upTo(3660), 'must be a number of days from 1 to 3660'],
  KOTIKAYNTI_METRICS_TOKEN: [
    z.string().check(z.regex(/^[\x21-\x7e]{32,512}$/)),
    'must be 32 to 512 visible characters'
  ]
} as const satisfies Record<string, readonly [z.ZodMiniType<string>, string]>

type Variable = keyof typeof rules

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const local = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  return url.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && local))
}

/** Read once, at the start. An empty variable counts as one that is not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = (variable: Variable): string | null => {
    const text = env[variable]
    if (text === undefined || text === '') return null
    const [schema, must] = rules[variable]
    if (!schema.safeParse(text).success) throw new ConfigError(variable, must)
    return text
  }
  const port = Number(read('PORT') ?? 3000)
  const keysFolder = read('KOTIKAYNTI_KEYS') ?? './keys'
  const dataFolder = read('KOTIKAYNTI_DATA') ?? './data'
  const keysBackupFolder = read('KOTIKAYNTI_KEYS_BACKUP')
  const hex = read('KOTIKAYNTI_ROOT_KEY')
  const file = read('KOTIKAYNTI_ROOT_KEY_FILE')
  if (hex !== null && file !== null)
    throw new ConfigError('KOTIKAYNTI_ROOT_KEY_FILE', 'must not be set beside KOTIKAYNTI_ROOT_KEY')
  if (keysBackupFolder !== null && resolve(keysBackupFolder) === resolve(keysFolder))
    throw new ConfigError('KOTIKAYNTI_KEYS_BACKUP', 'must be another folder than KOTIKAYNTI_KEYS')
  const keysDatabaseUrl = read('KOTIKAYNTI_KEYS_DATABASE_URL')
  if (keysDatabaseUrl !== null && keysBackupFolder === null)
    throw new ConfigError(
      'KOTIKAYNTI_KEYS_BACKUP',
      'must be set beside KOTIKAYNTI_KEYS_DATABASE_URL: the keys go there from their second copy'
    )
  if (keysDatabaseUrl !== null && keysDatabaseUrl === read('KOTIKAYNTI_DATABASE_URL'))
    throw new ConfigError(
      'KOTIKAYNTI_KEYS_DATABASE_URL',
      'must be another database and another user than KOTIKAYNTI_DATABASE_URL'
    )
  const backupsFolder = read('KOTIKAYNTI_BACKUPS')
  const others = [dataFolder, keysFolder, ...(keysBackupFolder === null ? [] : [keysBackupFolder])]
  if (backupsFolder !== null && others.some((one) => resolve(one) === resolve(backupsFolder)))
    throw new ConfigError('KOTIKAYNTI_BACKUPS', 'must be a folder of its own, best on another disk')
  const origins = (read('KOTIKAYNTI_ORIGIN') ?? `http://localhost:${port}`)
    .split(',')
    .map((origin) => origin.trim())
  if (new Set(origins.map((origin) => new URL(origin).protocol)).size > 1)
    throw new ConfigError('KOTIKAYNTI_ORIGIN', 'must not mix http and https')
  return {
    port,
    host: read('HOST') ?? '127.0.0.1',
    origins,
    dataFolder,
    keysFolder,
    keysBackupFolder,
    rootKey: hex !== null ? { hex } : { file: file ?? join(keysFolder, 'root.key') },
    trustedProxy: read('KOTIKAYNTI_TRUSTED_PROXY'),
    databaseUrl: read('KOTIKAYNTI_DATABASE_URL'),
    keysDatabaseUrl,
    backupsFolder,
    backupHours: Number(read('KOTIKAYNTI_BACKUP_HOURS') ?? 24),
    backupKeepDays: Number(read('KOTIKAYNTI_BACKUP_KEEP_DAYS') ?? 30),
    metricsToken: read('KOTIKAYNTI_METRICS_TOKEN')
  }
}
