import { keyPlaceOf } from '#server/keys/key-copies.ts'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { listBackups } from '#server/backups/backups-folder.ts'
import { keyName } from '#server/backups/header.ts'
import { openKeyStore } from '#server/keys/key-store.ts'
import {
  destroyFormerRootKey,
  destroyRootKey,
  isReplaceable,
  replaceRootKey,
  writeRootKey
} from '#server/keys/root-key-file.ts'
import { RootRotation } from '#server/keys/rotate-root.ts'
import { takeLock } from '#server/store/store-lock.ts'
import { ConsoleError } from './console-error.ts'
import { withStore, writeDown, type ConsoleParts } from './with-store.ts'

/** What a rotation has to tell. */
export interface Rotated {
  /** Null: it is done. Else where the next key lies, which must be put in place before it is finished. */
  next: string | null
  /** How many backups there are, and how many of them open with the new key too. */
  backups: { found: number; kept: number }
}

type Step = () => Promise<void> | void

/**
 * Puts another root key in the place of the one at hand. Until the last step either of them opens
 * everything, so that it may be cut anywhere and is run again. A key that is a setting, or lent by the
 * system, cannot be replaced from here: it is done in two runs, and its operator replaces it between them.
 */
export async function rotateKeys(parts: ConsoleParts): Promise<Rotated> {
  const { config, clock } = parts
  if (config.backupsFolder !== null && !existsSync(config.backupsFolder))
    throw new ConsoleError(
      'KOTIKAYNTI_BACKUPS names a folder that is not there: its backups would need the former key for ever.'
    )
  await withStore(parts, (store) => writeDown(store, clock, 'console/keys-rotate'))
  const locks = [takeLock(config.dataFolder, 'store')]
  try {
    locks.push(takeLock(config.dataFolder, 'backup'))
    const rotated: Rotated = { next: null, backups: { found: 0, kept: 0 } }
    const rotation = new RootRotation({ ...keyPlaceOf(config), rootKey: parts.rootKey, clock })
    try {
      for (const step of rotationSteps(parts, rotation, rotated)) await step()
    } finally {
      rotation.close()
    }
    return rotated
  } finally {
    for (const lock of locks) lock.release()
  }
}

/** Each may be done again. */
export function rotationSteps(
  parts: ConsoleParts,
  rotation: RootRotation,
  rotated: Rotated
): readonly Step[] {
  const { config } = parts
  const begin: Step[] = [
    () => rotation.begin(),
    async () => {
      rotated.backups = await keepBackups(parts, rotation)
    }
  ]
  if ('file' in config.rootKey && isReplaceable(config.rootKey.file)) {
    const { file } = config.rootKey
    return [
      () => {
        if (rotation.stands === 'only') destroyFormerRootKey(file)
      },
      ...begin,
      () => replaceRootKey(file, rotation.next),
      ...endingSteps(parts, rotation, () => destroyFormerRootKey(file))
    ]
  }
  const file = nextFileOf(config.keysFolder)
  if (rotation.stands === 'next')
    return [...begin, ...endingSteps(parts, rotation, () => destroyRootKey(file))]
  return [
    ...begin,
    () => {
      writeRootKey(file, rotation.next)
      rotated.next = file
    }
  ]
}

/** Where the key lies that its operator is to put in place. */
const nextFileOf = (keysFolder: string): string => join(resolve(keysFolder), 'next-root.key')

/** With the new key in its place. */
function endingSteps(
  { config, clock }: ConsoleParts,
  rotation: RootRotation,
  destroy: () => void
): Step[] {
  return [
    () => rotation.wrapAnew(),
    async () => {
      // The data keys come under an epoch that the former key never wrapped.
      const keyStore = await openKeyStore({ ...keyPlaceOf(config), rootKey: rotation.next, clock })
      try {
        await keyStore.turnEpoch()
      } finally {
        keyStore.close()
      }
    },
    destroy,
    () => rotation.end()
  ]
}

async function keepBackups(
  { config }: ConsoleParts,
  rotation: RootRotation
): Promise<Rotated['backups']> {
  const backups = config.backupsFolder === null ? [] : await listBackups(config.backupsFolder)
  const held = backups.map(({ header: { at, key } }) => ({
    name: keyName(at),
    wrapped: Buffer.from(key, 'base64url')
  }))
  return { found: held.length, kept: rotation.keepBackups(held) }
}
