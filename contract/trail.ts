import * as z from 'zod/mini'

/**
 * SECURITY 19: the trail. One line for everything that is logged, each carrying the hash of all before
 * it. What is logged stands in it as a salted commitment only; the salt of what is about a customership
 * is drawn from its data key and goes with it.
 *
 * The text, one line each, every line ended by a line feed:
 *
 *     kotikaynti-trail/1
 *     <number> <milliseconds since 1970> <kind> <commitment> <link>
 *     checkpoint <number> <milliseconds> <link> <generation> <key> <signature>
 *
 * Numbers begin with 1. `commitment` = SHA-256(salt ‖ words) and `link` = SHA-256("<link of the line
 * before> <number> <milliseconds> <kind> <commitment>"), both base64url; before the first line stands
 * SHA-256("kotikaynti-trail/1"). The last line is a checkpoint of the last entry; others are kept apart.
 */
export const trailHead = 'kotikaynti-trail/1'

export const trailKinds = [
  /** The register began, or was restored from a backup: its commitment is that of the new generation. */
  'begun',
  'restored',
  /** A client's data was used; what left the house; what the recipient said of it; what a user did else. */
  'use',
  'disclosure',
  'receipt',
  'act',
  'refusal',
  /** A use from before the trail, or brought over from a former register. */
  'adopted'
] as const
export type TrailKind = (typeof trailKinds)[number]

export interface TrailLine {
  readonly number: number
  readonly at: number
  readonly kind: TrailKind
  readonly commitment: string
  readonly link: string
}

/** What a link is the hash of, beside the link before it. */
export function linkedText(previous: string, line: Omit<TrailLine, 'link'>): string {
  return `${previous} ${line.number} ${line.at} ${line.kind} ${line.commitment}`
}

export function trailText({ number, at, kind, commitment, link }: TrailLine): string {
  return `${number} ${at} ${kind} ${commitment} ${link}`
}

const digest = '[A-Za-z0-9_-]{43}'
const count = '(?:0|[1-9]\\d{0,15})'
const lineShape = new RegExp(
  `^(${count}) (${count}) (${trailKinds.join('|')}) (${digest}) (${digest})$`
)

/** Null: not a line as one is written, to the last byte. */
export function parseTrailLine(text: string): TrailLine | null {
  const [, number, at, kind, commitment, link] = lineShape.exec(text) ?? []
  if (!number || !at || !kind || !commitment || !link) return null
  return { number: Number(number), at: Number(at), kind: kind as TrailKind, commitment, link }
}

/** What the trail was at a moment, signed by the key store: to be kept in a second place. */
export const checkpointSchema = z.object({
  number: z.int().check(z.minimum(0)),
  at: z.int().check(z.minimum(0)),
  link: z.string(),
  /** The hash of the register's generation: which life of the register it was. */
  generation: z.string(),
  /** The public key, raw Ed25519. */
  key: z.string(),
  sig: z.string()
})
export type Checkpoint = z.infer<typeof checkpointSchema>

/** What the signature is over. */
export function checkpointText(checkpoint: Omit<Checkpoint, 'sig'>): string {
  const { number, at, link, generation, key } = checkpoint
  return ['kotikaynti/checkpoint/1', number, at, link, generation, key].join('\n')
}

export function checkpointLine(checkpoint: Checkpoint): string {
  const { number, at, link, generation, key, sig } = checkpoint
  return `checkpoint ${number} ${at} ${link} ${generation} ${key} ${sig}`
}

/** 64 bytes, written in the one way: of its last letter four bits mean nothing, and must be none. */
const signature = '[A-Za-z0-9_-]{85}[AQgw]'
const checkpointShape = new RegExp(
  `^checkpoint (${count}) (${count}) (${digest}) (${digest}) (${digest}) (${signature})$`
)

export function parseCheckpoint(text: string): Checkpoint | null {
  const [, number, at, link, generation, key, sig] = checkpointShape.exec(text) ?? []
  if (!number || !at || !link || !generation || !key || !sig) return null
  return { number: Number(number), at: Number(at), link, generation, key, sig }
}
