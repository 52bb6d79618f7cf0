import type { Clock } from '#server/clock.ts'
import type { Config } from '#server/config.ts'
import { peekRootKey, RootKeyError } from '#server/keys/root-key.ts'
import { lookAtKeyDatabase } from '#server/keys/look-at-key-database.ts'
import { lookAtKeys, type KeysLook } from '#server/keys/look-at-keys.ts'
import { lookAtDatabase, type DatabaseLook } from '#server/store/look-at-database.ts'
import { lookAtRegister, type RegisterLook } from '#server/store/look-at-register.ts'
import { isLocked } from '#server/store/store-lock.ts'
import { askOrigins, type OriginAnswer } from './ask-origins.ts'

/** What several checks look at, looked at once. */
export interface Patient {
  readonly config: Config
  readonly clock: Clock
  readonly isRunning: boolean
  readonly rootKey: Buffer | RootKeyError
  readonly register: RegisterLook | null
  /** Null: the register lies in files. */
  readonly database: DatabaseLook | { readonly refused: string } | null
  /** As `folders`: the keys, and their second copy where one is configured. */
  readonly keys: KeysLook | null
  readonly secondKeys: KeysLook | null
  readonly origins: readonly OriginAnswer[]
}

export interface Given {
  readonly config: Config
  readonly clock: Clock
}

/** Throws when a file is there and cannot be read. */
export async function look({ config, clock }: Given): Promise<Patient> {
  const rootKey = rootKeyOf(config)
  const isRunning = isLocked(config.dataFolder, 'store')
  let parts = await lookAtParts(config, rootKey)
  if (isRunning && isTorn(parts)) {
    await new Promise((resolve) => setTimeout(resolve, settlingMilliseconds))
    parts = await lookAtParts(config, rootKey)
  }
  const origins = await askOrigins(config.origins)
  return { config, clock, rootKey, isRunning, ...parts, origins }
}

type Parts = Pick<Patient, 'register' | 'database' | 'keys' | 'secondKeys'>

async function lookAtParts(config: Config, rootKey: Patient['rootKey']): Promise<Parts> {
  const { dataFolder, databaseUrl, keysDatabaseUrl, keysFolder, keysBackupFolder } = config
  const opener = rootKey instanceof RootKeyError ? null : rootKey
  const database = databaseUrl === null ? null : await lookAtDatabase(databaseUrl)
  return {
    database,
    register: database === null ? lookAtRegister(dataFolder) : registerIn(database),
    keys:
      keysDatabaseUrl === null
        ? lookAtKeys(keysFolder, opener)
        : await lookAtKeyDatabase(keysDatabaseUrl, keysFolder, opener),
    secondKeys: keysBackupFolder === null ? null : lookAtKeys(keysBackupFolder, opener)
  }
}

const registerIn = (database: NonNullable<Patient['database']>): RegisterLook | null =>
  'refused' in database ? null : database.register

/** Longer than a change takes that a server makes in the register and in both copies of its keys. */
const settlingMilliseconds = 1000

/** They are read one after the other: a server that works meanwhile makes them look apart. */
const isTorn = ({ register, keys, secondKeys }: Parts): boolean =>
  (secondKeys !== null && JSON.stringify(keys?.states) !== JSON.stringify(secondKeys.states)) ||
  (register?.customerships.some((id) => !keys?.keyed.has(id)) ?? false)

function rootKeyOf({ rootKey }: Config): Buffer | RootKeyError {
  try {
    return peekRootKey(rootKey)
  } catch (error) {
    if (error instanceof RootKeyError) return error
    throw error
  }
}
