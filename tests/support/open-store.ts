import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { daySchema } from '#contract/day-shape.ts'
import type { Day, Moment } from '#contract/day.ts'
import {
  customershipIdSchema,
  deviceIdSchema,
  entryIdSchema,
  operationIdSchema,
  userIdSchema,
  type CustomershipId,
  type DeviceId,
  type EntryId,
  type OperationId,
  type UserId
} from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import type { Profile } from '#contract/profile.ts'
import { openKeyStore, type KeyStore } from '#server/keys/key-store.ts'
import { newUuidV4, newUuidV7 } from '#server/keys/secret.ts'
import { openStore, type Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'
import { dropTestDatabase, makeTestDatabase, testDatabase } from './postgres.ts'

const start = Date.parse('2026-11-22T09:00:00Z')

export const newCustomership = (): CustomershipId => customershipIdSchema.parse(newUuidV4())
export const newOperation = (): OperationId => operationIdSchema.parse(newUuidV4())
export const newEntry = (): EntryId => entryIdSchema.parse(newUuidV7(start))
export const newUser = (): UserId => userIdSchema.parse(newUuidV7(start))
export const newDevice = (): DeviceId => deviceIdSchema.parse(newUuidV7(start))
export const day = (text: string): Day => daySchema.parse(text)

/** A store in a folder of its own, which can be closed and opened again as after a crash. */
export class StoreWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'store-'))
  readonly clock = { time: start, now: () => this.clock.time }
  readonly by = newUser()
  keyStore!: KeyStore
  store!: Store

  static async open(): Promise<StoreWorld> {
    const world = new StoreWorld()
    await makeTestDatabase(world.folder)
    await world.start()
    onTestFinished(async () => {
      await world.stop()
      await dropTestDatabase(world.folder)
      rmSync(world.folder, { recursive: true, force: true })
    })
    return world
  }

  get data(): string {
    return join(this.folder, 'data')
  }

  async start(): Promise<void> {
    const { clock, folder } = this
    this.keyStore = await openKeyStore({
      folder: join(folder, 'keys'),
      backupFolder: join(folder, 'backup'),
      rootKey: Buffer.alloc(32, 3),
      clock
    })
    this.store = await openStore({
      folder: this.data,
      databaseUrl: testDatabase(folder),
      keyStore: this.keyStore,
      clock
    })
  }

  async stop(): Promise<void> {
    await this.store.close()
    this.keyStore.close()
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  profile(firstName: string, lastName: string): Profile {
    const said = (value: string) => ({
      value,
      source: 'client' as const,
      by: this.by,
      at: '2026-11-22T11:00:00+02:00' as Moment
    })
    return { firstName: said(firstName), lastName: said(lastName) }
  }

  note(text: string): Note {
    return {
      visit: newEntry(),
      template: 'perhetyo',
      templateVersion: 1,
      fields: { observations: text },
      state: 'draft',
      author: this.by,
      writtenAt: '2026-11-22T11:00:00+02:00' as Moment
    }
  }

  async openCustomership(firstName = 'Tuulia', lastName = 'Ängeslevä'): Promise<CustomershipId> {
    const id = newCustomership()
    await this.store.register.transact(async (tx) => {
      const change = await tx.create(id, day('2026-06-01'))
      await change.put('profile', newEntry(), this.profile(firstName, lastName), this.by)
    })
    return id
  }

  async addUser(change: Partial<User> = {}): Promise<User> {
    const id = newUser()
    const user: User = {
      id,
      username: `user-${id.slice(-12)}`,
      displayName: 'Kaisla Niittyvuo',
      role: 'worker',
      tasks: ['care'],
      state: 'active',
      passwordHash: null,
      mustChangePassword: false,
      pledgedAt: null,
      trainedAt: null,
      noticeVersion: null,
      noticeAt: null,
      lastSeenAt: null,
      ...change
    }
    await this.store.users.add(user)
    return user
  }
}
