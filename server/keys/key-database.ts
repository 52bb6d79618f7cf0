import { AskInTurn, type Question } from './ask-in-turn.ts'
import { differenceOf, type KeyRow, type KeyRows } from './key-rows.ts'

const schema = [
  `create table if not exists facts (name text primary key, value text not null)`,
  `create table if not exists keys (
     name text collate "C" primary key, state text not null, "wrappedBy" text, wrapped bytea not null,
     "publicKey" text, "madeAt" bigint not null)`
].map((text): Question => ({ text, values: [] }))

const writing = `insert into keys (name, state, "wrappedBy", wrapped, "publicKey", "madeAt")
  values ($1, $2, $3, $4, $5, $6)
  on conflict (name) do update set state = excluded.state, "wrappedBy" = excluded."wrappedBy",
    wrapped = excluded.wrapped, "publicKey" = excluded."publicKey", "madeAt" = excluded."madeAt"`

const fact = (name: string, value: string): Question => ({
  text: 'insert into facts values ($1, $2) on conflict (name) do update set value = excluded.value',
  values: [name, value]
})

const row = ({ name, state, wrappedBy, wrapped, publicKey, madeAt }: KeyRow): Question => ({
  text: writing,
  values: [name, state, wrappedBy, wrapped, publicKey, madeAt]
})

const without = (name: string): Question => ({
  text: 'delete from keys where name = $1',
  values: [name]
})

type Crossed = Omit<KeyRow, 'madeAt'> & { readonly madeAt: string }

/** As it crosses the thread: bytes are plain ones, and a bigint is text. */
const asRow = (given: Crossed): KeyRow => ({
  ...given,
  wrapped: Buffer.from(given.wrapped),
  madeAt: Number(given.madeAt)
})

/**
 * One copy of the key store in a database of its own, under a role of its own. It holds wrapped keys only:
 * what wraps the data keys never enters PostgreSQL, whose log and free space keep what was destroyed.
 */
export class KeyDatabase implements KeyRows {
  readonly #line: AskInTurn

  constructor(url: string) {
    this.#line = new AskInTurn(url)
    try {
      // Several processes may start in one moment.
      const alone = {
        text: `select pg_advisory_xact_lock(hashtextextended('kotikaynti/keys', 0))`,
        values: []
      }
      if (!this.#isMade()) this.#line.ask([alone, ...schema])
    } catch (error) {
      this.#line.close()
      throw error
    }
  }

  get identity(): string | null {
    return this.#fact('identity')
  }

  get changes(): number {
    return Number(this.#fact('changes') ?? 0)
  }

  begin(identity: string): void {
    this.#line.ask([fact('identity', identity)])
  }

  find(name: string): KeyRow | null {
    const [found] = this.#line.ask([{ text: 'select * from keys where name = $1', values: [name] }])
    return found === undefined ? null : asRow(found as Crossed)
  }

  list(prefix = ''): KeyRow[] {
    const text = `select * from keys where starts_with(name, $1) order by "madeAt", name`
    return this.#line.ask([{ text, values: [prefix] }]).map((one) => asRow(one as Crossed))
  }

  names(prefix: string): string[] {
    const text = `select name from keys where starts_with(name, $1) and state = 'ready' order by name`
    return this.#line
      .ask([{ text, values: [prefix] }])
      .map((one) => (one as { name: string }).name)
  }

  unfinished(): KeyRow[] {
    const text = `select * from keys where state <> 'ready'`
    return this.#line.ask([{ text, values: [] }]).map((one) => asRow(one as Crossed))
  }

  put(rows: readonly KeyRow[], changes: number): void {
    this.#line.ask([...rows.map(row), fact('changes', String(changes))])
  }

  remove(names: readonly string[], changes: number): void {
    this.#line.ask([...names.map(without), fact('changes', String(changes))])
  }

  mirror(other: KeyRows): void {
    const { changed, gone } = differenceOf(this, other)
    const { identity, changes } = other
    this.#line.ask([
      ...gone.map(without),
      ...changed.map(row),
      ...(identity === null ? [] : [fact('identity', identity)]),
      fact('changes', String(changes))
    ])
  }

  close(): void {
    this.#line.close()
  }

  #isMade(): boolean {
    const [found] = this.#line.ask([
      { text: `select to_regclass('keys') is not null as made`, values: [] }
    ])
    return (found as { made: boolean }).made
  }

  #fact(name: string): string | null {
    const [found] = this.#line.ask([{ text: 'select value from facts where name = $1', values: [name] }])
    return (found as { value: string } | undefined)?.value ?? null
  }
}
