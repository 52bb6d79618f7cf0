import type { Entry } from '#contract/entry.ts'
import { entriesOf } from '#contract/entry.ts'
import type { OperationId } from '#contract/id.ts'
import { isHeldValue } from '#lib/vault/room.ts'
import { manifestOf } from '#lib/sync/apply.ts'
import { usedSlots } from '#lib/vault/keyring-slots.ts'
import type { CargoRow, SealedRow } from '#lib/device/database.ts'
import type { Cast } from './cast.ts'
import type { Happening, Story } from './happening.ts'
import { Promised } from './promised.ts'
import { Office } from './office.ts'
import { doneOf, Person, Unseen, type Case } from './person.ts'
import { Random } from './random.ts'
import { actAs, Scheduler } from './scheduler.ts'
import { Shown } from './shown.ts'
import { stage } from './stage.ts'
import type { Page, Tablet } from './tablet.ts'

/** What a restored register asks for again goes with the next round that asks, five minutes later at most. */
const longestHealing = 12 * 60_000
const mostTurns = 4000

/** One history from its beginning, the same for everybody, to what must be true when the network is back. */
export class History {
  readonly lines: string[] = []
  readonly #cast: Cast
  readonly #scheduler: Scheduler
  readonly #promised: Promised
  readonly #office: Office
  readonly #shown: Shown
  readonly #people = new Map<Page, Person>()
  #words = 0

