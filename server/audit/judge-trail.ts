import { createHash, createPublicKey, verify } from 'node:crypto'
import {
  checkpointText,
  linkedText,
  parseCheckpoint,
  parseTrailLine,
  trailHead,
  type Checkpoint,
  type TrailLine
} from '#contract/trail.ts'

/**
 * What is wrong, and where. `line` counts the lines of the file from 1; `number` is that of the entry.
 *
 * - `head`: the file does not begin as one does.
 * - `form`: a line that nobody writes so.
 * - `missing`: entries from `number` on are not there.
 * - `order`: an entry stands where another should.
 * - `changed`: an entry does not fit its link.
 * - `rewritten`: the links fit, and what was signed was another: something at or before `number`.
 * - `signature`: a checkpoint that was not signed so.
 * - `cut`: the file ends before it should; `number` is the first that is missing, where that is known.
 * - `key`: the checkpoints are signed by another key than expected.
 */
export interface TrailFault {
  readonly code:
    'head' | 'form' | 'missing' | 'order' | 'changed' | 'rewritten' | 'signature' | 'cut' | 'key'
  readonly line: number | null
  readonly number: number | null
}

export interface TrailVerdict {
  readonly entries: number
  readonly firstAt: number | null
  readonly lastAt: number | null
  /** The keys that signed, each 43 characters. */
  readonly keys: readonly string[]
  /** Times that the register was restored; what was cut off then is no fault, and is told. */
  readonly restored: readonly { readonly number: number; readonly at: number }[]
  /** Checkpoints of a former life of the register, of entries that its restoring took away. */
  readonly lostByRestoring: number
  readonly faults: readonly TrailFault[]
}

const mostFaults = 50

const sha256 = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('base64url')

/** Whether this key, raw Ed25519, signed it. */
export function isSigned(checkpoint: Checkpoint): boolean {
  const { sig, ...stated } = checkpoint
  try {
    const key = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: checkpoint.key }
    })
    return verify(null, Buffer.from(checkpointText(stated)), key, Buffer.from(sig, 'base64url'))
  } catch {
    return false
  }
}

/** One life of the register: from which entry on, under which generation. */
interface Life {
  readonly from: number
  readonly generation: string
}

/**
 * SECURITY 19: reads an exported trail, a line at a time, and needs nothing else. Checkpoints that
 * were kept in a second place are `held` against it: they find what somebody with the signing key of
 * the register, or with time, wrote anew.
 */
export class TrailJudge {
  readonly #held: readonly Checkpoint[]
  readonly #key: string | null
  readonly #faults: TrailFault[] = []
  readonly #lives: Life[] = []
  readonly #restored: { number: number; at: number }[] = []
  /** Links of the entries of which a checkpoint is held. */
  readonly #links = new Map<number, string>()
  readonly #wanted: ReadonlySet<number>
  #line = 0
  #entries = 0
  #number = 0
  #link = sha256(trailHead)
  #firstAt: number | null = null
  #lastAt: number | null = null
  #closing: Checkpoint | null = null

  constructor(o: { held?: readonly Checkpoint[]; key?: string | null } = {}) {
    this.#held = o.held ?? []
    this.#key = o.key ?? null
    this.#wanted = new Set(this.#held.map(({ number }) => number))
    this.#links.set(0, this.#link)
  }

  /** The next line of the file, without its line feed. */
  read(text: string): void {
    this.#line += 1
    if (this.#line === 1) {
      if (text !== trailHead) this.#fault('head', null)
      return
    }
    // Nothing follows the checkpoint that ends a trail.
    const entry = this.#closing ? null : parseTrailLine(text)
    const checkpoint = this.#closing ? null : parseCheckpoint(text)
    if (entry) this.#entry(entry)
    else if (checkpoint) this.#close(checkpoint)
    else this.#fault('form', this.#closing ? null : this.#number + 1)
  }

  /** `isWhole`: the file ended with a line feed. */
  end(isWhole: boolean): TrailVerdict {
    if (!isWhole || !this.#closing) this.#fault('cut', this.#number + 1, null)
    const lost = this.#held.filter((checkpoint) => this.#judge(checkpoint, null))
    return {
      entries: this.#entries,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      keys: this.#judgeKeys(),
      restored: this.#restored,
      lostByRestoring: lost.length,
      faults: this.#faults
    }
  }

  #judgeKeys(): string[] {
    const checkpoints = [...(this.#closing ? [this.#closing] : []), ...this.#held]
    const keys = [...new Set(checkpoints.map(({ key }) => key))]
    const isExpected =
      this.#key === null ? keys.length <= 1 : keys.every((key) => key === this.#key)
    if (!isExpected) this.#fault('key', null, null)
    return keys
  }

  #entry(entry: TrailLine): void {
    this.#entries += 1
    const due = this.#number + 1
    if (entry.number > due) this.#fault('missing', due)
    else if (entry.number < due) this.#fault('order', entry.number)
    else if (sha256(linkedText(this.#link, entry)) !== entry.link)
      this.#fault('changed', entry.number)
    this.#number = entry.number
    this.#link = entry.link
    if (this.#wanted.has(entry.number)) this.#links.set(entry.number, entry.link)
    if (entry.kind === 'begun' || entry.kind === 'restored')
      this.#lives.push({ from: entry.number, generation: entry.commitment })
    if (entry.kind === 'restored') this.#restored.push({ number: entry.number, at: entry.at })
    this.#firstAt ??= entry.at
    this.#lastAt = entry.at
  }

  #close(checkpoint: Checkpoint): void {
    this.#closing = checkpoint
    this.#links.set(this.#number, this.#link)
    if (checkpoint.number > this.#number) this.#fault('cut', this.#number + 1)
    else if (checkpoint.number < this.#number) this.#fault('order', checkpoint.number)
    else if (this.#judge(checkpoint, this.#line)) this.#fault('rewritten', checkpoint.number)
  }

  /** Answers whether it speaks of entries that a restored backup did not have. */
  #judge(checkpoint: Checkpoint, line: number | null): boolean {
    const { number, link, generation } = checkpoint
    if (!isSigned(checkpoint)) {
      this.#fault('signature', number, line)
      return false
    }
    const index = this.#lives.findIndex((life) => life.generation === generation)
    const next = this.#lives[index + 1]
    if (index >= 0 && next && number >= next.from) return true
    const here = this.#links.get(number)
    if (here === undefined) this.#fault('cut', number, line)
    else if (here !== link || index < 0) this.#fault('rewritten', number, line)
    return false
  }

  #fault(code: TrailFault['code'], number: number | null, line: number | null = this.#line): void {
    if (this.#faults.length < mostFaults) this.#faults.push({ code, line, number })
  }
}
