import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { CustomershipId } from '#contract/id.ts'
import type { Organisation } from '#contract/settings.ts'
import { commitDeletion, deleteCustomership } from '#server/ending/delete-customership.ts'
import { scanRemains } from '#server/ending/scan-remains.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { World } from '#tests/support/world.ts'
import { actAs, type Actor } from './scheduler.ts'
import { stage } from './stage.ts'
import type { Answered, Far } from './network.ts'

/** Bytes that no disk ever sees; the durability of a real one is tried by killed servers. */
const memory = '/dev/shm'
const folders = ['data', 'keys', 'keys-copy'] as const

/**
 * One product, with a template of the two fields that are written here. The words of all the others travel with
 * it, are sealed on each tablet and opened at each start, and are every time the same.
 */
function organisation(): Organisation {
  const standard = standardOrganisation({ name: 'Kotiapu Oy', organiser: 'Mallikunta' })
  return {
    ...standard,
    products: standard.products.filter(({ id }) => id === 'home-service'),
    templates: standard.templates
      .filter(({ id }) => id === 'home-service')
      .map((template) => ({
        ...template,
        fields: template.fields.filter(({ id }) => id === 'tasks' || id === 'done')
      }))
  }
}

/** Lays the rows of the beginning back. */
interface Hand {
  readonly tables: readonly { empty: Sqlite.Statement; fill: Sqlite.Statement | null }[]
  readonly begin: Sqlite.Statement
  readonly commit: Sqlite.Statement
  close(): void
}

/**
 * The real server over real files, laid back before each history to how it was at the beginning of
 * time. Each of its transactions waits for its turn, so that a crash falls between any two.
 */
export class SimulatedServer implements Far {
  readonly world: World
  #beginning = 0
  /** Something other than rows has changed since. */
  #isWorn = false
  #look: Sqlite.Database | null = null
  #crashed = Promise.withResolvers<never>()

  private constructor(world: World) {
    this.world = world
  }

  static async create(): Promise<SimulatedServer> {
    const before = process.env['TMPDIR']
    if (existsSync(memory)) process.env['TMPDIR'] = memory
    try {
      return new SimulatedServer(await World.create({ organisation: organisation() }))
    } finally {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    }
  }

  get beginning(): number {
    return this.#beginning
  }

