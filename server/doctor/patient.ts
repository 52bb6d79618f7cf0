import type { Clock } from '#server/clock.ts'
import type { Config } from '#server/config.ts'
import { peekRootKey, RootKeyError } from '#server/keys/root-key.ts'
import { lookAtKeys, type KeysLook } from '#server/keys/look-at-keys.ts'
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
  let files = lookAtFiles(config, rootKey)
  if (isRunning && isTorn(files)) {
    await new Promise((resolve) => setTimeout(resolve, settlingMilliseconds))
    files = lookAtFiles(config, rootKey)
  }
  const origins = await askOrigins(config.origins)
  return { config, clock, rootKey, isRunning, ...files, origins }
}

type Files = Pick<Patient, 'register' | 'keys' | 'secondKeys'>

function lookAtFiles(config: Config, rootKey: Patient['rootKey']): Files {
  const { dataFolder, keysFolder, keysBackupFolder } = config
  const opener = rootKey instanceof RootKeyError ? null : rootKey
  return {
    register: lookAtRegister(dataFolder),
    keys: lookAtKeys(keysFolder, opener),
    secondKeys: keysBackupFolder === null ? null : lookAtKeys(keysBackupFolder, opener)
  }
}

/** Longer than a change takes that a server makes in the register and in both copies of its keys. */
const settlingMilliseconds = 1000

/** The files are read one after the other: a server that works meanwhile makes them look apart. */
const isTorn = ({ register, keys, secondKeys }: Files): boolean =>
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
