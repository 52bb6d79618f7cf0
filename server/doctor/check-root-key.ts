import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { RootKeyError } from '#server/keys/root-key.ts'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'
import { deviceOf, isInside, placesOf } from './places.ts'

const apart =
  'Move it to a file that only root reads, and lend it: LoadCredential in the unit, or a secret of the container. KOTIKAYNTI_ROOT_KEY_FILE names it.'

/** Whoever has the root key, the keys and a backup has everything: so they lie apart. */
export function checkRootKey(patient: Patient): Finding[] {
  return [...keysApart(patient), judge(patient)]
}

function judge({ config, rootKey, register }: Patient): Finding {
  const tell = (says: string) => bad('root key', says, apart)
  if ('hex' in config.rootKey)
    return warning(
      'root key',
      'The root key stands in the environment, which every process of this user can read.',
      apart
    )
  const { file } = config.rootKey
  const keyFile = statSync(file, { throwIfNoEntry: false })
  if (!keyFile && !register)
    return warning(
      'root key',
      'There is no root key yet.',
      'The first start makes one, beside the keys.'
    )
  if (rootKey instanceof RootKeyError)
    return bad(
      'root key',
      `${rootKey.message}.`,
      'Bring the file back from where you keep its copy. Without it nothing opens, and no backup either.'
    )
  const around = placesOf(config).find(({ path }) => isInside(file, path))
  if (around && around.variable !== 'KOTIKAYNTI_KEYS')
    return tell(`The root key lies in ${around.variable}, beside what it protects.`)
  if (around)
    return warning(
      'root key',
      'The root key lies beside the keys that it wraps: a copy of that folder opens them all.',
      apart
    )
  if (keyFile && (keyFile.mode & 0o007) !== 0 && !isLent(file))
    return tell('Everybody on this machine may read the root key.')
  if (deviceOf(dirname(file)) === deviceOf(config.dataFolder))
    return warning(
      'root key',
      'The root key lies on the disk of the data: whoever takes that disk has both.',
      'Keep it on another disk, or have the system encrypt the credential (systemd-creds encrypt).'
    )
  return good('root key', 'The root key lies apart from the data and from the keys.')
}

/** What the system or a container lends is shown to this process alone, whatever its mode says. */
const isLent = (file: string): boolean => /^\/run\/(credentials|secrets)\//.test(file)

function keysApart({ config: { dataFolder, keysFolder } }: Patient): Finding[] {
  if (!isInside(keysFolder, dataFolder) && !isInside(dataFolder, keysFolder)) return []
  return [
    bad(
      'keys',
      'The data and the keys lie one inside the other: whoever copies the one takes both.',
      'Stop the server and move one of them. Destroyed keys would live on in copies of the data.'
    )
  ]
}
