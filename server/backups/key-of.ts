import { keyPlaceOf } from '#server/keys/key-copies.ts'
import { openKeptBackupKey } from '#server/keys/keys-now.ts'
import type { DataKey } from '#server/keys/data-key.ts'
import { keyName, type Header } from './header.ts'
import type { BackupParts } from './take-backup.ts'

/** Also of a backup that was made under a former root key, when the rotation found it. Null: nothing opens it. */
export function keyOf(
  { config, rootKey }: Pick<BackupParts, 'config' | 'rootKey'>,
  { at, key }: Header
): DataKey | null {
  const inHeader = Buffer.from(key, 'base64url')
  return openKeptBackupKey({ ...keyPlaceOf(config), rootKey }, keyName(at), inHeader)
}
