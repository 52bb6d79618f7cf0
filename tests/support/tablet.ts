import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { type SealingKey } from '#contract/device.ts'
import { toMoment } from '#contract/day.ts'
import {
  envelopeAad,
  paddingBytes,
  sessionKeyInfo,
  signedText,
  type Envelope
} from '#contract/envelope.ts'
import type { Entry } from '#contract/entry.ts'
import {
  operationIdSchema,
  type CustomershipId,
  type DeviceId,
  type EntryId,
  type OperationId
} from '#contract/id.ts'
import {
  frameSchema,
  haveDigestText,
  type Frame,
  type FrameOf,
  type PullRequest
} from '#contract/pull.ts'
import { pushAnswerSchema, type PushAnswer, type Result } from '#contract/push.ts'
import type { User } from '#server/store/users.ts'
import { codeOf, type Answer, type Client, type Enrolled, type World } from './world.ts'

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm()
})

/** What a worker does, before it is numbered, signed and sealed. */
export interface Doing {
  readonly op: string
  readonly customership: CustomershipId
  readonly body: unknown
  readonly based?: number | null
  readonly after?: OperationId
  /** Replaces properties of the payload, right or wrong. */
  readonly payload?: Readonly<Record<string, unknown>>
}

export interface Item {
  readonly id: OperationId
  readonly seq: number
  readonly customership: CustomershipId
  /** The base64url text that was signed. */
  readonly payload: string
  readonly sig: string
}

export interface Held {
  readonly revision: number
  readonly view: string
  readonly purgeAfter: string | null
  readonly entries: ReadonlyMap<EntryId, Entry>
}

interface SessionKey {
  readonly key: Buffer
  readonly enc: string
  readonly sealedKey: string
}

/** A tablet that speaks the protocol and nothing else: no vault, no screen. Another client could be written like it. */
export class WireTablet {
  readonly client: Client
  readonly user: User
  readonly device: DeviceId
  readonly leaseKey: string
  readonly held = new Map<CustomershipId, Held>()
  readonly outcomes = new Map<OperationId, { outcome: string; code?: string | undefined }>()
  readonly awaiting = new Set<OperationId>()
  outbox: Item[] = []
  purged: CustomershipId[] = []
  generation: string | null = null
  organisation: number | null = null
  vaultEpoch = 1
  sealingKey: SealingKey
  readonly #world: World
  readonly #enrolled: Enrolled
  #session: SessionKey | null = null
  #seq = 0

  private constructor(o: {
    world: World
    client: Client
    user: User
    enrolled: Enrolled
    sealingKey: SealingKey
    leaseKey: string
  }) {
    this.#world = o.world
    this.client = o.client
    this.user = o.user
    this.#enrolled = o.enrolled
    this.device = o.enrolled.device
    this.sealingKey = o.sealingKey
    this.leaseKey = o.leaseKey
  }

  static async enrol(world: World, user: User): Promise<WireTablet> {
    const client = await world.signedIn(user)
    const enrolled = await client.enrol()
    const { parts } = world
    const sealingKey = parts.keyStore.sealingKey()
    const leaseKey = parts.keyStore.publicKey()
    return new WireTablet({ world, client, user, enrolled, sealingKey, leaseKey })
  }

  get lastSeq(): number {
    return this.#seq
  }

  /** Writes into the outbox; nothing is sent. */
  write(doing: Doing): Item {
    const id = operationIdSchema.parse(randomUUID())
    const seq = (this.#seq += 1)
    const { op, customership, body, based = null, after } = doing
    const value = {
      id,
      op,
      customership,
      author: this.user.id,
      at: toMoment(this.#world.clock.now()),
      clockOffset: 0,
      based,
      ...(after ? { after } : {}),
      body,
      ...doing.payload
    }
    const payload = Buffer.from(JSON.stringify(value)).toString('base64url')
    const item = { id, seq, customership, payload, sig: this.sign(id, seq, payload) }
    this.outbox.push(item)
    return item
  }

  sign(id: string, seq: number, payload: string): string {
    return this.#enrolled.sign(signedText(this.device, id, seq, payload))
  }

  /** A new session key, as after each unlock. */
  relock(): void {
    this.#session = null
  }

  async seal(
    { id, seq, payload, sig }: Omit<Item, 'customership'>,
    step = paddingBytes
  ): Promise<Envelope> {
    this.#session ??= await this.#makeSession()
    const { key, enc, sealedKey } = this.#session
    const text = JSON.stringify({ payload, sig })
    const length = Buffer.byteLength(text)
    const plaintext = text + ' '.repeat((step - (length % step)) % step)
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(envelopeAad(this.device, id, seq)))
    const ciphertext = Buffer.concat([
      cipher.update(plaintext, 'utf8'),
      cipher.final(),
      cipher.getAuthTag()
    ])
    return {
      id,
      seq,
      key: this.sealingKey.id,
      enc,
      sealedKey,
      nonce: nonce.toString('base64url'),
      ciphertext: ciphertext.toString('base64url')
    }
  }

  async #makeSession(): Promise<SessionKey> {
    const key = randomBytes(32)
    const point = Uint8Array.from(Buffer.from(this.sealingKey.publicKey, 'base64url'))
    const { ct, enc } = await suite.seal(
      {
        recipientPublicKey: await suite.kem.deserializePublicKey(point),
        info: new TextEncoder().encode(sessionKeyInfo)
      },
      Uint8Array.from(key),
      new TextEncoder().encode(this.device)
    )
    const text = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url')
    return { key, enc: text(enc), sealedKey: text(ct) }
  }

