import type { Table, Transaction } from 'dexie'
import type { Day, Moment } from '#contract/day.ts'
import type { Lease, Policy, SealingKey } from '#contract/device.ts'
import type { Envelope } from '#contract/envelope.ts'
import type { CustomershipId, DeviceId, EntryId, OperationId, UserId } from '#contract/id.ts'
import type { FinalOutcome } from '#contract/outcome.ts'
import { noMark, type TimeMark } from './clock.ts'
import { filing } from './filing.ts'
import { Gateway } from './gateway.ts'

/**
 * What IndexedDB holds. In clear stand random ids, numbers, revisions, views, last days and what the
 * server answered; everything about a client is sealed before it comes here.
 */

/**
 * One enrolled user of this browser. `spent`: nothing opens it any more, its outbox is still delivered.
 * `wiping`: it was ordered to go. `wiped`: its keyring is overwritten; what it wrote may still wait here.
 */
export interface DoorRow {
  readonly device: DeviceId
  readonly user: UserId
  /** What the user chose to be called on the lock screen: others read it here, so the register's name is not. */
  readonly userName: string
  readonly storage: 'opfs' | 'indexeddb'
  readonly enrolledAt: number
  readonly usedAt: number
  readonly policy: Policy
  readonly state: 'ready' | 'spent' | 'wiping' | 'wiped'
  /** All that is said of a visit while locked: that one runs, so that the lock screen can end it. */
  readonly visitRuns?: boolean
  /** *Lopeta käynti* was pressed while locked; the next unlocking takes the time to the visit. */
  readonly visitEndedAt?: number | null
  /** Which passkeys open it, so that the lock can ask for one without a network. */
  readonly passkeys?: readonly { readonly credential: string; readonly name: string }[]
}

export const doorName = 'kotikaynti'
export const doorVersion = 1

export class DoorDatabase extends Gateway {
  vaults!: Table<DoorRow, DeviceId>
  marks!: Table<TimeMark & { id: 'time' }, 'time'>

  constructor() {
    super(doorName)
    this.version(doorVersion).stores({ vaults: 'device', marks: 'id' })
  }

  async timeMark(): Promise<TimeMark> {
    return (await this.marks.get('time')) ?? noMark
  }

  async keepTime(mark: TimeMark): Promise<void> {
    await this.marks.put({ ...mark, id: 'time' })
  }
}

/** One customership, or its face: a sealed value with what must be known without opening it. */
export interface SealedRow {
  readonly id: CustomershipId
  readonly revision: number
  readonly view: string
  readonly purgeAfter: Day | null
  readonly sealed: ArrayBuffer
}

/** The author's readable copy of an own operation. */
export interface CopyRow {
  readonly id: OperationId
  readonly customership: CustomershipId
  readonly sealed: ArrayBuffer
}

export interface Receipt {
  readonly outcome: FinalOutcome
  readonly code?: string
  readonly revision?: number
  readonly at: Moment
}

export interface OutboxRow {
  readonly id: OperationId
  readonly seq: number
  readonly customership: CustomershipId
  /** Its ciphertext lies in a table of its own, so that looking at the outbox stays light; older versions left it here. */
  readonly envelope: Envelope
  /** What this is, in words for its author, sealed under the vault's own key: no text of a client. */
  readonly line: ArrayBuffer
  /** Tells what was read, not what was written: nobody waits for it, and it waits for nobody. */
  readonly quiet?: true
  /** A document or a piece of one: text goes before it. */
  readonly freight?: true
  /** How long the ciphertext is that lies apart. */
  readonly cargo?: number
  /** 1 until a final outcome is stored; a number, so that it can be an index. */
  readonly waiting: 0 | 1
  /** Nothing written later ever takes its place, so no attempt need be recorded before it. */
  readonly final?: true
  /** Written before the first attempt: from then on the envelope is never replaced. */
  readonly attempted: boolean
  readonly writtenAt: number
  /** A draft rests a moment, so that the next words can take its place. */
  readonly restsUntil: number
  readonly receipt?: Receipt
  /** The server has no key for it any more; the same payload is sealed anew at the next unlock. */
  readonly sealAnew?: boolean
  /** Sealed a second time after the server could not open it: damage is mended by that, a fault is not. */
  readonly renewed?: true
  /** Why the office returned or declined it, sealed under the vault's own key. */
  readonly reason?: ArrayBuffer
  /** Its author has read that it was declined. */
  readonly seen?: true
  /** The last answer that was not final. */
  readonly trouble?: string
  /** As long as its author waits for it: since when. An index, as the next one: nobody reads what waits to count it. */
  readonly unsent?: number
  /** Until the first attempt: when it may leave. */
  readonly untried?: number
}

