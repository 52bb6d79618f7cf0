import { liveQuery, type Subscription } from 'dexie'
import { enrolAnswerSchema } from '#contract/device.ts'
import type { DeviceId } from '#contract/id.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { SignedInUser } from '#contract/session.ts'
import { heldTime, now, seenAgain, today } from '#lib/device/clock.ts'
import { DoorDatabase, type DoorRow, type VaultDatabase } from '#lib/device/database.ts'
import { Databases } from '#lib/device/databases.ts'
import { askToPersist } from '#lib/device/persist.ts'
import { api } from '#lib/http/api.ts'
import { tellMoment } from '#lib/device/moments.ts'
import { AutoLock, lockRules } from './auto-lock.ts'
import { OpenVault } from './open-vault.ts'
import { leaseEnd, markDestroyed, purgeDue, standingSlots } from './purge.ts'
import type { Resident } from './room.ts'
import { WorkerLine } from './worker-line.ts'

/**
 * The lock of this browser. It promises that nothing of a client is readable but while `opened`
 * stands, and that whatever had to go is gone before anybody is let in.
 */
export class Vault {
  state: 'starting' | 'absent' | 'locked' | 'open' = $state('starting')
  /** Who has a vault in this browser; the last used comes first. */
  vaults: readonly DoorRow[] = $state.raw([])
  current: DeviceId | null = $state(null)
  /** Operations not yet handed over, of everybody here; readable while locked. */
  waiting = $state(0)
  /** When the oldest of them was written. */
  waitingSince: number | null = $state(null)
  storage: Resident['storage'] = $state('opfs')
  /** Whether the browser promised to keep what lies here; null while it asks the person. */
  persistent: boolean | null = $state(null)
  opened: OpenVault | null = $state.raw(null)
  /** Hidden for a short while: nothing may be seen, and no passphrase is asked for yet. */
  blank = $state(false)
  /** After wrong passphrases: when the next may be tried, and how many are left. */
  waitUntil: number | null = $state(null)
  triesLeft: number | null = $state(null)

  readonly #door = new DoorDatabase()
  readonly #databases = new Databases()
  #beforeLock: readonly (() => Promise<void>)[] = []
  #room: WorkerLine | null = null
  #autoLock: AutoLock | null = null
  #channel: BroadcastChannel | null = null
  #watching: Subscription | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #locking: Promise<void> | null = null

