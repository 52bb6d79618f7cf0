import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { userIdSchema } from '#contract/id.ts'
import type { Role } from '#contract/role.ts'
import { buildApp } from '#server/app.ts'
import { hashPassword } from '#server/auth/password.ts'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { createLog } from '#server/log.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { freePort, ServerProcess } from './server-process.ts'

/** Everybody in it is invented. The passwords are the tests' own. */
export const people = {
  coordinator: { username: 'sirpa', displayName: 'Sirpa Koordinaattori', role: 'main-user' },
  worker: { username: 'helmi', displayName: 'Helmi Kotikäyttäjä', role: 'worker' },
  outsider: { username: 'outi', displayName: 'Outi Muualla', role: 'worker' }
} as const satisfies Record<string, { username: string; displayName: string; role: Role }>

export const password = 'neljä kärrynpyörää'
export const passphrase = 'kuusi tyyntä lampea ja saunapolku'

async function addPeople({ store, clock }: Parts): Promise<void> {
  const now = clock.now()
  for (const person of Object.values(people))
    await store.users.add({
      id: userIdSchema.parse(newUuidV7(now)),
      ...person,
      tasks: person.role === 'worker' ? ['care'] : ['administration'],
      state: 'active',
      passwordHash: await hashPassword(password),
      mustChangePassword: false,
      pledgedAt: now,
      trainedAt: now,
      noticeVersion: 1,
      noticeAt: now,
      lastSeenAt: null
    })
}

/** A production server in folders of its own, with three people and no client yet. */
export class Household {
  readonly folder: string
  readonly server: ServerProcess
  readonly env: Readonly<Record<string, string>>
  /** The port that tablets know: the server's own, or that of what stands before it. */
  readonly #door: number

  private constructor(folder: string, port: number, door: number) {
    this.folder = folder
    this.#door = door
    this.env = {
      KOTIKAYNTI_ORIGIN: `http://localhost:${port},http://tabletti.localhost:${door}`,
      KOTIKAYNTI_DATA: join(folder, 'data'),
      KOTIKAYNTI_KEYS: join(folder, 'keys'),
      KOTIKAYNTI_KEYS_BACKUP: join(folder, 'keys-copy')
    }
    this.server = new ServerProcess(port, this.env)
  }

  static async create(fill?: (parts: Parts) => Promise<void>, door?: number): Promise<Household> {
    const folder = await mkdtemp(join(tmpdir(), 'household-'))
    const port = await freePort()
    const household = new Household(folder, port, door ?? port)
    await household.inside(async (parts) => {
      await parts.store.organisation.write(
        standardOrganisation({
          name: 'Kotiapu Oy',
          phone: '+358201234567',
          organiser: 'Mallikunta'
        })
      )
      await addPeople(parts)
      await fill?.(parts)
    })
    await household.server.start()
    return household
  }

  /** The same folders without the process, for what no screen of today can do. */
  async inside(use: (parts: Parts) => Promise<void>): Promise<void> {
    const app = await buildApp({
      config: readConfig(this.env),
      clock: systemClock,
      log: createLog(
        () => '',
        () => undefined
      )
    })
    try {
      await use(app.parts)
    } finally {
      await app.close()
    }
  }

  get office(): string {
    return `http://localhost:${this.server.port}`
  }

  get tablet(): string {
    return `http://tabletti.localhost:${this.#door}`
  }

  async destroy(): Promise<void> {
    await this.server.stop()
    await rm(this.folder, { recursive: true, force: true })
  }
}
