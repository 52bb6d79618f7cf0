import { relative } from 'node:path'
import { toMoment } from '#contract/day.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'
import type { Invitation } from '#server/users/invite.ts'
import { ConsoleError } from './console-error.ts'
import { move } from './move.ts'
import { recoverMainUser, recoverUser, returnDevice, revokeDevice } from './recover.ts'
import { rotateKeys } from './rotate-keys.ts'
import { trustClock } from './trust-clock.ts'
import { withStore, type ConsoleParts } from './with-store.ts'

/** Each answers the lines that its operator reads. Throws ConsoleError and StoreLocked. */
type Command = (parts: ConsoleParts, args: readonly string[]) => Promise<readonly string[]>

export const consoleCommands = {
  'rotate-keys': tellRotation,
  recover,
  move
} as const satisfies Record<string, Command>

export const isConsoleCommand = (name: string | undefined): name is keyof typeof consoleCommands =>
  name !== undefined && Object.hasOwn(consoleCommands, name)

const usage = [
  'Whom or what? npm run recover -- list',
  'npm run recover -- user <user name>',
  'npm run recover -- main-user <user name>',
  'npm run recover -- device <id> revoke, or return',
  'npm run recover -- clock'
].join('; ')

async function recover(
  parts: ConsoleParts,
  [what, name, how]: readonly string[]
): Promise<readonly string[]> {
  const { clock } = parts
  const at = (use: (desk: { store: Store; clock: typeof clock }) => Promise<readonly string[]>) =>
    withStore(parts, (store) => use({ store, clock }))
  if (what === 'list' && name === undefined) return at(({ store }) => list(store))
  if (what === 'clock' && name === undefined) return at(async (desk) => [await trustClock(desk)])
  if (what === 'user' && name !== undefined)
    return at(async (desk) => tellLink(parts, await recoverUser(desk, name)))
  if (what === 'main-user' && name !== undefined)
    return at(async (desk) => tellLink(parts, await recoverMainUser(desk, name)))
  if (what === 'device' && name !== undefined && how === 'revoke')
    return at(async (desk) => tellRevoked(await revokeDevice(desk, name)))
  if (what === 'device' && name !== undefined && how === 'return')
    return at(async (desk) => tellReturned(await returnDevice(desk, name)))
  throw new ConsoleError(usage)
}

function tellLink({ config }: ConsoleParts, { code, validUntil }: Invitation): readonly string[] {
  const [origin = ''] = config.origins
  return [
    'Whatever the account could do ended: its password, passkeys, sessions and tablets. What those tablets still hold to send is delivered.',
    `Start the server, and have its owner open this link, which works once and until ${toMoment(validUntil)}:`,
    `${origin}/welcome#${code}`
  ]
}

const tellRevoked = ({ name, leaseUntil }: Device): readonly string[] => [
  `Revoked: ${name}. It is told to wipe itself when it is heard of; what it still holds to send is delivered and awaits a decision.`,
  leaseUntil === null
    ? 'It had no lease.'
    : `Unheard of, it opens without a network until ${toMoment(leaseUntil)} at the latest.`
]

const tellReturned = ({ name }: Device): readonly string[] => [
  `Back in use: ${name}. Its user signs in on it with the password once; what was written on it meanwhile is delivered.`
]

async function list(store: Store): Promise<readonly string[]> {
  const users = await store.users.list()
  const owners = new Map(users.map(({ id, username }) => [id, username]))
  const devices = await store.devices.list()
  return [
    'Accounts',
    ...users.map(
      ({ username, role, state }) => `  ${username.padEnd(24)} ${role.padEnd(10)} ${state}`
    ),
    'Tablets',
    ...devices.map((device) =>
      ['', device.id, stateOf(device).padEnd(8), owners.get(device.user) ?? '', device.name].join(
        '  '
      )
    )
  ]
}

const stateOf = ({ wipedAt, revokedAt }: Device): string =>
  wipedAt !== null ? 'wiped' : revokedAt !== null ? 'revoked' : 'active'

async function tellRotation(parts: ConsoleParts): Promise<readonly string[]> {
  const { next, backups } = await rotateKeys(parts)
  const kept = `${backups.kept} of ${backups.found} backups in KOTIKAYNTI_BACKUPS open with the new key`
  const others = 'a backup that lay elsewhere needs the former one.'
  if (next !== null)
    return [
      `The new root key lies in ${relative('.', next)}, for its owner alone. Nothing is finished yet: either key opens everything.`,
      'Put it in the place of the former one (KOTIKAYNTI_ROOT_KEY, or the file that is lent), then run npm run keys:rotate again: it finishes, and destroys that file.',
      `So far ${kept}; ${others}`
    ]
  return [
    'Rotated. The former root key opens nothing that is here any more: destroy its copies, and keep one of the new key, away from this machine.',
    `${kept}; ${others}`
  ]
}