  /** Forgets what is due first, then looks who lives here. */
  async start(): Promise<void> {
    await this.#forgetWhatIsDue()
    await this.#databases.sweep(await this.#door.vaults.toCollection().primaryKeys())
    await this.#readDoor()
    this.state = this.current ? 'locked' : 'absent'
    this.#channel = new BroadcastChannel('kotikaynti-lock')
    this.#channel.onmessage = () => void this.#close()
    this.#timer = setInterval(() => void this.#look(), wakeMilliseconds)
    document.addEventListener('visibilitychange', this.#wake)
    this.#watch()
  }

  stop(): void {
    clearInterval(this.#timer)
    document.removeEventListener('visibilitychange', this.#wake)
    this.#channel?.close()
    this.#watching?.unsubscribe()
    void this.#close()
  }

  /** Enrols this browser for whoever is signed in. What the server refuses leaves nothing behind. */
  async enrol(o: {
    label: string
    passphrase: string
    user: SignedInUser
  }): Promise<ProblemCode | 'away' | null> {
    await this.#close()
    const room = this.#freshRoom()
    const { signingKey, storage } = await room.ask('prepare', undefined)
    const request = { name: o.label, signingKey }
    const answer = await api('POST', '/api/devices', request, enrolAnswerSchema)
    if (!answer.ok) return 'problem' in answer ? answer.problem.code : 'away'
    const { device, leaseKey, sealingKey, policy } = answer.data
    const resident = { user: o.user.id, device, storage }
    await room.ask('create', { resident, passphrase: o.passphrase, leaseKey })
    const enrolledAt = heldTime(await this.#door.timeMark(), now())
    const row: DoorRow = {
      ...resident,
      userName: o.user.displayName,
      label: o.label,
      enrolledAt,
      usedAt: now(),
      policy,
      state: 'ready'
    }
    // At the door first: a database that nobody there knows is swept away.
    await this.#door.vaults.put(row)
    await this.#databases.of(device).writeMeta('sealingKey', sealingKey)
    // Firefox asks the person, who may never answer: nothing waits for it.
    this.persistent = null
    void askToPersist().then((kept) => (this.persistent = kept))
    await this.#readDoor()
    this.#enter(row, room)
    return null
  }

  async unlock(passphrase: string): Promise<'open' | 'wrong' | 'wait' | 'overwritten'> {
    await this.#locking
    await this.#forgetWhatIsDue()
    const row = this.vaults.find(({ device }) => device === this.current)
    if (!row) return 'overwritten'
    const room = this.#freshRoom()
    const unlocking = await room.ask('unlock', {
      resident: residentOf(row),
      passphrase,
      limit: row.policy.wrongPassphraseLimit,
      time: heldTime(await this.#door.timeMark(), now())
    })
    this.waitUntil = unlocking.result === 'wait' ? unlocking.until : null
    this.triesLeft = unlocking.result === 'wrong' ? unlocking.left : null
    if (unlocking.result === 'open') {
      tellMoment('kotikaynti:unlocked')
      await this.#openUp(row, room)
    }
    if (unlocking.result === 'overwritten') await this.#spend(row)
    return unlocking.result
  }

  /** All tabs at once. What is typed is sealed first. */
  lock(): void {
    this.#channel?.postMessage('lock')
    void this.#close()
  }

  /** Another user of this tablet. */
  choose(device: DeviceId): void {
    if (this.state === 'open') this.lock()
    this.current = device
    this.storage = this.vaults.find((row) => row.device === device)?.storage ?? 'opfs'
  }

  /** Runs before the keys go; answers how to take it back. */
  beforeLock(run: () => Promise<void>): () => void {
    this.#beforeLock = [...this.#beforeLock, run]
    return () => {
      this.#beforeLock = this.#beforeLock.filter((one) => one !== run)
    }
  }

  async #openUp(row: DoorRow, room: WorkerLine): Promise<void> {
    const database = this.#databases.of(row.device)
    const lease = await database.readMeta('lease')
    if (lease && !(await room.ask('isLeaseGenuine', { lease }))) {
      await purgeDue(database, {
        today: today(await this.#door.timeMark(), now()),
        leaseEnded: true
      })
      await database.meta.delete('lease')
    }
    await this.#door.vaults.update(row.device, { usedAt: now() })
    this.#enter(row, room)
  }

  #enter(row: DoorRow, room: WorkerLine): void {
    const opened = new OpenVault({
      resident: residentOf(row),
      database: this.#databases.of(row.device),
      door: this.#door,
      room
    })
    this.#autoLock = new AutoLock({
      rules: { ...lockRules, idleMinutes: row.policy.autoLockMinutes },
      wall: now,
      visitRunning: () => opened.visitRunning,
      lock: () => this.lock(),
      blank: (blank) => {
        this.blank = blank
      }
    })
    this.current = row.device
    this.storage = row.storage
    this.opened = opened
    this.state = 'open'
  }

  #close(): Promise<void> {
    if (!this.opened) return this.#locking ?? Promise.resolve()
    this.#locking ??= this.#shut().finally(() => {
      this.#locking = null
    })
    return this.#locking
  }

  async #shut(): Promise<void> {
    this.#autoLock?.stop()
    this.#autoLock = null
    this.blank = true
    const sealing = this.#beforeLock.map((run) => run().catch(() => undefined))
    await Promise.race([Promise.all(sealing), later(sealFirstMilliseconds)])
    this.opened = null
    this.#room?.end()
    this.#room = null
    this.state = this.current ? 'locked' : 'absent'
    this.blank = false
  }

  #freshRoom(): WorkerLine {
    this.#room?.end()
    this.#room = new WorkerLine()
    return this.#room
  }

  /** Too many wrong passphrases: time is lost, nothing else. Its outbox is still delivered. */
  async #spend(row: DoorRow): Promise<void> {
    await this.#door.vaults.update(row.device, { state: 'spent' })
    await purgeDue(this.#databases.of(row.device), {
      today: today(await this.#door.timeMark(), now()),
      leaseEnded: true
    })
    await this.#look()
    await this.#readDoor()
    this.state = this.current ? 'locked' : 'absent'
  }

  async #readDoor(): Promise<void> {
    const rows = (await this.#door.vaults.toArray()).sort((a, b) => b.usedAt - a.usedAt)
    this.vaults = rows.filter(({ state }) => state === 'ready')
    const known = this.vaults.find(({ device }) => device === this.current) ?? this.vaults[0]
    this.current = known?.device ?? null
    if (known) this.storage = known.storage
  }

  readonly #wake = (): void => {
    if (document.visibilityState === 'visible') void this.#look()
  }

  #look(): Promise<void> {
    return this.#forgetWhatIsDue().catch(() => undefined)
  }

  async #forgetWhatIsDue(): Promise<void> {
    const mark = seenAgain(await this.#door.timeMark(), now())
    await this.#door.keepTime(mark)
    for (const row of await this.#door.vaults.toArray()) {
      const database = this.#databases.of(row.device)
      const ended = heldTime(mark, now()) > leaseEnd(await database.readMeta('lease'), row)
      await purgeDue(database, { today: today(mark, now()), leaseEnded: ended })
      await this.#destroyStanding(row, database)
      // What nothing opens any more goes when its outbox needs no keeping either.
      const spent = row.state === 'spent' && (await database.outbox.count()) === 0
      if (row.state === 'wiping' || spent) await this.#wipe(row)
    }
  }

  async #destroyStanding(row: DoorRow, database: VaultDatabase): Promise<void> {
    const ids = await standingSlots(database)
    if (ids.length === 0) return
    await this.#withRoom((room) => room.ask('destroySlots', { resident: residentOf(row), ids }))
    await markDestroyed(database, ids)
  }

  /** The order to wipe: the user's own slots and database, once what was written is delivered. */
  async #wipe(row: DoorRow): Promise<void> {
    const database = this.#databases.of(row.device)
    if (this.opened?.device === row.device) await this.#close()
    await this.#withRoom((room) => room.ask('destroyKeyring', { resident: residentOf(row) }))
    if ((await database.outbox.where('waiting').equals(1).count()) > 0) return
    await this.#door.vaults.delete(row.device)
    await this.#databases.delete(row.device)
    await this.#readDoor()
    if (this.state === 'locked' && !this.current) this.state = 'absent'
  }

  async #withRoom<T>(use: (room: WorkerLine) => Promise<T>): Promise<T> {
    if (this.#room) return use(this.#room)
    const room = new WorkerLine()
    try {
      return await use(room)
    } finally {
      room.end()
    }
  }

  /** The count follows what any tab, or the service worker, delivers; so do orders left by them. */
  #watch(): void {
    this.#watching?.unsubscribe()
    this.#watching = liveQuery(async () => {
      let waiting = 0
      let since: number | null = null
      let standing = 0
      const doors = await this.#door.vaults.toArray()
      for (const { device } of doors) {
        const database = this.#databases.of(device)
        const rows = await database.outbox
          .where('waiting')
          .equals(1)
          .filter((row) => !row.quiet)
          .toArray()
        waiting += rows.length
        for (const { writtenAt } of rows) since = Math.min(since ?? writtenAt, writtenAt)
        standing += await database.purges.where('slot').equals('standing').count()
      }
      return {
        waiting,
        since,
        orders: standing + doors.filter((row) => row.state === 'wiping').length
      }
    }).subscribe(({ waiting, since, orders }) => {
      this.waiting = waiting
      this.waitingSince = since
      if (orders > 0) void this.#look()
    })
  }
}

const wakeMilliseconds = 60_000
const sealFirstMilliseconds = 2000

const residentOf = ({ user, device, storage }: DoorRow): Resident => ({ user, device, storage })

const later = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