/** What an envelope carries. It belongs to the outbox, and nothing that purges can reach it. */
export interface CargoRow {
  readonly id: OperationId
  readonly ciphertext: string
}

/** One page of a document: a sealed value of its own. */
export interface PageRow {
  readonly document: EntryId
  readonly page: number
  readonly customership: CustomershipId
  readonly sealed: ArrayBuffer
}

/** A customership that had to go. Its key's slot may still await destruction by the page. */
export interface PurgeRow {
  readonly customership: CustomershipId
  readonly slot: 'standing' | 'destroyed'
}

export interface MetaValues {
  /** The last number ever given to an operation. */
  readonly numbers: { readonly last: number }
  /** What the last complete contact said. */
  readonly contact: {
    readonly serverTime: Moment
    readonly generation: string
    readonly sealingKey: SealingKey
    readonly safeThrough: number | null
  }
  readonly sealingKey: SealingKey
  readonly lease: Lease
  /** Sealed: what the vault should hold, and its epoch. */
  readonly manifest: { readonly sealed: ArrayBuffer }
  readonly organisation: { readonly revision: number; readonly sealed: ArrayBuffer }
  /** How its user and the office call the device, sealed: it often holds a name. */
  readonly label: { readonly sealed: ArrayBuffer }
  /** Sealed: how the visits of the days stood when they were last looked at. */
  readonly daysSeen: { readonly sealed: ArrayBuffer }
  /** How many day sheets were printed here on that day. */
  readonly daySheets: { readonly day: Day; readonly printed: number }
  /** Which answers to own suggestions were shown, by customership. */
  readonly answersSeen: { readonly of: Readonly<Record<string, readonly EntryId[]>> }
}

interface MetaRow {
  readonly key: keyof MetaValues
  readonly value: MetaValues[keyof MetaValues]
}

export const databaseName = (device: string): string => `${doorName}-${device}`

export class VaultDatabase extends Gateway {
  customerships!: Table<SealedRow, CustomershipId>
  faces!: Table<SealedRow, CustomershipId>
  copies!: Table<CopyRow, OperationId>
  outbox!: Table<OutboxRow, OperationId>
  cargo!: Table<CargoRow, OperationId>
  pages!: Table<PageRow, [EntryId, number]>
  purges!: Table<PurgeRow, CustomershipId>
  meta!: Table<MetaRow, string>

  constructor(device: DeviceId) {
    super(databaseName(device))
    this.use({ stack: 'dbcore', name: 'filing', create: filing })
    this.version(1).stores({
      customerships: 'id, purgeAfter',
      faces: 'id, purgeAfter',
      copies: 'id, customership',
      outbox: 'id, &seq, waiting, customership',
      purges: 'customership, slot',
      meta: 'key'
    })
    this.version(2).stores({ cargo: 'id', pages: '[document+page], customership' })
    this.version(3)
      .stores({ outbox: 'id, &seq, waiting, customership, unsent, untried' })
      .upgrade(lighten)
  }

  async readMeta<K extends keyof MetaValues>(key: K): Promise<MetaValues[K] | undefined> {
    return (await this.meta.get(key))?.value as MetaValues[K] | undefined
  }

  async writeMeta<K extends keyof MetaValues>(key: K, value: MetaValues[K]): Promise<void> {
    await this.meta.put({ key, value })
  }
}

/** What older versions wrote is looked at and counted as what this one writes. */
async function lighten(change: Transaction): Promise<void> {
  const cargo = change.table<CargoRow>('cargo')
  const heavy: CargoRow[] = []
  await change
    .table<OutboxRow>('outbox')
    .toCollection()
    .modify((row, held) => {
      const { ciphertext } = row.envelope
      if (!ciphertext) return
      heavy.push({ id: row.id, ciphertext })
      held.value = apart(row)
    })
  await cargo.bulkPut(heavy)
}

/** Without the ciphertext that lies in `cargo`. */
export function apart(row: OutboxRow): OutboxRow {
  const { ciphertext, ...head } = row.envelope
  return { ...row, envelope: { ...head, ciphertext: '' }, cargo: ciphertext.length }
}
