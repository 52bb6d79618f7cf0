import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { customershipIdSchema, userIdSchema } from './id.ts'
import { base64urlSchema } from './text.ts'

/**
 * §7: what remains of a customership, without personal data. Every value is a code, a number or a
 * moment, and has no space in it: the signed text is read in one way only.
 */
const codeSchema = z.string().check(z.maxLength(120), z.regex(/^[A-Za-z0-9._/:+-]+$/))
const countSchema = z.int().check(z.minimum(0))

export const tabletStateSchema = z.enum(['purged', 'pending', 'lease-ended'])
export const handOverSchema = z.enum(['confirmed', 'unconfirmed', 'not-needed'])
export type HandOver = z.infer<typeof handOverSchema>

const checkSchema = z.strictObject({ what: codeSchema, left: countSchema })

/** Certificates of the first years stand as they were signed. */
const formerCertificateSchema = z.strictObject({
  number: codeSchema,
  customership: customershipIdSchema,
  deletedAt: momentSchema,
  cause: z.enum(['asked', 'deadline']),
  by: z.nullable(userIdSchema),
  entries: countSchema,
  devices: z.array(z.strictObject({ device: codeSchema, state: tabletStateSchema })),
  checks: z.array(checkSchema),
  key: base64urlSchema(100),
  sig: base64urlSchema(100)
})
export type FormerCertificate = z.infer<typeof formerCertificateSchema>

/** What was done, in the order in which it was done. */
export const methods = [
  'key-destroyed',
  'rows-erased',
  'log-truncated',
  'rows-vacuumed',
  'absence-verified',
  'bytes-scanned'
] as const

/** Counted beside the entries, which are counted by their kinds. */
export const besideEntries = ['page', 'held-operation'] as const

const tabletSchema = z.strictObject({
  device: codeSchema,
  state: tabletStateSchema,
  /** When it confirmed; null for one that has not. */
  at: z.nullable(momentSchema)
})
export type CertifiedTablet = z.infer<typeof tabletSchema>

const scanSchema = z.strictObject({
  at: momentSchema,
  files: countSchema,
  bytes: countSchema,
  /** How many sealed values were looked for, and how many of them were found. */
  marks: countSchema,
  found: countSchema
})
export type CertifiedScan = z.infer<typeof scanSchema>

const certificateTwoSchema = z.strictObject({
  format: z.literal(2),
  number: codeSchema,
  customership: customershipIdSchema,
  plannedAt: momentSchema,
  deletedAt: momentSchema,
  /** When it was signed anew, because more was known of it. */
  renewedAt: z.nullable(momentSchema),
  cause: z.enum(['asked', 'deadline']),
  /** Of whom it was asked by; null when the deadline did it. The person stands in the log only. */
  role: z.nullable(z.enum(['main-user'])),
  handOver: handOverSchema,
  kinds: z.array(z.strictObject({ kind: codeSchema, count: countSchema })),
  methods: z.array(z.enum(methods)),
  versions: z.strictObject({ app: codeSchema, protocol: countSchema }),
  devices: z.array(tabletSchema),
  checks: z.array(checkSchema),
  /** Null until every file has been read through. */
  scan: z.nullable(scanSchema),
  /** The last backup before the deletion; its key is destroyed too. Null when none was made. */
  backup: z.nullable(z.strictObject({ lastAt: momentSchema })),
  key: base64urlSchema(100),
  sig: base64urlSchema(100)
})
export type CertificateTwo = z.infer<typeof certificateTwoSchema>

export const certificateSchema = z.union([certificateTwoSchema, formerCertificateSchema])
export type Certificate = z.infer<typeof certificateSchema>

export type Statement = Omit<CertificateTwo, 'key' | 'sig'> | Omit<FormerCertificate, 'key' | 'sig'>

/** What `sig` signs, by Ed25519 under `key` (the raw 32 bytes, base64url): every other value, a line each. */
export function certificateText(certificate: Statement & { readonly key: string }): string {
  return 'format' in certificate ? textOfTwo(certificate) : textOfFormer(certificate)
}

function textOfTwo(certificate: Omit<CertificateTwo, 'sig'>): string {
  const { scan, backup, versions } = certificate
  return [
    'kotikaynti/certificate/2',
    `number ${certificate.number}`,
    `customership ${certificate.customership}`,
    `planned ${certificate.plannedAt}`,
    `deleted ${certificate.deletedAt}`,
    `renewed ${certificate.renewedAt ?? '-'}`,
    `cause ${certificate.cause}`,
    `role ${certificate.role ?? '-'}`,
    `hand-over ${certificate.handOver}`,
    ...certificate.kinds.map(({ kind, count }) => `kind ${kind} ${count}`),
    ...certificate.methods.map((method) => `method ${method}`),
    `versions ${versions.app} ${versions.protocol}`,
    ...certificate.devices.map(({ device, state, at }) => `device ${device} ${state} ${at ?? '-'}`),
    ...certificate.checks.map(({ what, left }) => `check ${what} ${left}`),
    scan ? `scan ${scan.at} ${scan.files} ${scan.bytes} ${scan.marks} ${scan.found}` : 'scan -',
    `backup ${backup?.lastAt ?? '-'}`,
    `key ${certificate.key}`
  ].join('\n')
}

function textOfFormer(certificate: Omit<FormerCertificate, 'sig'>): string {
  const { number, customership, deletedAt, cause, by, entries, devices, checks, key } = certificate
  return [
    'kotikaynti/certificate/1',
    number,
    customership,
    deletedAt,
    cause,
    by ?? '-',
    String(entries),
    ...devices.map(({ device, state }) => `device ${device} ${state}`),
    ...checks.map(({ what, left }) => `check ${what} ${left}`),
    key
  ].join('\n')
}

/** How many entries there were, of all kinds; what lay beside them is not counted in. */
export function entriesIn(certificate: Certificate): number {
  if (!('format' in certificate)) return certificate.entries
  return certificate.kinds
    .filter(({ kind }) => !besideEntries.some((beside) => beside === kind))
    .reduce((sum, { count }) => sum + count, 0)
}

/** `GET /api/certificates/key`: under which keys certificates of this register are signed. */
export const certificateKeysSchema = z.object({ keys: z.array(base64urlSchema(100)) })

/** `GET /api/office/certificates/{number}`. */
export const certificateAnswerSchema = z.object({ certificate: certificateSchema })
