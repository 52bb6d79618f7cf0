import { RootKeyError } from '#server/keys/root-key.ts'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'
import { deviceOf } from './places.ts'

/** Whether the keys are those of the register, all of them, and there twice. */
export function checkKeys(patient: Patient): Finding[] {
  const { keys, register, secondKeys } = patient
  if (!keys)
    return register === null
      ? []
      : [
          bad(
            'keys',
            'There is a register, and no whole key store in KOTIKAYNTI_KEYS.',
            secondKeys
              ? 'With the server stopped, start it once: it makes the first copy from the second one.'
              : 'Bring the folder of the keys back, or name it. Without it the register is noise.'
          )
        ]
  return [belongs(patient, keys), ...checkSecond(patient, keys)]
}

function belongs(
  { register, rootKey }: Patient,
  { publicKey, keyed, orphaned }: NonNullable<Patient['keys']>
): Finding {
  if (rootKey instanceof RootKeyError)
    return warning('keys', 'Without the root key the keys cannot be looked at.', 'See above.')
  if (publicKey === null)
    return bad(
      'keys',
      'The root key does not open the key store.',
      'It is the key of another installation, or of before a rotation: bring the right one.'
    )
  if (register?.publicKey && register.publicKey !== publicKey)
    return bad(
      'keys',
      'The key store does not belong to this register: the server does not start.',
      'Name the folder of the keys that the register was written with, or restore a backup that goes with these.'
    )
  const keyless = register?.customerships.filter((id) => !keyed.has(id)).length ?? 0
  if (keyless > 0 || orphaned > 0)
    return bad(
      'keys',
      `${keyless} customerships of the register have no key that opens: the key store is an older copy than the register.`,
      'Stop the server at once. Put the newest copy of the keys in place: the second copy, if it is not this one.'
    )
  return good('keys', 'The key store belongs to the register, and opens.')
}

function checkSecond(
  { config, secondKeys }: Patient,
  keys: NonNullable<Patient['keys']>
): Finding[] {
  const { keysFolder, keysBackupFolder } = config
  if (keysBackupFolder === null)
    return [
      warning(
        'second copy',
        'The keys have no second copy: one broken disk, and every record is lost for good.',
        'Set KOTIKAYNTI_KEYS_BACKUP to a folder on another disk, and start the server again.'
      )
    ]
  if (!secondKeys)
    return [
      bad(
        'second copy',
        'There is no whole second copy of the keys.',
        'See that its disk is there, and start the server again: it makes the copy anew.'
      )
    ]
  if (JSON.stringify(secondKeys.states) !== JSON.stringify(keys.states))
    return [
      bad(
        'second copy',
        'The second copy of the keys is not the same as the first.',
        'See that its disk is there and can be written, and start the server again: it makes both the same.'
      )
    ]
  if (deviceOf(keysFolder) === deviceOf(keysBackupFolder))
    return [
      warning(
        'second copy',
        'The second copy of the keys is exact, and lies on the disk of the first.',
        'Put it on another disk.'
      )
    ]
  return [good('second copy', 'The second copy of the keys is exact, on another disk.')]
}
