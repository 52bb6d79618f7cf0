import type { Lease } from '#contract/device.ts'
import type { DeviceId } from '#contract/id.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { SignedInUser } from '#contract/session.ts'
import { heldTime, now } from '#lib/device/clock.ts'
import { DoorDatabase, type DoorRow } from '#lib/device/database.ts'
import { Databases } from '#lib/device/databases.ts'
import { follow } from '#lib/device/follow.ts'
import { share, withLock } from '#lib/device/locks.ts'
import { askToPersist } from '#lib/device/persist.ts'
import { tellMoment } from '#lib/device/moments.ts'
import { AutoLock, lockRules } from './auto-lock.ts'
import { Forgetting } from './forgetting.ts'
import { OpenVault } from './open-vault.ts'
import type { Secret } from './keys.ts'
import { forgetRegisterNames } from './residents.ts'
import { lookAtDoor, type DoorSight } from './door-sight.ts'
import { loadEnrolling } from './later.ts'
import { residentOf } from './resident.ts'
import type { Resident, Unlocking } from './room.ts'
import { openLock, siteLock } from './site-locks.ts'
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
  /** What may be told of each resident while locked, and only to whoever chose that name. */
  sights: ReadonlyMap<DeviceId, DoorSight> = $state.raw(new Map())
  readonly sight = $derived(this.current ? this.sights.get(this.current) : undefined)
  storage: Resident['storage'] = $state('opfs')
  /** Whether the browser promised to keep what lies here; null while it asks the person. */
  persistent: boolean | null = $state(null)
  opened: OpenVault | null = $state.raw(null)
  /** Somebody's vault here was ordered to go. */
  wiped = $state(false)
  /** Hidden for a short while: nothing may be seen, and no passphrase is asked for yet. */
  blank = $state(false)
  /** After wrong passphrases: when the next may be tried, and how many are left. */
  waitUntil: number | null = $state(null)
  triesLeft: number | null = $state(null)

  #doorDatabase: DoorDatabase | null = null
  readonly #databases = new Databases(() => this.#giveWay())
  #forgettingMade: Forgetting | null = null
  /** How to make room for a newer version of the app. */
  readonly #leave: () => void
  #beforeLock: readonly (() => Promise<void>)[] = []
  #room: WorkerLine | null = null
  #autoLock: AutoLock | null = null
  #channel: BroadcastChannel | null = null
  #watching: (() => void) | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #locking: Promise<void> | null = null
  #isCleared = false
  #letGo = (): void => undefined
  #leaving: Promise<void> | null = null

  /** `residents`: where the first look found only vaults that can be opened, the lock stands at once. */
  constructor(leave: () => void, residents: readonly DoorRow[] = []) {
    this.#leave = leave
    if (residents.length === 0) return
    this.#know(residents)
    this.state = 'locked'
  }

  /** Forgets what is due, then looks who lives here. Nobody is let in before what is due is forgotten. */
  async start(): Promise<void> {
    this.#channel = new BroadcastChannel('kotikaynti-lock')
    this.#channel.onmessage = ({ data }) => {
      if (data === 'cleared') this.#startAfresh()
      else void this.#close()
    }
    await this.#forgetting.whatIsDue()
    await Promise.all([
      forgetRegisterNames(this.#door),
      this.#databases.sweep(await this.#door.vaults.toCollection().primaryKeys())
    ])
    await this.#readDoor()
    if (this.state !== 'open') this.state = this.current ? 'locked' : 'absent'
    this.#timer = setInterval(() => void this.#look(), wakeMilliseconds)
    document.addEventListener('visibilitychange', this.#wake)
    this.#watch()
  }

  stop(): void {
    clearInterval(this.#timer)
    document.removeEventListener('visibilitychange', this.#wake)
    this.#channel?.close()
    this.#watching?.()
    void this.#close()
  }

  /** Enrols this browser for whoever is signed in. What the server refuses leaves nothing behind. */
  async enrol(o: Enrolling): Promise<ProblemCode | 'away' | null> {
    await this.#close()
    return withLock(siteLock, () => this.#enrol(o))
  }

  async #enrol(o: Enrolling): Promise<ProblemCode | 'away' | null> {
    const room = this.#freshRoom()
    const { signingKey, storage } = await room.ask('prepare', undefined)
    const request = { name: o.label, signingKey }
    const enrolling = await loadEnrolling().catch(() => null)
    if (!enrolling) return 'away'
    const answer = await enrolling.askForDevice(request)
    if (!answer.ok) return 'problem' in answer ? answer.problem.code : 'away'
    const { device, leaseKey, sealingKey, policy } = answer.data
    const resident = { user: o.user.id, device, storage }
    await room.ask('create', { resident, passphrase: o.passphrase, leaseKey })
    const enrolledAt = heldTime(await this.#door.timeMark(), now())
    const row: DoorRow = {
      ...resident,
      userName: o.userName,
      enrolledAt,
      usedAt: now(),
      policy,
      state: 'ready'
    }
    // At the door first: a database that nobody there knows is swept away.
    await this.#door.vaults.put(row)
    const database = this.#databases.of(device)
    await database.writeMeta('sealingKey', sealingKey)
    const sealed = await room.ask('sealOwn', { item: 'label', revision: 0, value: o.label })
    await database.writeMeta('label', { sealed })
    // Whoever enrols again has forgotten the passphrase, or lost trust in it.
    const former = this.vaults.filter((one) => one.user === row.user)
    for (const one of former) await this.#forgetting.spend(one)
    // Firefox asks the person, who may never answer: nothing waits for it.
    this.persistent = null
    void askToPersist().then((kept) => (this.persistent = kept))
    await this.#readDoor()
    this.#enter(row, room)
    return null
  }

  async unlock(by: Secret): Promise<Unlocking['result']> {
    await this.#locking
    await this.#forgetting.whatIsDue()
    const row = this.vaults.find(({ device }) => device === this.current)
    if (!row) return 'overwritten'
    const room = this.#freshRoom()
    // Read while the key is derived: the processor is busy, and the disk is not.
    const lease = this.#databases.of(row.device).readMeta('lease')
    // Of whoever is not let in it is not asked for; whoever is hears of it where it is awaited.
    lease.catch(() => undefined)
    const unlocking = await room.ask('unlock', {
      resident: residentOf(row),
      by,
      limit: row.policy.wrongPassphraseLimit,
      time: heldTime(await this.#door.timeMark(), now())
    })
    this.waitUntil = unlocking.result === 'wait' ? unlocking.until : null
    this.triesLeft = unlocking.result === 'wrong' ? unlocking.left : null
    if (unlocking.result === 'open') {
      tellMoment('kotikaynti:unlocked')
      await this.#openUp(row, room, await lease)
    }
    if (unlocking.result === 'overwritten') await this.#spend(row)
    return unlocking.result
  }

  /** All tabs at once. What is typed is sealed first. */
  lock(): void {
    this.lockOthers()
    void this.#close()
  }

  /** Made when it is first asked: the lock is drawn without it. */
  get #door(): DoorDatabase {
    if (this.#doorDatabase) return this.#doorDatabase
    const door = new DoorDatabase()
    door.beforeYield = () => this.#giveWay()
    return (this.#doorDatabase = door)
  }

  get #forgetting(): Forgetting {
    return (this.#forgettingMade ??= this.#makeForgetting())
  }

  #makeForgetting(): Forgetting {
    return new Forgetting({
      door: this.#door,
      databases: this.#databases,
      withRoom: (use) => this.#withRoom(use),
      close: async (row) => {
        if (this.opened?.device === row.device) await this.#close()
      },
      changed: async ({ state }, wiping) => {
        this.wiped ||= state !== 'spent'
        // The page is on its way: what it shows meanwhile may not turn it elsewhere.
        if (this.#isCleared) return
        if (wiping === 'cleared') {
          this.#isCleared = true
          this.#channel?.postMessage('cleared')
          this.#startAfresh()
          return
        }
        await this.#readDoor()
        if (this.state === 'locked' && !this.current) this.state = 'absent'
      }
    })
  }

  /** For what is kept there about the locked one. */
  get door(): DoorDatabase {
    return this.#door
  }

  /** Every other tab. */
  lockOthers(): void {
    this.#channel?.postMessage('lock')
  }

  /** Another user of this tablet. */
  choose(device: DeviceId): void {
    if (this.state === 'open') this.lock()
    this.current = device
    this.storage = this.vaults.find((row) => row.device === device)?.storage ?? 'opfs'
  }

  /** How the open one's user wants to be called on the lock screen. */
  async rename(userName: string): Promise<void> {
    if (!this.opened) return
    await this.#door.vaults.update(this.opened.device, { userName })
    await this.#readDoor()
  }

  /** Before a newer version takes the page: it waits until no typed word is unsealed, then locks. */
  sealWords(): Promise<void> {
    this.#leaving ??= this.#sealAll().finally(() => {
      this.#leaving = null
    })
    return this.#leaving
  }

  async #giveWay(): Promise<void> {
    await this.sealWords()
    this.#leave()
  }

  async #sealAll(): Promise<void> {
    // Nothing that is sealed is on a page without an open vault, such as a form at the office.
    if (!this.opened) return this.#close()
    // Nobody types on a covered page; what cannot be sealed comes back to the screen.
    this.blank = true
    while (!(await this.#seal())) {
      this.blank = document.hidden
      await later(sealAgainMilliseconds)
      this.blank = true
    }
    await this.#close()
    // A lock in between had closed it, and uncovered the page, already.
    this.blank = false
  }

  /** False when words are left unsealed. */
  async #seal(): Promise<boolean> {
    const sealing = await Promise.allSettled(this.#beforeLock.map((run) => run()))
    return sealing.every(({ status }) => status === 'fulfilled')
  }

  /** Runs before the keys go, and fails when words are left unsealed; answers how to take it back. */
  beforeLock(run: () => Promise<void>): () => void {
    this.#beforeLock = [...this.#beforeLock, run]
    return () => {
      this.#beforeLock = this.#beforeLock.filter((one) => one !== run)
    }
  }

  /** Every connection of this page is dead once the browser has let go of what it kept. */
  #startAfresh(): void {
    location.replace('/sign-in')
  }

  async #openUp(row: DoorRow, room: WorkerLine, lease: Lease | undefined): Promise<void> {
    if (lease && !(await room.ask('isLeaseGenuine', { lease }))) {
      await this.#forgetting.all(row)
      await this.#databases.of(row.device).meta.delete('lease')
    }
    this.#enter(row, room)
    // Who came last is named first at the lock: a full disk costs that, and nobody waits for it.
    void this.#door.vaults.update(row.device, { usedAt: now() }).catch(() => undefined)
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
    this.#letGo = share(openLock(row.device))
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
    await Promise.race([this.#seal(), later(sealFirstMilliseconds)])
    this.opened = null
    this.#letGo()
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
    await this.#forgetting.spend(row)
    await this.#look()
    await this.#readDoor()
    this.state = this.current ? 'locked' : 'absent'
  }

  async #readDoor(): Promise<void> {
    this.#know(await this.#door.vaults.toArray())
  }

  #know(rows: readonly DoorRow[]): void {
    this.vaults = rows.filter(({ state }) => state === 'ready').sort((a, b) => b.usedAt - a.usedAt)
    const known = this.vaults.find(({ device }) => device === this.current) ?? this.vaults[0]
    this.current = known?.device ?? null
    if (known) this.storage = known.storage
  }

  readonly #wake = (): void => {
    if (document.visibilityState === 'visible') void this.#look()
  }

  #look(): Promise<void> {
    return this.#forgetting.whatIsDue().catch(() => undefined)
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

  /** It follows what any tab, or the service worker, delivers; so do orders left by them. */
  #watch(): void {
    this.#watching?.()
    this.#watching = follow({
      tables: ['vaults', 'outbox', 'purges'],
      rest: doorRestMilliseconds,
      look: () => lookAtDoor(this.#door, this.#databases),
      tell: ({ sights, orders }) => {
        this.sights = sights
        if (orders > 0) void this.#look()
      }
    })
  }
}

interface Enrolling {
  readonly label: string
  /** What the lock screen shows: chosen by the user. */
  readonly userName: string
  readonly passphrase: string
  readonly user: SignedInUser
}

const wakeMilliseconds = 60_000
/** As often as a person can read a number that falls. */
const doorRestMilliseconds = 250
/** The page is covered meanwhile; a disk that hangs must not keep the keys. */
const sealFirstMilliseconds = 10_000
const sealAgainMilliseconds = 5000

const later = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