  /** From now on every history begins here. */
  async keepBeginning(): Promise<void> {
    const { world } = this
    this.#beginning = world.clock.now()
    await this.#close()
    for (const folder of folders) {
      rmSync(this.#template(folder), { recursive: true, force: true })
      cpSync(join(world.folder, folder), this.#template(folder), { recursive: true })
    }
    await this.#open()
  }

  #template(folder: string): string {
    return join(this.world.folder, 'template', folder)
  }

  async reset(): Promise<void> {
    this.world.clock.set(this.#beginning)
    this.isDying = false
    this.#commitsLeft = null
    if (this.#isWorn) {
      await this.#close()
      for (const folder of folders) {
        rmSync(join(this.world.folder, folder), { recursive: true, force: true })
        cpSync(this.#template(folder), join(this.world.folder, folder), { recursive: true })
      }
      await this.#open()
      this.#isWorn = false
    } else this.#layRowsBack()
  }

  #layRowsBack(): void {
    const hand = (this.#hand ??= this.#openHand())
    hand.begin.run()
    for (const { empty, fill } of hand.tables) {
      empty.run()
      fill?.run()
    }
    hand.commit.run()
  }
  #hand: Hand | null = null

  #openHand(): Hand {
    const rows = new Sqlite(join(this.world.folder, 'data', 'register.db'))
    rows.pragma('synchronous = 0')
    rows.pragma('foreign_keys = 0')
    rows.exec(`attach '${join(this.#template('data'), 'register.db')}' as beginning`)
    const names = rows
      .prepare<[], { name: string }>(
        "select name from main.sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'kysely%'"
      )
      .all()
    const tables = names.map(({ name }) => {
      const hasRows = rows.prepare(`select 1 from beginning."${name}" limit 1`).get() !== undefined
      const filling = `insert into main."${name}" select * from beginning."${name}"`
      return {
        empty: rows.prepare(`delete from main."${name}"`),
        fill: hasRows ? rows.prepare(filling) : null
      }
    })
    const [begin, commit] = [rows.prepare('begin immediate'), rows.prepare('commit')]
    return { tables, begin, commit, close: () => rows.close() }
  }

  async #open(): Promise<void> {
    const { world } = this
    if (!this.#isRunning) await world.start()
    this.#isRunning = true
    const { register } = world.parts.store.files
    const transact = register.transact.bind(register)
    // Who comes to a process that has ended is told so: what is asked next, while another one starts, is asked of it.
    const gone = this.#crashed.promise
    register.transact = async (use) => {
      if (register.isInside || !stage.scheduler) return transact(use)
      await Promise.race([stage.scheduler.turn('commits'), gone])
      if (this.#commitsLeft !== 0) {
        if (this.#commitsLeft !== null) this.#commitsLeft -= 1
        return transact(use)
      }
      // All of it is done but the commit: whatever was answered already was not true.
      return transact(async () => {
        await use()
        this.isDying = true
        return gone
      })
    }
    this.#look = new Sqlite(join(world.folder, 'data', 'register.db'), { readonly: true })
    this.#starts += 1
  }
  #isRunning = false
  #commitsLeft: number | null = null
  /** It stands before the commit at which it was to die. */
  isDying = false

  /** After so many more commits; null: not any more. */
  dieAfter(commits: number | null): void {
    this.#commitsLeft = commits
  }

  async #close(): Promise<void> {
    this.#looks.clear()
    this.#look?.close()
    this.#look = null
    this.#hand?.close()
    this.#hand = null
    this.#isRunning = false
    await this.world.stop()
  }

  /** Its process is gone, and whatever it was doing; another one is started on the same files. */
  async crash(meanwhile: () => void = () => undefined): Promise<void> {
    this.isDying = false
    this.#commitsLeft = null
    const { reject, promise } = this.#crashed
    promise.catch(() => undefined)
    this.#crashed = Promise.withResolvers()
    reject(new TypeError('the server is gone'))
    await stage.scheduler?.settle()
    await stage.aside(async () => {
      await this.#close()
      meanwhile()
      await this.#open()
    })
  }
  /** A copy of the register as it stands now, as every night. */
  backUp(): void {
    rmSync(this.#backup, { force: true })
    const rows = new Sqlite(join(this.world.folder, 'data', 'register.db'))
    rows.exec(`vacuum into '${this.#backup}'`)
    rows.close()
  }

  get #backup(): string {
    return join(this.world.folder, 'backup.db')
  }

  /** The disk is lost: the register of the backup takes its place, under a new generation. */
  async restore(generation: string): Promise<void> {
    this.restores += 1
    this.#isWorn = true
    await this.crash(() => {
      const file = join(this.world.folder, 'data', 'register.db')
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
      cpSync(this.#backup, file)
      const rows = new Sqlite(file)
      rows.prepare("update facts set value = ? where name = 'generation'").run(generation)
      rows.close()
    })
  }
  /** What was on its way when the register was lost arrives nowhere. */
  restores = 0

  /**
   * What is asked of it, it does in its own name, and ends with its process: who asked may be gone long before,
   * and what the server then leaves undone would hold up everybody. Rejects when its process ends.
   */
  async serve<T>(who: string, work: () => Promise<T>): Promise<T> {
    const carrier: Actor = { name: `server for ${who}`, dead: false, skew: 0 }
    const gone = this.#crashed.promise
    gone.catch(() => (carrier.dead = true))
    return Promise.race([actAs(carrier, work), gone])
  }

  answer(path: string, init: RequestInit, who: string): Promise<Answered> {
    return this.serve(who, async () => {
      const response = await this.world.answer(path, init)
      const isLine = response.headers.get('Content-Type') === 'text/event-stream'
      const text = await (isLine ? listen(response, init.signal) : response.text())
      return { status: response.status, headers: response.headers, text }
    })
  }

  /** §7: everything of it, at once. */
  async delete(id: CustomershipId): Promise<void> {
    this.#isWorn = true
    const { scheduler } = stage
    // Alone: what anybody else put off meanwhile would be put off on the machine's own clock.
    await scheduler?.turn('deletes')
    const deleting = stage.aside(async () => {
      const { parts } = this.world
      const plan = await parts.store.register.transact((tx) =>
        commitDeletion(parts, tx, id, 'asked', null)
      )
      if (plan) await deleteCustomership(parts, plan)
      // What it left running in the background is done too when this one's turn has come.
      await scanRemains(parts)
    })
    // Files are written and read through meanwhile, which takes as long as it takes: nothing else goes on until then.
    await (scheduler?.land(deleting) ?? deleting)
  }

  /** What lies in its file, looked at from beside. */
  rows<T>(sql: string, ...given: readonly unknown[]): T[] {
    if (!this.#look) throw new Error('the server is stopped')
    let known = this.#looks.get(sql)
    if (!known) this.#looks.set(sql, (known = this.#look.prepare(sql)))
    return known.all(...given) as T[]
  }
  readonly #looks = new Map<string, Sqlite.Statement>()

  /** Another text when anything in its file was written since. */
  get changes(): string {
    const [seen] = this.rows<{ data_version: number }>('pragma data_version')
    return `${this.#starts} ${seen?.data_version}`
  }
  #starts = 0

  async close(): Promise<void> {
    await this.#close()
    await this.world.close()
  }
}

/** No ring arrives in a history: the minute brings everything. A line that was hung up ends for the server alone. */
async function listen({ body }: Response, signal: AbortSignal | null | undefined): Promise<string> {
  const reader = body?.getReader()
  signal?.addEventListener('abort', () => void reader?.cancel())
  while (reader && !(await reader.read()).done);
  return signal?.aborted ? new Promise(() => undefined) : ''
}