  /** One request with exactly these envelopes; nothing of the tablet changes. */
  ask(envelopes: readonly unknown[]): Promise<Answer> {
    const outbox = { last: this.#seq, waiting: this.outbox.map(({ seq }) => seq) }
    return this.client.ask('POST', '/api/sync/push', { device: this.device, outbox, envelopes })
  }

  async deliver(items: readonly Item[]): Promise<PushAnswer> {
    const envelopes = await Promise.all(items.map((item) => this.seal(item)))
    const answer = await this.ask(envelopes)
    if (answer.status !== 200) throw new Error(`push answered ${answer.status} ${codeOf(answer)}`)
    return pushAnswerSchema.parse(answer.body)
  }

  /** Delivers what waits and lets go of what has a final outcome. */
  async push(items: readonly Item[] = this.outbox.slice(0, 100)): Promise<readonly Result[]> {
    if (items.length === 0) return []
    const { results } = await this.deliver(items)
    this.receipt(results)
    return results
  }

  receipt(results: readonly Result[]): void {
    for (const { id, outcome, code } of results) {
      if (outcome === 'retry') continue
      this.outcomes.set(id, { outcome, code })
      if (outcome === 'awaiting-decision') this.awaiting.add(id)
      this.outbox = this.outbox.filter((item) => item.id !== id)
    }
  }

  /** Writes and delivers at once. */
  async do(doing: Doing): Promise<Result> {
    const item = this.write(doing)
    const [result] = await this.push([item])
    if (!result) throw new Error('no result')
    return result
  }

  pullRequest(change: Partial<PullRequest> = {}): PullRequest {
    const have = [...this.held].map(([id, { revision, view }]) => [id, { revision, view }] as const)
    return {
      device: this.device,
      generation: this.generation,
      organisation: this.organisation,
      vaultEpoch: this.vaultEpoch,
      have: Object.fromEntries(have),
      awaiting: [...this.awaiting],
      purged: this.purged,
      outbox: { last: this.#seq, waiting: this.outbox.map(({ seq }) => seq) },
      ...change
    }
  }

  haveDigest(): string {
    const have = [...this.held].map(([id, { revision, view }]) => ({ id, revision, view }))
    return createHash('sha256').update(haveDigestText(have)).digest('base64url')
  }

  askPull(request: unknown = this.pullRequest()): Promise<Answer> {
    return this.client.ask('POST', '/api/sync/pull', request)
  }

  /** Pulls and applies; `cutAfter` loses what follows that many frames. */
  async pull(cutAfter = Number.POSITIVE_INFINITY): Promise<readonly Frame[]> {
    return this.take(await this.askPull(), cutAfter)
  }

  /** Applies what a pull answered. */
  take(answer: Answer, cutAfter = Number.POSITIVE_INFINITY): readonly Frame[] {
    const confirmed = this.purged
    if (answer.status !== 200) throw new Error(`pull answered ${answer.status} ${codeOf(answer)}`)
    const frames = framesOf(answer).slice(0, cutAfter)
    for (const frame of frames) this.#apply(frame, confirmed)
    this.#parts = []
    return frames
  }

  #parts: FrameOf<'customership'>[] = []

  #apply(frame: Frame, confirmed: readonly CustomershipId[]): void {
    switch (frame.frame) {
      case 'purge':
        this.held.delete(frame.customership)
        this.purged = [...new Set([...this.purged, frame.customership])]
        break
      case 'organisation':
        this.organisation = frame.revision
        break
      case 'outcome':
        this.outcomes.set(frame.id, { outcome: frame.outcome, code: frame.code })
        this.awaiting.delete(frame.id)
        break
      case 'customership':
        this.#parts.push(frame)
        if (frame.part === undefined || frame.last) {
          this.#hold(this.#parts)
          this.#parts = []
        }
        break
      case 'end':
        this.generation = frame.generation
        this.sealingKey = frame.sealingKey
        this.purged = this.purged.filter((id) => !confirmed.includes(id))
        break
      case 'scope':
        break
    }
  }

  #hold(parts: readonly FrameOf<'customership'>[]): void {
    const [head] = parts
    if (!head) return
    const entries = new Map(head.reset ? [] : this.held.get(head.id)?.entries)
    for (const entry of parts.flatMap((part) => part.entries))
      if ('removed' in entry) entries.delete(entry.id)
      else entries.set(entry.id, entry as Entry)
    const { revision, view, purgeAfter } = head
    this.held.set(head.id, { revision, view, purgeAfter, entries })
  }

  entry(customership: CustomershipId, id: EntryId): Entry | undefined {
    return this.held.get(customership)?.entries.get(id)
  }
}

export function framesOf(answer: Answer): Frame[] {
  return answer.text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => frameSchema.parse(JSON.parse(line)))
}