  constructor(cast: Cast) {
    this.#cast = cast
    this.#promised = new Promised(cast.server, cast.revisions)
    this.#shown = new Shown((tablet, id) => this.#promised.isPurged(tablet, id))
    const { clock } = cast.server.world
    this.#scheduler = new Scheduler({
      time: cast.server.beginning,
      told: (line) => this.lines.push(line),
      atTime: (time) => clock.set(time)
    })
    const { server, mainUser: user, assignments } = cast
    const newWord = () => `o${(this.#words += 1)}.`
    this.#office = new Office({ server, user, promised: this.#promised, assignments, newWord })
  }

  /** Throws when something was not as it must be; what happened until then is in `lines`. */
  static async play(cast: Cast, { isEmpty, happenings }: Story): Promise<History> {
    await cast.server.reset()
    for (const tablet of cast.tablets) tablet.reset(isEmpty)
    const history = new History(cast)
    await history.#play(happenings)
    return history
  }

  /** Every tablet fetches for the first time: with that most histories begin. */
  static async useTablets(cast: Cast): Promise<void> {
    await cast.server.reset()
    for (const tablet of cast.tablets) tablet.reset(true)
    const history = new History(cast)
    stage.begin(history.#scheduler, new Random(1))
    for (const tablet of cast.tablets) history.#opened(tablet)
    await history.#heal()
    for (const tablet of cast.tablets) {
      tablet.crash()
      tablet.keepInUse()
    }
    stage.end()
  }

  async #play(happenings: readonly Happening[]): Promise<void> {
    this.#cast.hear((path, request, status, body) => {
      this.#promised.hear(path, status, body)
      const isOf = ({ device }: Tablet) => path.includes(device) || request.includes(device)
      const asking = this.#cast.tablets.find(isOf)
      if (asking) this.#promised.hearOrders(asking, body)
    })
    stage.begin(this.#scheduler, new Random(1))
    try {
      for (const one of happenings) {
        this.#tell(one)
        await this.#happen(one)
        this.#check()
      }
      this.lines.push('— the network is back —')
      await this.#heal()
      await stage.aside(() => this.#judgeHeld())
      if (await this.#decideAll()) await this.#heal()
      await stage.aside(() => this.#judge())
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
      throw new Error(`${why}\n\n${this.lines.join('\n')}\n`, { cause: error })
    } finally {
      for (const tablet of this.#cast.tablets) for (const page of tablet.pages) page.die()
      this.#office.dead = true
      stage.end()
    }
  }

  #tell(one: Happening): void {
    const { kind, ...rest } = one
    if (kind !== 'go') this.lines.push(`• ${kind} ${JSON.stringify(rest)}`)
  }

  #tablet(which: number): Tablet {
    const tablet = this.#cast.tablets[which]
    if (!tablet) throw new Error('there are three tablets')
    return tablet
  }

  #family(which: number): Case {
    const family = this.#cast.families[which]
    if (!family) throw new Error('there are two families')
    return family
  }

  #pageOf(tablet: Tablet, tab = 0): Page {
    return tablet.page(Math.min(tab, Math.max(0, tablet.pages.length - 1))) ?? this.#opened(tablet)
  }

  #opened(tablet: Tablet): Page {
    const page = tablet.open()
    this.#shown.open(page)
    const newWord = () => `${page.name.toLowerCase()}${(this.#words += 1)}.`
    this.#people.set(page, new Person(page, this.#promised, newWord))
    return page
  }

  async #happen(one: Happening): Promise<void> {
    switch (one.kind) {
      case 'does':
        this.#do(
          this.#pageOf(this.#tablet(one.tablet), one.tab),
          one.what,
          this.#family(one.family)
        )
        break
      case 'go': {
        const random = new Random(one.seed)
        for (let turn = 0; turn < one.turns; turn += 1)
          await this.#step((count) => (one.seed === 0 ? 0 : random.below(count)))
        return
      }
      case 'fault':
        this.#tablet(one.tablet).network.faults.push(one.fault)
        return
      case 'full disk':
        this.#tablet(one.tablet).fill(one.writes)
        return
      case 'office':
        this.#atOffice(one)
        break
      case 'crash':
        this.#tablet(one.tablet).crash()
        return
      case 'second tab': {
        const tablet = this.#tablet(one.tablet)
        if (tablet.pages.length === 1) this.#opened(tablet)
        break
      }
      case 'close tab': {
        const tablet = this.#tablet(one.tablet)
        const page = tablet.page(1)
        if (page) tablet.close(page)
        return
      }
      case 'rot':
        this.#rot(this.#tablet(one.tablet))
        return
      case 'crash server':
        this.#cast.server.dieAfter(one.commits)
        return
      case 'back up':
        this.#backUp()
        return
      case 'restore':
        await this.#restore?.()
        break
      case 'wait':
        await this.#scheduler.wait(one.milliseconds)
        return
      case 'clock':
        this.#tablet(one.tablet).setClock(one.skew)
        return
    }
    await this.#scheduler.settle()
  }

  #backUp(): void {
    const { server } = this.#cast
    server.backUp()
    const [setBack, officeSetBack] = [this.#promised.backUp(), this.#office.backUp()]
    const deleted = this.#promised.deleted.size
    this.#restore = async () => {
      // What was forgotten since is forgotten again by a tool of its own.
      if (this.#promised.deleted.size !== deleted) return
      await server.restore(`restored-${(this.#restores += 1)}`)
      setBack()
      officeSetBack()
    }
  }
  #restore: (() => Promise<void>) | null = null
  #restores = 0

  #do(page: Page, what: (Happening & { kind: 'does' })['what'], family: Case): void {
    const person = this.#people.get(page)
    if (!person) return
    page.do(async () => {
      if (what === 'send') await page.replica?.send()
      else if (what === 'fetch') await page.replica?.pull()
      else if (what === 'sign') await person.type(family, 'note.sign')
      else await person[what](family)
    })
  }

  #atOffice({ act, family: which, worker: who }: Happening & { kind: 'office' }): void {
    const family = this.#family(which)
    const worker = this.#cast.workers[who]?.id
    if (!worker) return
    if (act === 'delete') {
      this.#promised.deleted.add(family.id)
      this.#office.do(() => this.#cast.server.delete(family.id))
    } else
      this.#office.do((office) => {
        if (act === 'plan') return office.plan(family, worker)
        if (act === 'type') return office.type(family)
        if (act === 'look') return office.look(family, worker)
        if (act === 'merge') return office.merge(family, worker)
        if (act === 'end') return office.end(family)
        if (act === 'accept' || act === 'return') return office.decide(act)
        return office.assign(family, worker, act === 'assign')
      })
  }

  /** A bit of what waits turns over on the disk; of each once, for what is damaged twice is told to its author instead. */
  #rot(tablet: Tablet): void {
    const row = tablet.outbox.find(
      ({ id, waiting, freight }) => waiting === 1 && !freight && !this.#rotten.has(id)
    )
    const cargo = tablet.rows<CargoRow>('cargo').find(({ id }) => id === row?.id)
    if (!cargo) return
    this.#rotten.add(cargo.id)
    tablet.spoil('cargo', cargo, { ...cargo, ciphertext: `AAAA${cargo.ciphertext.slice(4)}` })
  }
  readonly #rotten = new Set<string>()

  async #step(pick: (count: number) => number): Promise<void> {
    await this.#scheduler.step(pick)
    const { server } = this.#cast
    if (server.isDying) {
      this.lines.push('the server dies')
      await server.crash()
      await this.#scheduler.settle()
    }
    this.#check()
  }

  #check(): void {
    this.#promised.check(this.#cast.tablets)
    this.#shown.check(this.#cast.tablets)
    for (const page of this.#people.keys())
      for (const failure of page.failures) if (failure instanceof Unseen) throw failure
  }

  get #inUse(): Tablet[] {
    return this.#cast.tablets.filter((tablet) =>
      [...this.#people.keys()].some((page) => page.tablet === tablet)
    )
  }

  /** Nobody presses anything: whatever is left drains by itself. */
  async #heal(): Promise<void> {
    for (const tablet of this.#inUse) {
      tablet.network.faults.length = 0
      tablet.failingWrites = 0
      this.#pageOf(tablet)
    }
    // A page that opens must not be in the middle of it when the office deletes, which happens at no time.
    await this.#scheduler.settle()
    const until = this.#scheduler.time + longestHealing
    let drainedAt: number | null = null
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const isDrained = this.#inUse.every((tablet) =>
        tablet.outbox.every(({ waiting }) => waiting === 0)
      )
      drainedAt = isDrained ? (drainedAt ?? this.#scheduler.time) : null
      const isQuiet = drainedAt !== null && this.#scheduler.waiting === 0
      if (isQuiet && this.#hasFetchedSince(drainedAt ?? 0)) return
      if (this.#scheduler.time > until) break
      await this.#step(() => 0)
    }
    throw new Error(`something is stuck: ${this.#stuck().join('; ')}`)
  }

  #hasFetchedSince(time: number): boolean {
    return this.#inUse.every((tablet) =>
      tablet.pages.every(
        ({ replica, state }) =>
          state === 'wiped' || (replica?.freshAt && Date.parse(replica.freshAt) > time)
      )
    )
  }

  #stuck(): string[] {
    return this.#inUse.flatMap((tablet) => [
      ...tablet.outbox
        .filter(({ waiting }) => waiting === 1)
        .map(({ seq, trouble }) => `${tablet.name} has ${seq} ${trouble ?? ''}`),
      ...tablet.pages.map(
        ({ name, state, replica, failures }) =>
          `${name} is ${state}, ${replica?.status ?? '-'} ${replica?.problem ?? ''} since ${replica?.freshAt ?? 'never'} ${failures.map(String).join()}`
      )
    ])
  }

  /** What awaits a decision is named as such to its author, and to nobody else. */
  async #judgeHeld(): Promise<void> {
    const held = await this.#cast.server.world.parts.store.operations.held()
    for (const tablet of this.#inUse) {
      const theirs = held
        .filter(({ device }) => device === tablet.device)
        .map(({ id }) => id)
        .filter((id) => !this.#isUnreadable(tablet, id))
      const told = tablet.outbox
        .filter(({ receipt }) => receipt?.outcome === 'awaiting-decision')
        .map(({ id }) => id)
      same(`what awaits a decision on ${tablet.name}`, told.sort(), theirs.sort())
      for (const { replica } of tablet.pages)
        for (const line of replica?.outbox ?? [])
          if (theirs.includes(line.id) !== (line.state === 'awaiting-decision'))
            throw new Error(`${tablet.name} says ${line.state} of ${line.op}`)
    }
  }

  /**
   * Damaged on the disk, and its copy had to go before it was sealed from it once more: that is told, whatever became
   * of one that came whole before it was damaged, and whose answer was lost.
   */
  #isUnreadable(tablet: Tablet, id: OperationId): boolean {
    const row = tablet.outbox.find((one) => one.id === id)
    const isPurged = row && this.#promised.isPurged(tablet, row.customership)
    return this.#rotten.has(id) && isPurged === true && row?.receipt?.code === 'cannot-open'
  }

  /** The office takes what can be taken, and leaves out the rest. */
  async #decideAll(): Promise<boolean> {
    this.#cast.server.dieAfter(null)
    let wasNeeded = false
    for (const decision of ['accept', 'return'] as const) {
      let decided = 1
      while (decided > 0) {
        decided = 0
        this.#office.do(async (office) => {
          decided = await office.decide(decision)
        })
        await this.#scheduler.settle()
        while (this.#scheduler.waiting > 0) await this.#step(() => 0)
        wasNeeded ||= decided > 0
      }
    }
    return wasNeeded
  }

  async #judge(): Promise<void> {
    const held = await this.#cast.server.world.parts.store.operations.held()
    if (held.length > 0) throw new Error('something awaits a decision for ever')
    for (const { id, op, tablet, customership } of this.#promised.saved.values()) {
      if (this.#promised.row(id) || this.#promised.deleted.has(customership)) continue
      if (this.#isUnreadable(tablet, id)) continue
      throw new Error(`a saved ${op} never came to the server`)
    }
    for (const family of this.#cast.families) await this.#judgeFamily(family)
    await this.#judgeReaders()
  }

  async #judgeFamily(family: Case): Promise<void> {
    const { register, suppression } = this.#cast.server.world.parts.store
    const read = await register.read(family.id, async (reader) => ({
      entries: await reader.entries()
    }))
    if (this.#promised.deleted.has(family.id)) {
      if (read || !(await suppression.has(family.id))) throw new Error(`${family.name} came back`)
      return
    }
    if (!read) throw new Error(`${family.name} went by itself`)
    this.#judgeUse(family)
    this.#judgeOrder(family)
    this.#judgeWords(family, read.entries)
  }

  /** §12: what was read on a tablet is known to the register. */
  #judgeUse(family: Case): void {
    const [uses] = this.#cast.server.rows<{ count: number }>(
      "select count(*) as count from uses where customership = ? and kind = 'open' and device is not null",
      family.id
    )
    const looks = this.#promised.countLooks(
      family.id,
      ({ id, tablet }) => !this.#isUnreadable(tablet, id)
    )
    if ((uses?.count ?? 0) < looks)
      throw new Error(`${looks} looks were told, ${uses?.count} are known`)
  }

  /** Of one device and one customership, in the order in which it was written. */
  #judgeOrder(family: Case): void {
    const rows = this.#cast.server.rows<{ id: OperationId; device: string; seq: number }>(
      `select id, device, seq from operations where customership = ? and outcome = 'applied'
        and revision is not null and decidedOutcome is null order by revision`,
      family.id
    )
    // Pictures go behind words, and what was damaged and sealed once more held up nothing.
    const apart = new Set(
      this.#cast.tablets.flatMap(({ device, outbox }) =>
        outbox
          .filter(({ freight, renewed }) => freight ?? renewed)
          .map(({ seq }) => `${device} ${seq}`)
      )
    )
    const last = new Map<string, number>()
    for (const { id, device, seq } of rows) {
      // What a restore lost comes again once the tablet hears of it, which may be after something newer.
      if (apart.has(`${device} ${seq}`) || this.#promised.isLost(id)) continue
      if (seq < (last.get(device) ?? 0)) throw new Error(`number ${seq} overtook a later one`)
      last.set(device, seq)
    }
  }

  /** Both texts are kept: every word that was taken into the record stands in an open note. */
  #judgeWords(family: Case, entries: readonly Entry[]): void {
    const notes = entriesOf(entries, 'note').filter(({ data }) => !data.mergedInto)
    const texts = notes.map(doneOf)
    const require = (word: string, whose: string) => {
      if (!texts.some((text) => text.includes(word)))
        throw new Error(`${word} of ${whose} is gone; there is ${JSON.stringify(texts)}`)
    }
    for (const { id, op, customership, words } of this.#promised.saved.values()) {
      if (customership !== family.id) continue
      const row = this.#promised.row(id)
      if ((row?.decidedOutcome ?? row?.outcome) === 'applied')
        for (const word of words) require(word, op)
    }
    for (const word of this.#office.words.get(family.id) ?? []) require(word, 'the office')
  }

  /** What another client of the protocol fetches for the first time is what every tablet holds. */
  async #judgeReaders(): Promise<void> {
    const { world } = this.#cast.server
    for (const reader of this.#cast.readers) {
      reader.held.clear()
      Object.assign(reader, { generation: null, organisation: null, purged: [] })
      const { cookies } = await world.signedIn(reader.user)
      reader.client.cookies.set('session', cookies.get('session') ?? '')
      await reader.pull()
      for (const tablet of this.#inUse) {
        if (tablet.user.id !== reader.user.id) continue
        const expected = new Map(
          [...reader.held].map(([id, { revision, view, entries }]) => [
            id as string,
            { revision, view, entries: sorted([...entries.values()]) }
          ])
        )
        for (const page of tablet.pages)
          if (page.state === 'open') await this.#judgeTablet(tablet, page, expected)
      }
    }
  }

  async #judgeTablet(
    tablet: Tablet,
    page: Page,
    expected: ReadonlyMap<string, unknown>
  ): Promise<void> {
    const { vault, replica } = page
    if (!vault || !replica) throw new Error('it is open')
    const ids = [...expected.keys()].sort()
    for (const table of ['customerships', 'faces'] as const)
      same(
        `${table} on ${page.name}`,
        tablet
          .rows<SealedRow>(table)
          .map(({ id }) => id)
          .sort(),
        ids
      )
    for (const table of ['copies', 'pages'])
      for (const { customership } of tablet.rows<{ customership: string }>(table))
        if (!ids.includes(customership)) throw new Error(`${table} of what had to go`)
    const slots = usedSlots(tablet.disk.keyring, 0).map(({ id }) => id)
    if (slots.some((id) => !ids.includes(id))) throw new Error(`${page.name} has a key too many`)
    same(`what ${page.name} shows`, replica.faces.map(({ id }) => id as string).sort(), ids)
    await actAs(page, async () => {
      const rows = tablet.rows<SealedRow>('customerships')
      const values = await vault.openHeld('customerships', rows, await manifestOf(vault.database))
      for (const [index, value] of values.entries()) {
        const row = rows[index]
        if (!row || !isHeldValue(value)) throw new Error(`${page.name} cannot open what it holds`)
        const { revision, view } = row
        const held = { revision, view, entries: sorted([...value.entries]) }
        same(`a customership on ${page.name}`, held, expected.get(row.id))
      }
    })
  }
}

const sorted = <T extends { readonly id: string }>(all: T[]): T[] =>
  all.sort((a, b) => (a.id < b.id ? -1 : 1))

function same(what: string, one: unknown, other: unknown): void {
  const [first, second] = [JSON.stringify(one), JSON.stringify(other)]
  if (first !== second) throw new Error(`${what}: ${first} instead of ${second}`)
}
